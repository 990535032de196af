import type { Agent } from "node:https";
import type { Secret } from "../secret.ts";

/** The world behind one interface: what the rest of the program may ask of the machine. `node.ts` is the real one. */
export interface System {
  readonly files: Files;
  /** What changes files: loaded only by what does. */
  changes(): Promise<Changes>;
  /** The bus of the desktop's session. Throws a BusTrouble where there is none. */
  bus(): Promise<Bus>;
  /** Windows's store of secrets. Undefined where the optional part of the program for it is not installed. */
  credentialManager(): Promise<CredentialManager | undefined>;
  /** The variables of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly machine: MachineTraits;
  readonly network: Network;
  readonly servers: Servers;
  readonly terminal: Terminal;
  readonly programs: Programs;
  readonly now: () => Date;
  /** Bytes that nobody can foresee. */
  readonly random: (count: number) => Uint8Array;
  /** The SHA-1 of a text, in hexadecimal digits: names of cache files are made of it. */
  sha1(text: string): string;
  /** Milliseconds from some start, for durations. */
  elapsed(): number;
  pause(milliseconds: number): Promise<void>;
}

export interface MachineTraits {
  /** As Node names it: `linux`, `darwin`, `win32`, … */
  readonly os: string;
  /** Numeric user id; undefined on Windows. */
  readonly user: number | undefined;
  readonly home: string;
  readonly folder: string;
  /** The folder that this program is installed in. */
  readonly package: string;
  /** The folders of PATH, and the endings that make a file a program on Windows. */
  readonly programFolders: readonly string[];
  readonly programEndings: readonly string[];
}

export type FileKind = "file" | "directory" | "link" | "special";

export interface FileFacts {
  readonly kind: FileKind;
  /** Permission bits, such as 0o600. */
  readonly mode: number;
  readonly owner: number;
  /** Bytes. */
  readonly size: number;
  readonly executable: boolean;
  /** When its content changed last, in milliseconds since 1970. */
  readonly modified: number;
}

/** Nothing here waits: a FIFO or a device is never opened. All paths are absolute. */
export interface Files {
  /** Of the path itself, a link not followed. Undefined when there is nothing. Throws a FileTrouble when that cannot be told. */
  look(path: string): FileFacts | undefined;
  /** Of what the path leads to. Undefined for nothing, and for a link that leads nowhere. */
  follow(path: string): FileFacts | undefined;
  readLink(path: string): string;
  /** The path without links. Throws a FileTrouble when it leads nowhere. */
  real(path: string): string;
  /** At most `most` bytes of a regular file; throws a FileTrouble for anything else and for a larger file. */
  read(path: string, most: number): Uint8Array;
  /** The first bytes of a regular file, however large it is. */
  readStart(path: string, most: number): Uint8Array;
  /** The first bytes of a file of /proc, whose size says 0; the kernel is asked for no more than `most`. */
  readText(path: string, most: number): string;
  /** The same, while other things go on. */
  readTextAside(path: string, most: number): Promise<string>;
  /** Names in a folder, sorted. Throws a FileTrouble where there are more than `most`. */
  list(path: string, most?: number): readonly string[];
  /**
   * Puts a file in the place of what stands at the path, or of nothing: the old one or the new one is there at any time,
   * whole, also after a crash. A link is replaced, and not followed. The mode is that of the new file.
   */
  replace(path: string, bytes: Uint8Array, mode: number): void;
  /** Writes to the end of a file, through a link too, and leaves the rest as it is; `mode` is for a file that is new. */
  append(path: string, bytes: Uint8Array, mode: number): void;
  /** Makes a folder for this user alone, with those above it. No change where there is one. */
  makeFolder(path: string): void;
  /** Removes a file, a link and not what it leads to. False when there was none. */
  remove(path: string): boolean;
}

/** How the names of files start that are not finished: whoever lists a folder passes them over. */
export const UNFINISHED = ".aws-vault-doctor-";

/**
 * Changes files, each whole or not at all: whoever is killed or loses power in between leaves the old file or the new
 * one. All of them throw a FileTrouble that says why they did nothing.
 */
