import { stateFolder } from "../system/state-folder.ts";
import { type Changes, FileTrouble, type System } from "../system/system.ts";

/**
 * What a run changed, written down before it changes anything: `runs/<time>/journal.json` below the state folder, beside
 * it the bytes that files had (`0`, `1`, …), and at the end an empty file that says how it ended. The backups hold
 * secrets where the files did, so the folder is for its owner alone; the journal holds none.
 */
export interface Run {
  readonly id: string;
  readonly entry: Entry;
  readonly ending: Ending | undefined;
}

/**
 * `done`: all is changed. `undone`: and changed back later. `rolled-back`: nothing of it is left. `forgotten`: the bytes
 * from before are deleted, and there is no way back.
 */
export type Ending = (typeof ENDINGS)[number];
const ENDINGS = ["forgotten", "undone", "rolled-back", "done"] as const;

export interface Entry {
  readonly schemaVersion: 1;
  readonly version: string;
  readonly time: string;
  /** The run that this one takes back. */
  readonly undoes?: string;
  /** What it was done for, in words: a rule and what its fix is called. */
  readonly cures: readonly { readonly rule: string; readonly title: string }[];
  /** Profiles whose keys were put into a vault before, and the vault's name. There they stay when the run is taken back. */
  readonly moved?: readonly { readonly profile: string; readonly vault: string }[];
  /** In the order in which they are made. */
  readonly changes: readonly JournalChange[];
}

export type JournalChange =
  | {
      readonly kind: "text";
      readonly path: string;
      /** SHA-256 of the bytes, null where there is no file; and the file in the run's folder that has those from before. */
      readonly before: string | null;
      readonly after: string | null;
      readonly backup: string | null;
    }
  | { readonly kind: "mode"; readonly path: string; readonly before: number; readonly after: number };

const RUNS_KEPT = 20;
const JOURNAL_BYTES_MAX = 8 * 1024 * 1024;
const RUN_ID = /^\d{8}T\d{6}Z(?:-\d{2})?$/;

export class Journal {
  readonly #system: System;
  readonly #changes: Changes;
  readonly #folder: string;

  constructor(system: System, changes: Changes) {
    this.#system = system;
    this.#changes = changes;
    this.#folder = stateFolder(system);
  }

  get lockPath(): string {
    return `${this.#folder}/lock`;
  }

  /** Keeps the bytes from before and what is about to happen. Nothing may be changed before this returns. */
  begin(entry: Entry, backups: ReadonlyMap<string, Uint8Array>): Run {
    const id = this.#newId();
    for (const [name, bytes] of backups) this.#changes.store(`${this.#runs}/${id}/${name}`, bytes);
    const text = `${JSON.stringify(entry, undefined, 2)}\n`;
    this.#changes.store(`${this.#runs}/${id}/journal.json`, new TextEncoder().encode(text));
    return { id, entry, ending: undefined };
  }

  /** A run may end twice: once done, and undone later. */
  end({ id }: Run, ending: Ending): void {
    const path = `${this.#runs}/${id}/${ending}`;
    if (this.#system.files.look(path) === undefined) this.#changes.store(path, new Uint8Array());
  }

  /** Deletes the bytes from before. The journal stays, and says that it was so. */
  forget(run: Run): void {
    this.end(run, "forgotten");
    for (const change of run.entry.changes)
      if (change.kind === "text" && change.backup !== null)
        this.#changes.remove(this.backupPath(run.id, change.backup));
  }

  /** The bytes that a file had before a run. */
  backup({ id }: Run, name: string, most: number): Uint8Array {
    return this.#system.files.read(this.backupPath(id, name), most);
  }

  backupPath(id: string, name: string): string {
    return `${this.#runs}/${id}/${name}`;
  }

  /** All runs that can be read, the newest first. */
  all(): Run[] {
    return this.#ids()
      .reverse()
      .flatMap((id) => {
        const entry = this.#entry(id);
        const has = (name: string): boolean => this.#system.files.look(`${this.#runs}/${id}/${name}`) !== undefined;
        return entry === undefined ? [] : [{ id, entry, ending: ENDINGS.find(has) }];
      });
  }

  /** Keeps the newest runs, and takes away the others. */
  prune(): void {
    for (const id of this.#ids().slice(0, -RUNS_KEPT)) {
      const folder = `${this.#runs}/${id}`;
      // The journal goes last: without it, what is left means nothing.
      const names = this.#system.files.list(folder);
      for (const name of names) if (name !== "journal.json") this.#changes.remove(`${folder}/${name}`);
      this.#changes.remove(`${folder}/journal.json`);
      this.#changes.remove(folder);
    }
  }

  get #runs(): string {
    return `${this.#folder}/runs`;
  }

  #ids(): string[] {
    const { files } = this.#system;
    if (files.follow(this.#runs) === undefined) return [];
    return files.list(this.#runs).filter((name) => RUN_ID.test(name));
  }

  #newId(): string {
    const time = this.#system
      .now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, "");
    const taken = new Set(this.#ids());
    if (!taken.has(time)) return time;
    let number = 2;
    const id = (): string => `${time}-${String(number).padStart(2, "0")}`;
    while (taken.has(id())) number++;
    return id();
  }

  #entry(id: string): Entry | undefined {
    try {
      const bytes = this.#system.files.read(`${this.#runs}/${id}/journal.json`, JOURNAL_BYTES_MAX);
      const entry = JSON.parse(new TextDecoder().decode(bytes)) as Entry;
      return entry.schemaVersion === 1 && Array.isArray(entry.changes) ? entry : undefined;
    } catch (error) {
      if (error instanceof FileTrouble || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}
