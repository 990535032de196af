/** What this process writes to: a terminal, a pipe or a file. */
import fs from "node:fs";
import { EXIT, UserError } from "../errors.ts";
import { onWindows } from "./platform.ts";
import type { Stream } from "./system.ts";
import { codeOf, WORDS } from "./trouble.ts";

/** Node's own test loads the modules of the network with it, so what is no device, or the null device, is told apart before. */
export function isTerminal(descriptor: number): boolean {
  try {
    const device = fs.fstatSync(descriptor);
    if (!onWindows && (!device.isCharacterDevice() || device.rdev === fs.statSync("/dev/null").rdev)) return false;
  } catch {
    return false; // It is closed.
  }
  return process.getBuiltinModule("node:tty").isatty(descriptor);
}

const COLUMNS_DEFAULT = 80;

export function streamTo(descriptor: 1 | 2): Stream {
  let readerIsGone = false;
  return {
    get isTerminal() {
      return isTerminal(descriptor);
    },
    get columns() {
      return columnsOf(descriptor);
    },
    write(text) {
      if (!readerIsGone) readerIsGone = !writeWhole(descriptor, new TextEncoder().encode(text));
    },
  };
}

function columnsOf(descriptor: 1 | 2): number {
  const told = Number(process.env["COLUMNS"]);
  if (Number.isInteger(told) && told > 0) return told;
  if (!isTerminal(descriptor)) return COLUMNS_DEFAULT;
  // The first touch of process.stdout costs 6 ms: only a person at a terminal pays it.
  const columns = (descriptor === 1 ? process.stdout : process.stderr).columns;
  return columns > 0 ? columns : COLUMNS_DEFAULT;
}

/** False when nobody reads any more, as with `| head`: that is no error, and there is nobody to tell. */
function writeWhole(descriptor: number, bytes: Uint8Array): boolean {
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += fs.writeSync(descriptor, bytes, sent);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EPIPE" || code === "EIO") return false; // EIO: the terminal window was closed.
      if (code !== "EAGAIN" && code !== "EINTR") throw cannotWrite(descriptor, error);
      pause(PAUSE_MS);
    }
  }
  return true;
}

const PAUSE_MS = 2; // A pipe that somebody made non-blocking is full: its reader needs a moment.

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function cannotWrite(descriptor: number, cause: unknown): UserError {
  const code = codeOf(cause);
  const stream = descriptor === 1 ? "output" : "error output";
  const message = `the standard ${stream} cannot be written: ${WORDS[code] ?? code}`;
  return new UserError("CANNOT_WRITE", message, { exitCode: EXIT.incomplete, cause });
}
