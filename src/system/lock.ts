/** A lock that a killed process does not keep. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { EXIT, UserError } from "../errors.ts";
import type { Waiting } from "./system.ts";
import { codeOf } from "./trouble.ts";

/** A run that changes files holds the lock for less than a second. */
const CHANGING: Waiting = { milliseconds: 30_000, what: "changing files" };
const PAUSE_MS = 20;
/** Where many wait for a person to answer another process, they must not keep the machine busy: so pauses grow. */
const PAUSE_MS_MAX = 1000;
const PAUSE_GROWTH = 1.05;
const NOTED_TRIES = 25; // About a second.
/** Whoever breaks a stale lock needs microseconds; one that takes longer was killed. */
const BREAKING_MS = 5_000;

/** Who holds a lock. The start of the process tells it from a later one with the same number. */
interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly since: string;
  readonly token: string;
}

/**
 * Takes the lock at a path, in a folder that is there. It is a file that appears whole, by link(2), which fails where
 * there is one. Throws a UserError that names the holder, when that one does not let go in time.
 */
export async function lock(path: string, waiting: Waiting = CHANGING): Promise<() => void> {
  const me: Holder = {
    pid: process.pid,
    started: startOf(process.pid),
    since: new Date().toISOString(),
    token: randomBytes(16).toString("hex"),
  };
  const own = `${path}.${me.token}`;
  try {
    fs.writeFileSync(own, JSON.stringify(me), { mode: 0o600, flag: "wx" });
    const end = performance.now() + waiting.milliseconds;
    for (let tries = 1; !isTaken(own, path); tries++) {
      const holder = holderOf(path);
      if (holder !== undefined ? !isAlive(holder) : isAbandoned(path)) breakLock(path, holder);
      else if (performance.now() > end) throw isHeld(path, holder, waiting);
      else {
        if (tries === NOTED_TRIES && holder !== undefined) waiting.note?.(holder.pid);
        // Not all at the same moments, when many wait.
        const pause = Math.min(PAUSE_MS_MAX, PAUSE_MS * PAUSE_GROWTH ** tries);
        await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
      }
    }
  } finally {
    fs.rmSync(own, { force: true });
  }
  return () => {
    if (holderOf(path)?.token === me.token) fs.rmSync(path, { force: true });
  };
}

function isTaken(own: string, path: string): boolean {
  try {
    fs.linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (!NO_LINKS.has(codeOf(error))) throw error;
    return isTakenWithoutLinks(own, path);
  }
}

/** What file systems say that know no second names, as those of memory cards. */
export const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** There the lock is empty for a moment, and stays so when its owner is killed in that moment. */
function isTakenWithoutLinks(own: string, path: string): boolean {
  try {
    fs.copyFileSync(own, path, fs.constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return false;
  }
}

function isAbandoned(path: string): boolean {
  const stats = fs.statSync(path, { throwIfNoEntry: false });
  return stats?.size === 0 && Date.now() - stats.mtimeMs > BREAKING_MS;
}

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined; // Gone in this moment, or nothing of ours.
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
  }
  const now = startOf(pid);
  return now === "" || started === "" || now === started;
}

/** When a process started, in ticks since the machine did; empty where the system has no /proc. */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program stands in brackets, and may hold any character.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** One at a time: of two who saw the same dead holder, the second must not take away the lock that the first took. */
function breakLock(path: string, dead: Holder | undefined): void {
  const breaking = `${path}.breaking`;
  try {
    fs.mkdirSync(breaking, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const stats = fs.statSync(breaking, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > BREAKING_MS)
      fs.rmSync(breaking, { force: true, recursive: true });
    return;
  }
  try {
    if (holderOf(path)?.token === dead?.token) fs.rmSync(path, { force: true });
    if (dead !== undefined) fs.rmSync(`${path}.${dead.token}`, { force: true });
  } finally {
    fs.rmSync(breaking, { force: true, recursive: true });
  }
}

function isHeld(path: string, holder: Holder | undefined, { what }: Waiting): UserError {
  const who =
    holder === undefined ? `something has made ${path}` : `process ${holder.pid} does so since ${holder.since}`;
  return new UserError("LOCKED", `another aws-vault-doctor is ${what}: ${who}`, {
    hint: holder === undefined ? `if none is running, take ${path} away` : `wait for it, or end it: kill ${holder.pid}`,
    exitCode: EXIT.fixFailed,
  });
}
