/** The world behind one interface: what the rest of the program may ask of the machine. `node.ts` is the real one. */
export interface System {
  readonly files: Files;
  /** The variables of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly machine: MachineTraits;
  readonly network: Network;
  readonly terminal: Terminal;
  now(): Date;
  /** The SHA-1 of a text, in hexadecimal digits: names of cache files are made of it. */
  sha1(text: string): string;
  /** Milliseconds from some start, for durations. */
  elapsed(): number;
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
}

/** Nothing here waits: a FIFO or a device is never opened. All paths are absolute. */
export interface Files {
  /** Of the path itself, a link not followed. Undefined when there is nothing. Throws a FileTrouble when that cannot be told. */
  look(path: string): FileFacts | undefined;
  /** Of what the path leads to. Undefined for nothing, and for a link that leads nowhere. */
  follow(path: string): FileFacts | undefined;
  readLink(path: string): string;
  /** At most `most` bytes of a regular file; throws a FileTrouble for anything else and for a larger file. */
  read(path: string, most: number): Uint8Array;
  /** As `read`, for the files of /proc, whose size says 0. */
  readText(path: string, most: number): string;
  /** Names in a folder, sorted. */
  list(path: string): readonly string[];
}

/** Why a file could not be looked at, in words for a report. */
export class FileTrouble extends Error {
  override readonly name = "FileTrouble";
}

export interface NetworkInterface {
  readonly name: string;
  readonly address: string;
  readonly loopback: boolean;
}

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
}

export interface Stream {
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
}

export interface Input {
  readonly isTerminal: boolean;
  /** All that comes, up to its end. */
  read(): string;
}

export interface Terminal {
  readonly input: Input;
  readonly output: Stream;
  readonly errors: Stream;
}
