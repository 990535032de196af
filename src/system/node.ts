/** The one real machine. No other file knows of node:fs, node:os, node:net, node:crypto, process or the clock. */
import fs from "node:fs";
import { EXIT, UserError } from "../errors.ts";
import type { Device } from "../terminal/prompts.ts";
import {
  type FileFacts,
  type FileKind,
  type Files,
  FileTrouble,
  type MachineTraits,
  type Network,
  type PortHolder,
  type Stream,
  type System,
} from "./system.ts";
import { asTrouble, codeOf, namingPaths, WORDS } from "./trouble.ts";
import { appendToFile, removeFile, replaceFile } from "./writing.ts";

/** This machine, as this process sees it. `packageFolder` is the folder that the program is installed in. */
export function thisMachine(packageFolder: string): System {
  return {
    files,
    changes: async () => (await import("./changes.ts")).changes,
    bus: async () => (await import("./bus.ts")).sessionBus(process.env, process.getuid?.()),
    environment: process.env,
    credentialManager: async () => (await import("./credential-manager.ts")).credentialManager(),
    machine: machineTraits(packageFolder),
    network,
    servers: {
      serve: async (...what) => (await import("./serving.ts")).serveHttp(...what),
      holdMetadataPort: async () => (await import("./privileged.ts")).holdMetadataPort(packageFolder),
      untilStopped: async () => (await import("./privileged.ts")).untilStopped(),
      stop: (pid) => stopProcess(pid),
    },
    terminal: {
      input: {
        get isTerminal() {
          return isTerminal(0);
        },
        read: () => fs.readFileSync(0, "utf8"),
      },
      output: streamTo(1),
      errors: streamTo(2),
      ask: (question, instead) => onTerminal(instead, ({ ask }, device) => ask(question, device)),
      askSecret: (question, instead) => onTerminal(instead, ({ askSecret }, device) => askSecret(question, device)),
      confirm: (question, instead) => onTerminal(instead, ({ confirm }, device) => confirm(question, device)),
      choose: (question, choices, instead) =>
        onTerminal(instead, ({ choose }, device) => choose(question, choices, device)),
      get canAsk() {
        return canAsk();
      },
    },
    programs: {
      run: async (...what) => (await import("./programs.ts")).run(...what),
      become: async (...what) => (await import("./programs.ts")).become(...what),
      capture: async (...what) => (await import("./capture.ts")).captureOutput(...what),
      obey: async (...what) => (await import("./capture.ts")).obey(...what),
      launch: async (...what) => (await import("./capture.ts")).launch(...what),
    },
    now: () => new Date(),
    random: (count) => process.getBuiltinModule("node:crypto").randomBytes(count),
    sha1: (text) => process.getBuiltinModule("node:crypto").createHash("sha1").update(text).digest("hex"),
    elapsed: () => Number(process.hrtime.bigint()) / 1e6, // The global `performance` takes a millisecond to load.
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

// Each of these modules costs milliseconds on every start, and most runs need none of them.
const nodeOs = () => process.getBuiltinModule("node:os");

/** Node's own test loads the modules of the network with it, so what is no device, or the null device, is told apart before. */
function isTerminal(descriptor: number): boolean {
  try {
    const device = fs.fstatSync(descriptor);
    if (!onWindows && (!device.isCharacterDevice() || device.rdev === fs.statSync("/dev/null").rdev)) return false;
  } catch {
    return false; // It is closed.
  }
  return process.getBuiltinModule("node:tty").isatty(descriptor);
}

const onWindows = process.platform === "win32";

/* ───────────────────────────── the machine ───────────────────────────── */

function machineTraits(packageFolder: string): MachineTraits {
  return {
    os: process.platform,
    user: process.getuid?.(),
    get home() {
      return homeFolder();
    },
    get folder() {
      return currentFolder();
    },
    package: packageFolder,
    get programFolders() {
      return splitList(process.env["PATH"] ?? "");
    },
    get programEndings() {
      return onWindows ? splitList(process.env["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD") : [""];
    },
  };
}

function homeFolder(): string {
  const told = process.env[onWindows ? "USERPROFILE" : "HOME"] ?? "";
  if (isAbsolute(told)) return withoutTrailingSlashes(told);
  try {
    return nodeOs().homedir();
  } catch {
    return "/"; // A user id without an account, as containers have them; their shells say the same.
  }
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError("NO_FOLDER", "the current folder does not exist any more", { hint: "run 'cd' first", cause });
  }
}

const isAbsolute = (path: string): boolean => (onWindows ? /^([a-z]:)?[\\/]/i : /^\//).test(path);

const withoutTrailingSlashes = (path: string): string =>
  onWindows ? path.replace(/(?<=[^:\\/])[\\/]+$/, "") : path.replace(/(?<=[^/])\/+$/, "");

function splitList(list: string): readonly string[] {
  const entries = onWindows ? list.split(";").map((entry) => entry.replace(/^"(.*)"$/, "$1")) : list.split(":");
  return entries.filter((entry) => entry !== "");
}

/* ─────────────────────────────── files ──────────────────────────────── */

const files: Files = namingPaths({
  look(path) {
    const stats = statsOf(path, fs.lstatSync);
    return stats && factsOf(stats);
  },
  follow(path) {
    const stats = statsOf(path, fs.statSync, "ELOOP");
    return stats && factsOf(stats);
  },
  readLink: linkAt,
  real: (path) => fs.realpathSync.native(path),
  read: (path, most) => withOpenFile(path, (descriptor, size) => readWhole(descriptor, size, most)),
  readStart: (path, most) => withOpenFile(path, (descriptor) => readBytes(descriptor, most, most)),
  readText: (path, most) => withOpenFile(path, (descriptor) => readStart(descriptor, most)),
  readTextAside: readAside,
  list: (path, most) => listed(path, most).toSorted(),
  replace: replaceFile,
  append: appendToFile,
  makeFolder: (path) => fs.mkdirSync(path, { recursive: true, mode: 0o700 }),
  remove: removeFile,
});

function listed(path: string, most: number | undefined): string[] {
  if (most === undefined) return fs.readdirSync(path);
  const folder = fs.opendirSync(path);
  try {
    const names: string[] = [];
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (names.length === most) throw new FileTrouble(`holds more than ${most} files`);
      names.push(entry.name);
    }
    return names;
  } finally {
    folder.closeSync();
  }
}

type Stat = (path: string, options: { readonly throwIfNoEntry: false }) => fs.Stats | undefined;

function statsOf(path: string, stat: Stat, ...nothing: string[]): fs.Stats | undefined {
  try {
    // Most paths that are asked for do not exist, and an exception costs more than the look.
    return stat(path, { throwIfNoEntry: false });
  } catch (error) {
    if (["ENOTDIR", ...nothing].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function factsOf(stats: fs.Stats): FileFacts {
  const mode = stats.mode & 0o7777;
  // Windows has no such bits: there the ending says it, and whoever asks has looked at the ending.
  const executable = stats.isFile() && (onWindows || (mode & 0o111) !== 0);
  return { kind: kindOf(stats), mode, owner: stats.uid, size: stats.size, executable, modified: stats.mtimeMs };
}

function kindOf(stats: fs.Stats): FileKind {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "link";
  return "special";
}

const O_NONBLOCK: number = fs.constants.O_NONBLOCK ?? 0; // Windows has none.

function withOpenFile<T>(path: string, use: (descriptor: number, size: number) => T): T {
  // A look before the open, because opening a device can have effects; and one after it, because what stands at the
  // path may have been exchanged between the two. O_NONBLOCK: the open of a FIFO must not wait for a writer.
  mustBeFile(fs.statSync(path));
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | O_NONBLOCK);
  try {
    const stats = fs.fstatSync(descriptor);
    mustBeFile(stats);
    return use(descriptor, stats.size);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** In another thread: what the kernel makes when it is asked takes its time. */
async function readAside(path: string, most: number): Promise<string> {
  let descriptor: number | undefined;
  const bytes = new Uint8Array(most);
  const readOn = (open: number, length: number): Promise<number> =>
    new Promise((resolve, reject) => {
      fs.read(open, bytes, length, most - length, null, (error, count) => {
        if (error) reject(error);
        else if (count === 0 || length + count === most) resolve(length + count);
        else resolve(readOn(open, length + count));
      });
    });
  try {
    descriptor = fs.openSync(path, fs.constants.O_RDONLY | O_NONBLOCK);
    return new TextDecoder().decode(bytes.subarray(0, await readOn(descriptor, 0)));
  } catch (error) {
    throw asTrouble(error, path);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function mustBeFile(stats: fs.Stats): void {
  if (stats.isDirectory()) throw new FileTrouble("is a directory");
  if (!stats.isFile()) throw new FileTrouble("is not a regular file");
}

function readWhole(descriptor: number, size: number, most: number): Uint8Array {
  if (size > most) throw tooLarge(size, most);
  const bytes = readBytes(descriptor, size, most + 1);
  if (bytes.length > most) throw new FileTrouble(`grew beyond ${inWords(most)} while it was read`);
  return bytes;
}

function readStart(descriptor: number, most: number): string {
  return new TextDecoder().decode(readBytes(descriptor, 64 * 1024, most));
}

/** Up to the end of the file or `most` bytes. A read may come short, and a file may be longer than its size said. */
function readBytes(descriptor: number, expected: number, most: number): Uint8Array {
  let bytes = new Uint8Array(Math.min(expected + 1, most)); // One more: the read that finds the end needs room.
  let length = 0;
  while (length < most) {
    if (length === bytes.length) bytes = enlarged(bytes, Math.min(length * 2, most));
    const count = fs.readSync(descriptor, bytes, length, bytes.length - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** The trouble of a file that is larger than `most` bytes. */
export function tooLarge(size: number, most: number): FileTrouble {
  return new FileTrouble(`is ${inWords(size)}; files above ${inWords(most)} are not read`);
}

function inWords(bytes: number): string {
  const KILOBYTE = 1024;
  if (bytes < KILOBYTE) return `${bytes} bytes`;
  if (bytes < KILOBYTE ** 2) return `${roundedUp(bytes / KILOBYTE)} kB`;
  return `${roundedUp(bytes / KILOBYTE ** 2)} MB`;
}

const roundedUp = (value: number): number => Math.ceil(value * 10) / 10; // Up: one byte above a limit must show.

function linkAt(path: string): string {
  try {
    return fs.readlinkSync(path);
  } catch (error) {
    throw codeOf(error) === "EINVAL" ? new FileTrouble("is not a link", { cause: error }) : error;
  }
}

/* ────────────────────────────── network ─────────────────────────────── */

const HOLDERS_DEADLINE_MS = 2000; // It runs up to four programs; on Windows, PowerShell.

const network: Network = {
  interfaces() {
    const all = Object.entries(nodeOs().networkInterfaces());
    return all.flatMap(([name, addresses = []]) =>
      addresses.map(({ address, internal }) => ({ name, address, loopback: internal })),
    );
  },
  async holders(port) {
    try {
      return await withDeadline(findHolders(port), HOLDERS_DEADLINE_MS, []);
    } catch {
      return [];
    }
  },
  async tryToListen(host, port) {
    const { createServer } = await import("node:net");
    return new Promise((resolve) => {
      const server = createServer((socket) => socket.destroy());
      server.once("error", (error) => resolve(meaningOf(codeOf(error))));
      server.listen({ host, port, exclusive: true }, () => server.close(() => resolve("free")));
    });
  },
  ask: async (...what) => (await import("./asking.ts")).askHttp(...what),
  fetch: async (...what) => (await import("./asking.ts")).fetchPage(...what),
};

async function findHolders(port: number): Promise<readonly PortHolder[]> {
  const { default: find } = await import("find-process");
  const found = await find("port", port, { logLevel: "silent" });
  return found.map(({ pid, name, cmd }) => ({ pid, name: onWindows ? name : programOf(cmd ?? name) }));
}

// find-process takes the last path in a command line for the name, and that may be an argument that carries a secret.
function programOf(commandLine: string): string {
  const program = commandLine.trim().split(/\s/)[0] ?? "";
  return program.slice(program.lastIndexOf("/") + 1);
}

async function withDeadline<T>(work: Promise<T>, milliseconds: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, milliseconds, late);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function stopProcess(pid: number): boolean {
  try {
    return process.kill(pid, "SIGTERM");
  } catch {
    return false;
  }
}

function meaningOf(code: string): "busy" | "absent" | "unknown" {
  if (code === "EADDRINUSE") return "busy";
  if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return "absent";
  return "unknown";
}

/* ────────────────────────────── terminal ────────────────────────────── */

const canAsk = (): boolean => isTerminal(0) && isTerminal(2);

type PromptModule = typeof import("../terminal/prompts.ts");

/**
 * What is asked goes to stderr, and the answer comes from stdin. Where one of them is a pipe or a file, which is for the
 * command that is run, the person is asked on the terminal that this process was started from, if there is one.
 */
async function onTerminal<T>(
  hint: string,
  act: (module: PromptModule, device: Device | undefined) => Promise<T>,
): Promise<T> {
  const isDirect = canAsk();
  const device = isDirect ? undefined : openTerminal();
  if (!isDirect && device === undefined) {
    const message = "an answer is needed, and there is no terminal to ask on";
    throw new UserError("NO_TERMINAL", message, { exitCode: EXIT.failed, hint });
  }
  try {
    return await act(await import("../terminal/prompts.ts"), device);
  } finally {
    device?.input.destroy();
    device?.output.destroy();
  }
}

function openTerminal() {
  if (onWindows) return undefined;
  try {
    const { ReadStream, WriteStream } = process.getBuiltinModule("node:tty");
    const open = (): number => fs.openSync("/dev/tty", "r+");
    return { input: new ReadStream(open()), output: new WriteStream(open()) };
  } catch {
    return undefined; // A service, or a job that was detached.
  }
}

const COLUMNS_DEFAULT = 80;

function streamTo(descriptor: 1 | 2): Stream {
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
