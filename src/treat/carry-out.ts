import { EXIT, UserError } from "../errors.ts";
import { type RunStages, runQuietly, type Stage } from "../model/stage.ts";
import { FILE_BYTES_MAX } from "../probes/files.ts";
import { type Changes, FileTrouble, type System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import { type Entry, Journal, type JournalChange, type Run } from "./journal.ts";

/** What is to be changed: all of it, or nothing. */
export type Change =
  | {
      readonly kind: "text";
      readonly path: string;
      /** The hash of what is there; undefined where nothing is. */
      readonly before: string | undefined;
      /** Undefined: the file goes. */
      readonly bytes: Uint8Array | undefined;
    }
  | { readonly kind: "mode"; readonly path: string; readonly before: number; readonly after: number };

/** What was put right after a run that was broken off is worth a word to the user. */
export type Tell = (line: string) => void;

/**
 * Makes changes in their order, with the journal written before the first one. When one cannot be made, those before it
 * are taken back, and a UserError says which one and why.
 */
export async function carryOut(
  system: System,
  changes: readonly Change[],
  about: Pick<Entry, "version" | "cures" | "undoes" | "moved">,
  tell: Tell,
  runStages: RunStages = runQuietly,
): Promise<Run> {
  return withJournal(system, tell, async (journal, machine) => {
    const bytes = changes.map((change) => (change.kind === "text" ? oldBytes(system, machine, change) : undefined));
    const backups = new Map<string, Uint8Array>();
    const written = changes.map((change, index): JournalChange => {
      if (change.kind === "mode") return change;
      const { path, before = null } = change;
      const old = bytes[index];
      if (old !== undefined) backups.set(String(index), old);
      const after = change.bytes === undefined ? null : machine.sha256(change.bytes);
      return { kind: "text", path, before, after, backup: old === undefined ? null : String(index) };
    });
    const entry: Entry = { schemaVersion: 1, time: system.now().toISOString(), ...about, changes: written };
    let run: Run | undefined;
    let path = "";
    const keep: Stage = {
      title: `Keep what is there now, for undo`,
      run: async () => {
        run = saying("the journal cannot be written", () => journal.begin(entry, backups));
      },
    };
    const stages = changes.map((change) => ({
      title: `Change ${shortened(change.path, system)}`,
      run: async () => {
        path = change.path;
        make(machine, change);
      },
    }));
    try {
      await runStages([keep, ...stages]);
      finish(journal, run!);
    } catch (error) {
      const begun = run;
      if (begun === undefined) throw error;
      const isTakenBack = tried(() => takeBack(system, machine, journal, begun)) !== undefined;
      throw error instanceof FileTrouble ? notChanged(path, error, isTakenBack) : error;
    }
    tried(() => journal.prune());
    return run!;
  });
}

/** Under the lock, and after what a killed run has left half done is put right. */
export async function withJournal<T>(
  system: System,
  tell: Tell,
  act: (journal: Journal, machine: Changes) => T | Promise<T>,
): Promise<T> {
  const machine = await system.changes();
  const journal = new Journal(system, machine);
  const release = await machine.lock(journal.lockPath).catch((error: unknown) => {
    throw error instanceof FileTrouble ? noJournal("the lock cannot be taken", error) : error;
  });
  try {
    for (const run of journal.all()) {
      if (run.ending !== undefined) continue;
      const ending = saying(`the run of ${run.entry.time} was broken off, and cannot be taken back`, () =>
        heal(system, machine, journal, run),
      );
      tell(
        `the run of ${run.entry.time} was broken off: ${ending === "done" ? "all of it was done" : "it is taken back"}`,
      );
    }
    return await act(journal, machine);
  } finally {
    tried(release);
  }
}

/** With `~` for the home folder, and nothing in it that could draw on the terminal. */
const shortened = (path: string, { machine: { home } }: System): string =>
  (path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path).replace(/[^\x20-\x7e]/g, "?");

function make(machine: Changes, change: Change): void {
  if (change.kind === "mode") machine.changeMode(change.path, change.before, change.after);
  else machine.replace(change.path, change.before, change.bytes);
}

/** The bytes that are about to be replaced, when they still are those that were looked at; undefined for no file. */
function oldBytes(
  system: System,
  machine: Changes,
  { path, before }: Extract<Change, { kind: "text" }>,
): Uint8Array | undefined {
  try {
    if (before === undefined) {
      if (system.files.look(path) !== undefined) throw new FileTrouble("somebody else has made it in the meantime");
      return undefined;
    }
    const bytes = system.files.read(path, FILE_BYTES_MAX);
    if (machine.sha256(bytes) !== before) throw new FileTrouble("it was changed by somebody else in the meantime");
    return bytes;
  } catch (error) {
    throw error instanceof FileTrouble ? notChanged(path, error) : error;
  }
}

/** A run that was broken off is done when all of it was done; else nothing of it stays. */
function heal(system: System, machine: Changes, journal: Journal, run: Run): "done" | "rolled-back" {
  for (const { path, kind } of run.entry.changes) if (kind === "text") tried(() => machine.sweep(path));
  if (run.entry.changes.every((change) => stateOf(system, machine, change) === "after")) {
    finish(journal, run);
    return "done";
  }
  return takeBack(system, machine, journal, run);
}

function finish(journal: Journal, run: Run): void {
  journal.end(run, "done");
  const undone = journal.all().find(({ id }) => id === run.entry.undoes);
  if (undone !== undefined) journal.end(undone, "undone");
}

/** What was changed since by somebody else stays: it is theirs. */
function takeBack(system: System, machine: Changes, journal: Journal, run: Run): "rolled-back" {
  for (const change of [...run.entry.changes].reverse()) {
    if (stateOf(system, machine, change) !== "after") continue;
    if (change.kind === "mode") machine.changeMode(change.path, change.after, change.before);
    else {
      const old = change.backup === null ? undefined : journal.backup(run, change.backup, FILE_BYTES_MAX);
      machine.replace(change.path, change.after ?? undefined, old);
    }
  }
  journal.end(run, "rolled-back");
  return "rolled-back";
}

/** Takes back a run that was done, because what came of it is not what was to come. */
export const rollBack = (system: System, run: Run, tell: Tell): Promise<"rolled-back"> =>
  withJournal(system, tell, (journal, machine) => takeBack(system, machine, journal, run));

/** Whether a change is made; undefined when something else stands there. */
export function stateOf(system: System, machine: Changes, change: JournalChange): "before" | "after" | undefined {
  const now = tried(() => {
    if (change.kind === "mode") return system.files.follow(change.path)?.mode;
    if (system.files.look(change.path) === undefined) return null;
    return machine.sha256(system.files.read(change.path, FILE_BYTES_MAX));
  });
  return now === change.after ? "after" : now === change.before ? "before" : undefined;
}

function saying<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof FileTrouble ? noJournal(what, error) : error;
  }
}

const noJournal = (what: string, cause: FileTrouble): UserError =>
  new UserError("NO_JOURNAL", `${what}: ${cause.message}`, {
    hint: "nothing was changed now: without a way back, nothing is; XDG_STATE_HOME may name another folder for it",
    exitCode: EXIT.fixFailed,
    cause,
  });

const notChanged = (path: string, cause: FileTrouble, isNothing = true): UserError =>
  new UserError("NOT_CHANGED", `${path} was not changed: ${cause.message}`, {
    hint: isNothing
      ? "nothing else was changed either; `aws-vault-doctor check --diff` shows what was to be done"
      : "what was changed before it could not be taken back yet: `aws-vault-doctor undo` does that",
    exitCode: EXIT.fixFailed,
    cause,
  });
