/** What changes files on the real machine. Loaded only by what does. */
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { lock } from "./lock.ts";
import { type Changes, FileTrouble } from "./system.ts";
import { asTrouble, codeOf } from "./trouble.ts";

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = fs.constants;
const onLinux = process.platform === "linux";
const onWindows = process.platform === "win32";

export const changes: Changes = {
  sha256,
  replace: (path, expected, bytes) => orTrouble(() => replace(path, expected, bytes)),
  changeMode: (path, expected, mode) => orTrouble(() => changeMode(path, expected, mode)),
  store: (path, bytes) => orTrouble(() => store(path, bytes)),
  remove: (path) => orTrouble(() => remove(path)),
  sweep: (path) => orTrouble(() => sweep(path)),
  lock: async (path, waiting) => {
    try {
      makePrivateFolder(parentOf(path));
      const release = await lock(path, waiting);
      return () => orTrouble(release);
    } catch (error) {
      throw asTrouble(error);
    }
  },
};

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function orTrouble<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw asTrouble(error);
  }
}

/* ────────────────────────────── replacing ────────────────────────────── */

/**
 * The folder is held open all the time, and on Linux every path goes through it (`/proc/self/fd/N/name`), so that
 * nobody can lead us elsewhere by exchanging a folder for a link.
 */
function replace(path: string, expected: string, bytes: Uint8Array): void {
  const real = fs.realpathSync.native(path);
  const name = real.slice(parentOf(real).length).replace(/^[\\/]/, "");
  inFolder(parentOf(real), (at, sync) => {
    const old = examine(at(name), expected);
    const temporary = `${leftoverPrefix(name)}${randomBytes(8).toString("hex")}`;
    try {
      write(at(temporary), bytes, (descriptor) => dress(descriptor, old));
      // A last look: whoever wrote in between did not ask for our lock, and must not lose what he wrote.
      const now = examine(at(name), expected);
      if (now.ino !== old.ino || now.dev !== old.dev) throw changedMeanwhile();
      fs.renameSync(at(temporary), at(name));
    } catch (error) {
      fs.rmSync(at(temporary), { force: true });
      throw error;
    }
    sync();
  });
}

const leftoverPrefix = (name: string): string => `.${name}.aws-vault-doctor-`;
const LEFTOVER = /^[0-9a-f]{16}$/;

const changedMeanwhile = (): FileTrouble => new FileTrouble("it was changed by somebody else in the meantime");

/** Gives the paths of what is in a folder, and what brings the folder's names to the disk. */
function inFolder(folder: string, act: (at: (name: string) => string, sync: () => void) => void): void {
  if (onWindows)
    return act(
      (name) => `${folder}\\${name}`,
      () => {},
    );
  const descriptor = fs.openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    const stats = fs.fstatSync(descriptor);
    mustBeSafeFolder(stats);
    const held = `/proc/self/fd/${descriptor}`;
    const isHeld = onLinux && fs.existsSync(held);
    if (isHeld && fs.readlinkSync(held) !== folder) throw changedMeanwhile();
    act(
      (name) => `${isHeld ? held : folder}/${name}`,
      () => fs.fsyncSync(descriptor),
    );
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Who may write to the folder could exchange the file for another one at any moment. */
function mustBeSafeFolder({ mode, uid }: fs.Stats): void {
  if ((mode & 0o022) !== 0) throw new FileTrouble("other users may write to its folder: chmod 700 the folder first");
  if (uid !== process.geteuid?.() && uid !== 0) throw new FileTrouble("its folder belongs to another user");
}

/** What stands at a path, when it is safe to replace and still the expected one. */
function examine(path: string, expected: string): fs.Stats {
  const descriptor = fs.openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  try {
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile()) throw new FileTrouble("it is not a regular file");
    if (stats.nlink > 1) throw new FileTrouble("it has more than one name (hard links), which would part");
    if (!onWindows && stats.uid !== process.geteuid?.()) throw new FileTrouble("it belongs to another user");
    if (sha256(fs.readFileSync(descriptor)) !== expected) throw changedMeanwhile();
    return stats;
  } catch (error) {
    throw codeOf(error) === "ELOOP" ? changedMeanwhile() : error;
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Writes a file that is not there yet, first for nobody else to read, and brings it to the disk. */
function write(path: string, bytes: Uint8Array, finish: (descriptor: number) => void = () => {}): void {
  const descriptor = fs.openSync(path, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
  try {
    if (!onWindows) fs.fchmodSync(descriptor, 0o600); // Whatever the umask takes away.
    for (let sent = 0; sent < bytes.length; ) sent += fs.writeSync(descriptor, bytes, sent);
    finish(descriptor);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The new file looks like the old one; where it cannot have the old one's group, that group gets no rights. */
function dress(descriptor: number, { mode, uid, gid }: fs.Stats): void {
  if (onWindows) return;
  let right = mode & 0o777;
  if (fs.fstatSync(descriptor).gid !== gid) {
    try {
      fs.fchownSync(descriptor, uid, gid);
    } catch {
      right &= ~0o070;
    }
  }
  fs.fchmodSync(descriptor, right);
}

/* ──────────────────────────────── modes ──────────────────────────────── */

function changeMode(path: string, expected: number, mode: number): void {
  const descriptor = fs.openSync(fs.realpathSync.native(path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fs.fstatSync(descriptor);
    const me = process.geteuid?.();
    if (stats.uid !== me && me !== 0) throw new FileTrouble("it belongs to another user");
    if ((stats.mode & 0o7777) !== expected) throw changedMeanwhile();
    fs.fchmodSync(descriptor, mode);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/* ───────────────────────────── our own files ─────────────────────────── */

function store(path: string, bytes: Uint8Array): void {
  makePrivateFolder(parentOf(path));
  // Under another name first: a reader finds the whole file or none.
  const temporary = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    write(temporary, bytes);
    fs.linkSync(temporary, path);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  syncFolder(parentOf(path));
}

/** Folders that are there already stay as they are; the last one must be ours alone. */
function makePrivateFolder(path: string): void {
  const missing: string[] = [];
  for (let at = path; !fs.existsSync(at); at = parentOf(at)) missing.unshift(at);
  for (const folder of missing) {
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error; // Another one of us was faster.
      continue;
    }
    if (!onWindows) fs.chmodSync(folder, 0o700);
    syncFolder(parentOf(folder));
  }
  if (onWindows) return;
  const stats = fs.statSync(path);
  if (stats.uid !== process.geteuid?.()) throw new FileTrouble(`${path} belongs to another user`);
  if ((stats.mode & 0o077) !== 0) throw new FileTrouble(`${path} is open to other users: chmod 700 it first`);
}

function syncFolder(path: string): void {
  if (onWindows) return;
  const descriptor = fs.openSync(path, O_RDONLY | O_DIRECTORY);
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function remove(path: string): void {
  const stats = fs.lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isDirectory()) fs.rmdirSync(path);
  else fs.unlinkSync(path);
}

function sweep(path: string): number {
  const real = fs.realpathSync.native(path);
  const folder = parentOf(real);
  const prefix = leftoverPrefix(real.slice(folder.length).replace(/^[\\/]/, ""));
  const left = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && LEFTOVER.test(name.slice(prefix.length)));
  for (const name of left) fs.unlinkSync(`${folder}/${name}`);
  return left.length;
}

const parentOf = (path: string): string => path.replace(/[\\/]+[^\\/]*$/, "") || "/";