export interface Changes {
  /** In hexadecimal digits. */
  sha256(bytes: Uint8Array): string;
  /**
   * Puts bytes in the place of those whose hash is `expected`; mode and owner stay as they are. Links are followed.
   * `expected` undefined: there must be nothing, and the new file is for its owner alone. `bytes` undefined: the file goes.
   * Refuses what changed in between, and what is not safe to replace: another user's file, one with several names
   * (hard links) or an access control list, anything but a regular file, and a file in a folder that others may write to
   * (a group that is this user's alone is nobody else).
   */
  replace(path: string, expected: string | undefined, bytes: Uint8Array | undefined): void;
  /** Refuses when the permission bits are not the expected ones any more, or when it is another user's. */
  changeMode(path: string, expected: number, mode: number): void;
  /** A new file that nobody else may read, on the disk when this returns; its folders are made as needed, as private. */
  store(path: string, bytes: Uint8Array): void;
  /** A file, or an empty folder. Nothing happens where there is none. */
  remove(path: string): void;
  /** Takes out what a writer left beside a file when it was killed. Returns how many files that were. */
  sweep(path: string): number;
  /** Waits until nobody else holds the lock, and returns what lets it go. A dead process holds no lock. */
  lock(path: string, waiting?: Waiting): Promise<() => void>;
}

/** How long to wait for a lock, and what its holder is at, such as `changing files`. */
export interface Waiting {
  readonly milliseconds: number;
  readonly what: string;
  /** After a second, once. */
  readonly note?: (holder: number) => void;
}

/** Why a file could not be looked at, or was not changed, in words for a report. */
export class FileTrouble extends Error {
  override readonly name = "FileTrouble";
  /** The file, where the machine said so. */
  readonly path: string | undefined;

