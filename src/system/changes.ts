/** What changes files on the real machine. Loaded only by what does. */
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { lock, NO_LINKS } from "./lock.ts";
import { onWindows } from "./platform.ts";
import { isPrivateGroup, userLists } from "./private-group.ts";
import { type Changes, FileTrouble } from "./system.ts";
import { asTrouble, codeOf, orTrouble } from "./trouble.ts";
import { folderOf, syncFolder, writeNew } from "./writing.ts";

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;
const onLinux = process.platform === "linux";

export const changes: Changes = {
  sha256,
  replace: (path, expected, bytes) => orTrouble(path, () => replace(path, expected, bytes)),
  changeMode: (path, expected, mode) => orTrouble(path, () => changeMode(path, expected, mode)),
  store: (path, bytes) => orTrouble(path, () => store(path, bytes)),
  remove: (path) => orTrouble(path, () => remove(path)),
  sweep: (path) => orTrouble(path, () => sweep(path)),
  lock: async (path, waiting) => {
    try {
      makePrivateFolder(folderOf(path));
      const release = await lock(path, waiting);
      return () => orTrouble(path, release);
    } catch (error) {
      throw asTrouble(error, path);
    }
  },
};

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/* ────────────────────────────── replacing ────────────────────────────── */

/**
 * The folder is held open all the time, and on Linux every path goes through it (`/proc/self/fd/N/name`), so that
 * nobody can lead us elsewhere by exchanging a folder for a link.
 */
function replace(path: string, expected: string | undefined, bytes: Uint8Array | undefined): void {
  if (expected === undefined) return bytes === undefined ? undefined : create(path, bytes);
  const real = fs.realpathSync.native(path);
  const name = nameOf(real);
  inFolder(folderOf(real), (at, sync) => {
    const old = examine(at(name), expected);
    if (bytes === undefined) fs.unlinkSync(at(name));
    else {
      mustHaveNoAccessList(real);
      // A last look: whoever wrote in between did not ask for our lock, and must not lose what he wrote.
      beside(at, name, bytes, old, (temporary) => {
        const now = examine(at(name), expected);
        if (now.ino !== old.ino || now.dev !== old.dev) throw changedMeanwhile();
        fs.renameSync(temporary, at(name));
      });
    }
    sync();
  });
}

/** A file where there is none, for nobody else to read. Its folder has to be there. */
function create(path: string, bytes: Uint8Array): void {
  const folder = fs.realpathSync.native(folderOf(path));
  const name = nameOf(path);
  inFolder(folder, (at, sync) => {
    beside(at, name, bytes, undefined, (temporary) => settle(temporary, at(name)));
    sync();
  });
}

/** Writes under another name first, and takes that away again when it goes wrong. */
function beside(
  at: (name: string) => string,
  name: string,
  bytes: Uint8Array,
  old: fs.Stats | undefined,
  done: (temporary: string) => void,
): void {
  const temporary = at(`${leftoverPrefix(name)}${randomBytes(8).toString("hex")}`);
  try {
    writeNew(temporary, bytes, 0o600, (descriptor) => old && dress(descriptor, old));
    done(temporary);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Gives a file its name, if nobody has it. Some file systems know no second names, and there only a look tells. */
function settle(temporary: string, path: string): void {
  try {
    fs.linkSync(temporary, path);
    fs.rmSync(temporary);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw changedMeanwhile();
    if (!NO_LINKS.has(codeOf(error))) throw error;
    if (fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw changedMeanwhile();
    fs.renameSync(temporary, path);
  }
}

const nameOf = (path: string): string => path.slice(folderOf(path).length).replace(/^[\\/]/, "");

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
    mustBeSafeFolder(folder, stats);
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
function mustBeSafeFolder(folder: string, { mode, uid, gid }: fs.Stats): void {
  const me = { uid: process.geteuid!(), gid: process.getegid!() };
  if (uid !== me.uid && uid !== 0) throw new FileTrouble("its folder belongs to another user");
  if ((mode & 0o022) === 0) return;
  // With an access list, the group's bits are those of all whom it names.
  const isMineAlone =
    (mode & 0o002) === 0 && gid === me.gid && isPrivateGroup(me, userLists()) && !hasAccessList(folder);
  if (!isMineAlone) throw new FileTrouble(`other users may write to its folder: first chmod g-w,o-w ${folder}`);
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

/**
 * A new file would not have the old one's access list; and with one, the group's bits say what the list allows at most,
 * which as bits of their own could allow the group more than before.
 */
function mustHaveNoAccessList(path: string): void {
  if (!onWindows && hasAccessList(path))
    throw new FileTrouble("it has an access control list (see `getfacl`), which a new file would not have");
}

/** Node cannot tell, but `ls` puts a plus sign behind the bits. Where it is not there, or knows of none, none is found. */
function hasAccessList(path: string): boolean {
  const { stdout } = spawnSync("/bin/ls", ["-ld", "--", path], {
    encoding: "utf8",
    env: { LC_ALL: "C" },
    timeout: LIST_DEADLINE_MS,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return /^[-a-zA-Z]{10}\+/.test(stdout ?? "");
}

const LIST_DEADLINE_MS = 2000;

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
  makePrivateFolder(folderOf(path));
  // Under another name first: a reader finds the whole file or none.
  const temporary = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    writeNew(temporary, bytes, 0o600);
    settle(temporary, path);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  syncFolder(folderOf(path));
}

/** Folders that are there already stay as they are; the last one must be ours alone. */
function makePrivateFolder(path: string): void {
  const missing: string[] = [];
  for (let at = path; !fs.existsSync(at); at = folderOf(at)) missing.unshift(at);
  for (const folder of missing) {
    try {
      fs.mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error; // Another one of us was faster.
      continue;
    }
    if (!onWindows) fs.chmodSync(folder, 0o700);
    syncFolder(folderOf(folder));
  }
  if (onWindows) return;
  const stats = fs.statSync(path);
  if (stats.uid !== process.geteuid?.()) throw new FileTrouble(`${path} belongs to another user`);
  if ((stats.mode & 0o077) !== 0) throw new FileTrouble(`${path} is open to other users: chmod 700 it first`);
}

function remove(path: string): void {
  const stats = fs.lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isDirectory()) fs.rmdirSync(path);
  else fs.unlinkSync(path);
}

function sweep(path: string): number {
  const real = fs.existsSync(path) ? fs.realpathSync.native(path) : path;
  const folder = folderOf(real);
  const prefix = leftoverPrefix(nameOf(real));
  const left = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && LEFTOVER.test(name.slice(prefix.length)));
  for (const name of left) fs.unlinkSync(`${folder}/${name}`);
  return left.length;
}
