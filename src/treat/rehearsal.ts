import { FILE_BYTES_MAX } from "../probes/files.ts";
import { type FileFacts, type Files, FileTrouble, type System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

/** Looking is all that anybody does on a rehearsal's machine: fixes go through `write`. */
const refuse = (): never => {
  throw new Error("a rehearsal changes no file");
};

/**
 * A machine to try fixes on: the real one for whoever looks, but every file is read once and stays as it was then, and
 * what is written is seen only here. So fixes can be proved, and shown, before anything happens.
 */
export class Rehearsal {
  readonly system: System;
  readonly #real: System;
  readonly #read = new Map<string, Uint8Array>();
  readonly #written = new Map<string, Uint8Array>();
  readonly #modes = new Map<string, number>();
  readonly #removed = new Set<string>();
  readonly #paths = new Map<string, string>();

  constructor(system: System) {
    this.#real = system;
    const { network } = system;
    const answers = new Map<string, unknown>();
    // Ports and interfaces are none of what a fix changes, and asking takes time.
    const once = <T>(key: string, ask: () => T): T => {
      if (!answers.has(key)) answers.set(key, ask());
      return answers.get(key) as T;
    };
    this.system = {
      environment: system.environment,
      machine: system.machine,
      terminal: system.terminal,
      changes: () => system.changes(),
      bus: () => system.bus(),
      credentialManager: () => system.credentialManager(),
      now: () => system.now(),
      random: (count) => system.random(count),
      sha1: (text) => system.sha1(text),
      programs: {
        run: refuse,
        become: refuse,
        capture: (path, args, limits) =>
          once(`capture ${[path, ...args].join(" ")}`, () => system.programs.capture(path, args, limits)),
        obey: refuse,
        launch: refuse,
      },
      elapsed: () => system.elapsed(),
      pause: (milliseconds) => system.pause(milliseconds),
      files: this.#files(system.files),
      network: {
        interfaces: () => once("interfaces", () => network.interfaces()),
        holders: (port) => once(`holders ${port}`, () => network.holders(port)),
        tryToListen: (address, port) => once(`listen ${address} ${port}`, () => network.tryToListen(address, port)),
        ask: (address, port, target, limits) =>
          once(`ask ${address} ${port} ${target}`, () => network.ask(address, port, target, limits)),
        fetch: refuse,
      },
      servers: { serve: refuse, holdMetadataPort: refuse, untilStopped: refuse, stop: refuse },
    };
  }

  #files(files: Files): Files {
    const facts =
      (look: Files["look"]): Files["look"] =>
      (path) => {
        const seen = look(path);
        const real = this.pathOf(path);
        if (this.#removed.has(real)) return undefined;
        const mode = seen?.kind === "link" ? undefined : this.#modes.get(real);
        const bytes = this.#written.get(real);
        if (seen === undefined && bytes !== undefined) return this.#fresh(bytes);
        return seen && { ...seen, ...(mode === undefined ? {} : { mode }), ...(bytes ? { size: bytes.length } : {}) };
      };
    return {
      look: facts((path) => files.look(path)),
      follow: facts((path) => files.follow(path)),
      real: (path) => files.real(path),
      readLink: (path) => files.readLink(path),
      readStart: (path, most) => files.readStart(path, most),
      readText: (path, most) => files.readText(path, most),
      readTextAside: (path, most) => files.readTextAside(path, most),
      list: (path, most) => files.list(path, most),
      replace: refuse,
      append: refuse,
      makeFolder: refuse,
      remove: refuse,
      read: (path, most) => {
        const real = this.pathOf(path);
        if (this.#removed.has(real)) throw new FileTrouble("there is no such file");
        const known = this.#written.get(real) ?? this.#read.get(real);
        if (known !== undefined && known.length <= most) return known;
        const bytes = files.read(path, most);
        this.#read.set(real, bytes);
        return bytes;
      },
    };
  }

  #fresh = (bytes: Uint8Array): FileFacts => ({
    kind: "file",
    mode: 0o600,
    owner: this.#real.machine.user ?? 0,
    size: bytes.length,
    modified: this.#real.now().getTime(),
    executable: false,
  });

  isMissing(path: string): boolean {
    return tried(() => this.#real.files.look(path) === undefined, false);
  }

  /** The path without links; as it is where it leads nowhere. */
  pathOf(path: string): string {
    let real = this.#paths.get(path);
    if (real === undefined) {
      try {
        real = this.#real.files.real(path);
      } catch (error) {
        if (!(error instanceof FileTrouble)) throw error;
        real = path;
      }
      this.#paths.set(path, real);
    }
    return real;
  }

  /** The bytes that a file had when it was read. */
  before(real: string): Uint8Array | undefined {
    return this.#read.get(real);
  }

  /** What the file holds here now. */
  now(real: string): Uint8Array | undefined {
    return this.#written.get(real) ?? this.#read.get(real);
  }

  write(real: string, bytes: Uint8Array): void {
    this.#written.set(real, bytes);
  }

  changeMode(real: string, mode: number): void {
    this.#modes.set(real, mode);
  }

  remove(real: string): void {
    this.#removed.add(real);
  }

  /** What a file really holds, as it was read, or now. */
  bytesBefore(real: string): Uint8Array {
    return this.#read.get(real) ?? this.#real.files.read(real, FILE_BYTES_MAX);
  }

  /** The permission bits that a file or folder really has. */
  modeBefore(real: string): number | undefined {
    return this.#real.files.follow(real)?.mode;
  }

  /** All is as it was read. */
  startOver(): void {
    this.#written.clear();
    this.#modes.clear();
    this.#removed.clear();
  }
}