  constructor(message: string, more: { path?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.path = more.path;
  }

  /** For who has not named the file already. */
  get inFull(): string {
    return this.path === undefined ? this.message : `${this.path}: ${this.message}`;
  }
}

export interface NetworkInterface {
  readonly name: string;
  readonly address: string;
  readonly loopback: boolean;
}

/** A request of HTTP, as far as its head goes: bodies are not read. */
export interface HttpRequest {
  readonly method: string;
  /** As it stood in the first line. */
  readonly target: string;
  /** By names in small letters; what came under one name several times is joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** The address that it came from. */
  readonly peer: string;
  /** The port there, where it is known. */
  readonly peerPort?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The connection ends with this answer. */
  readonly closes?: boolean;
  /** Milliseconds that it waits before it goes out. */
  readonly delay?: number;
}

export interface HttpServer {
  readonly port: number;
  /** Ends all connections too. */
  close(): Promise<void>;
}

export type Heard =
  | {
      readonly ended: true;
      readonly status: number;
      readonly headers: ReadonlyMap<string, string>;
      readonly body: string;
    }
  /** In words, as `gave no answer within 1 s`. */
  | { readonly ended: false; readonly trouble: string };

export interface PortHolder {
  readonly pid: number;
  readonly name: string;
}

export interface Network {
  interfaces(): readonly NetworkInterface[];
  /** Who `find-process` believes to hold a port. An empty list means "free" or "cannot tell". */
  holders(port: number): Promise<readonly PortHolder[]>;
  /** Tries to listen there for a moment. `absent`: no interface has the address. `unknown`: not allowed to try. */
  tryToListen(address: string, port: number): Promise<"free" | "busy" | "absent" | "unknown">;
  /** Makes one GET, and keeps the first `bytes` of what comes back. Never throws: what goes wrong is told. */
  ask(
    address: string,
    port: number,
    target: string,
    limits: { readonly milliseconds: number; readonly bytes: number },
  ): Promise<Heard>;
  /**
   * The same with an address of the web, encrypted where that says `https`. Address and headers are told to nobody else.
   * `agent` makes the connection, where that does not go straight.
   */
  fetch(
    url: string,
    asked: {
      readonly milliseconds: number;
      readonly bytes: number;
      readonly method?: "GET" | "PUT";
      readonly headers?: Readonly<Record<string, string>>;
      readonly agent?: Agent | undefined;
    },
  ): Promise<Heard>;
}

export interface Servers {
  /**
   * Serves HTTP until it is closed; port 0 is any free one. Heads that are too long, clients that are too slow and what is no
   * HTTP never come to `answer`. Throws a UserError where it cannot listen there.
   */
  serve(
    address: string,
    port: number,
    answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>,
  ): Promise<HttpServer>;
  /**
   * Starts the one part that takes more rights (`metadata-port.ts`), with sudo where this process has them not: it gives the
   * loopback interface the address 169.254.169.254, listens on its port 80, and hands on what comes there to a port of
   * 127.0.0.1. Resolves when it does, and throws a UserError when it does not.
   */
  holdMetadataPort(): Promise<MetadataPort>;
  /** Resolves when somebody asks this process to end, by Ctrl-C or a signal. */
  untilStopped(): Promise<void>;
  /** Asks a process to end. False where there is none, or where it is not ours to ask. */
  stop(pid: number): boolean;
}

export interface MetadataPort {
  /** Resolves when it ended by itself. */
  readonly ended: Promise<void>;
  /** Takes the address away again. */
  release(): Promise<void>;
}

/** Calls between the programs of a desktop. https://dbus.freedesktop.org/doc/dbus-specification.html */
export interface Bus {
  /** What a method answers. Throws a BusTrouble for an error, and where nobody answers in time. */
  call(call: BusCall): Promise<readonly unknown[]>;
  /** What the next signal of this kind brings. Ask for it before doing what leads to it. */
  nextSignal(from: BusMember, milliseconds: number): Promise<readonly unknown[]>;
}

/** Generic credentials by their target names. All throw a FileTrouble that says why Windows refuses. */
export interface CredentialManager {
  get(target: string): Uint8Array | undefined;
  set(target: string, bytes: Uint8Array): void;
  /** False when there was none. */
  remove(target: string): boolean;
}

export interface BusMember {
  /** Of the object. */
  readonly path: string;
  readonly interface: string;
  readonly member: string;
}

export interface BusCall extends BusMember {
  /** Whom it goes to, such as `org.freedesktop.secrets`; who has that name is started if need be. */
  readonly destination: string;
  /** The types of the body, such as `sa{sv}`. A variant is its type and its value; a dictionary a list of pairs. */
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Why a call on the bus came to nothing. */
export class BusTrouble extends Error {
  override readonly name = "BusTrouble";
  /** Such as `org.freedesktop.DBus.Error.ServiceUnknown`; for what went wrong here, what Node says, such as `ENOENT`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Programs {
  /**
   * Runs a program with this one's streams, and signals that come meanwhile go to it; its exit code, 128 and more for a
   * signal. Throws a UserError when it cannot be started.
   */
  run(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string | undefined>>,
    isTerminal: boolean,
  ): Promise<number>;
  /** The same, and when a signal ends the program, it ends this process too, at its very end. */
  become(...what: Parameters<Programs["run"]>): Promise<number>;
  /**
   * Runs a program to hear what it says, with arguments that stand in our own source: no shell, no word of a config.
   * `path` is absolute. Never throws: what goes wrong is told.
   */
  capture(path: string, args: readonly string[], limits: CaptureLimits): Promise<Captured>;
  /**
   * Runs a command line of a config, in the system's shell, for the profile that the user named: it may ask the person at
   * the terminal, and see all variables. Only its output is heard.
   */
  obey(commandLine: string, limits: Omit<CaptureLimits, "folder">): Promise<Captured>;
  /** Starts a program that goes on by itself, such as a browser. False where it cannot be started. */
  launch(path: string, args: readonly string[]): Promise<boolean>;
}

export interface CaptureLimits {
  /** Then it is ended, with all that it started. */
  readonly milliseconds: number;
  /** Of both its streams; whoever says more is ended. */
  readonly bytes: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where it runs. */
  readonly folder: string;
  /** It has the person's terminal: they can answer it, and see what it says on stderr. */
  readonly isAttached?: boolean;
  /** What it gets to read, whatever else: a secret has no place among the arguments, which everybody sees. */
  readonly input?: Uint8Array;
}

export type Captured =
  /** The code is -1 where a signal ended it. */
  | { readonly ended: true; readonly code: number; readonly output: string; readonly errors: string }
  | { readonly ended: false; readonly trouble: string };

export interface Stream {
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
}

export interface Input {
  readonly isTerminal: boolean;
  /** All that comes, up to its end. */
  read(): string;
}

/**
 * Each question throws a UserError where nobody is there to answer, with a hint at how to do without (`instead`), and when
 * the person breaks it off.
 */
export interface Terminal {
  readonly input: Input;
  readonly output: Stream;
  readonly errors: Stream;
  /** Whether somebody is there to answer. */
  readonly canAsk: boolean;
  ask(question: string, instead: string): Promise<string>;
  /** As `ask`, and what is typed does not show. */
  askSecret(question: string, instead: string): Promise<Secret>;
  confirm(question: string, instead: string): Promise<boolean>;
  choose<Value extends string>(question: string, choices: readonly Choice<Value>[], instead: string): Promise<Value>;
}
