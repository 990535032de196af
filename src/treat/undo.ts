import { readDocument } from "../awsconfig/document.ts";
import { decode } from "../awsconfig/encoding.ts";
import { type CureText, cureText } from "../cure/text.ts";
import { EXIT, UserError } from "../errors.ts";
import { FILE_BYTES_MAX } from "../probes/files.ts";
import { maskStartup } from "../probes/startup.ts";
import { type Changes, FileTrouble, type System } from "../system/system.ts";
import { type Change, carryOut, stateOf, type Tell, withJournal } from "./carry-out.ts";
import type { Journal, JournalChange, Run } from "./journal.ts";
import type { PlannedChange } from "./plan.ts";

/** The way back from a run, not begun. */
export interface WayBack {
  readonly run: Run;
  readonly changes: readonly Change[];
  /** The same, to be shown. */
  readonly shown: readonly PlannedChange[];
  /** What somebody else changed since, and what would be lost of it. */
  readonly conflicts: readonly string[];
}

/** The runs that can be read, the newest first. What was broken off is put right before. */
export const runs = (system: System, tell: Tell): Promise<Run[]> =>
  withJournal(system, tell, (journal) => journal.all());

/** The way back from a run; without a name, from the newest one that is not taken back yet. */
export const wayBack = (system: System, id: string | undefined, tell: Tell): Promise<WayBack> =>
  withJournal(system, tell, (journal, machine) => {
    const run = chosen(journal, id);
    const changes: Change[] = [];
    const shown: PlannedChange[] = [];
    const conflicts: string[] = [];
    // Backwards: a folder is opened again only when the files in it are as they were.
    for (const change of [...run.entry.changes].reverse()) {
      const state = stateOf(system, machine, change);
      if (state === "before") continue;
      if (state === undefined) conflicts.push(change.path);
      const [one, other] =
        change.kind === "mode" ? modeBack(system, change) : textBack(system, machine, journal, run, change);
      changes.push(one);
      shown.push(other);
    }
    return { run, changes, shown, conflicts };
  });

/** Goes the way back. It is a run like others, so it can be taken back as well. */
export const goBack = (system: System, { run, changes }: WayBack, version: string, tell: Tell): Promise<Run> =>
  carryOut(
    system,
    changes,
    { version, cures: run.entry.cures, undoes: run.id, ...(run.entry.moved && { moved: run.entry.moved }) },
    tell,
  );

/** The runs whose backups may be deleted: one, or without a name all of them, for each may have a secret of the others. */
export const forgettable = (system: System, id: string | undefined, tell: Tell): Promise<Run[]> =>
  withJournal(system, tell, (journal) => {
    const all = journal.all();
    const found = all.filter((one) => (id === undefined ? one.ending !== "forgotten" : one.id === id));
    if (found.length > 0) return found;
    throw new UserError("NO_SUCH_RUN", id === undefined ? "there is no run to forget" : `there is no run '${id}'`, {
      hint: LIST_HINT,
    });
  });

export const forgetRuns = (system: System, list: readonly Run[], tell: Tell): Promise<void> =>
  withJournal(system, tell, (journal) => {
    for (const run of list) journal.forget(run);
  });

const LIST_HINT = "`aws-vault-doctor undo --list` shows the runs";

function chosen(journal: Journal, id: string | undefined): Run {
  const all = journal.all();
  const hint = LIST_HINT;
  if (id === undefined) {
    const newest = all.find(({ ending, entry }) => ending === "done" && entry.undoes === undefined);
    if (newest === undefined) throw new UserError("NOTHING_TO_UNDO", "there is no run to undo", { hint });
    return newest;
  }
  const run = all.find((one) => one.id === id);
  if (run === undefined) throw new UserError("NO_SUCH_RUN", `there is no run '${id}'`, { hint });
  if (run.ending === "forgotten")
    throw new UserError("NOTHING_TO_UNDO", `what the run '${id}' had kept from before is deleted`, { hint });
  // Keys leave a file only after somebody has seen that they are in the vault.
  if (run.entry.undoes !== undefined && run.entry.moved !== undefined)
    throw new UserError("NOTHING_TO_UNDO", `the run '${id}' has put keys back, and does not take them out again`, {
      hint: "`aws-vault-doctor fix` moves them into the vault",
    });
  if (run.ending === "done") return run;
  throw new UserError("NOTHING_TO_UNDO", `the run '${id}' is taken back already`, { hint });
}

function modeBack(system: System, change: Extract<JournalChange, { kind: "mode" }>): [Change, PlannedChange] {
  const now = system.files.follow(change.path)?.mode;
  if (now === undefined) throw gone(change.path, "there is nothing any more");
  const back = { kind: "mode", path: change.path, before: now, after: change.before } as const;
  return [back, back];
}

function textBack(
  system: System,
  machine: Changes,
  journal: Journal,
  run: Run,
  { path, backup, before, after }: Extract<JournalChange, { kind: "text" }>,
): [Change, PlannedChange] {
  const kept = backup === null ? undefined : journal.backupPath(run.id, backup);
  try {
    // What is gone can only be put back where a fix has taken it away.
    const isGone = after === null && system.files.look(path) === undefined;
    const now = isGone ? undefined : system.files.read(path, FILE_BYTES_MAX);
    const bytes = kept === undefined ? undefined : system.files.read(kept, FILE_BYTES_MAX);
    if (bytes !== undefined && machine.sha256(bytes) !== before)
      throw new FileTrouble(`what was kept of it in ${kept} is damaged`);
    return [
      { kind: "text", path, before: now && machine.sha256(now), bytes },
      { kind: "text", path, before: now && shownText(path, now), after: bytes && shownText(path, bytes) },
    ];
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    throw gone(path, error.message, kept === undefined ? undefined : `its bytes from before are in ${kept}`);
  }
}

function shownText(path: string, bytes: Uint8Array): CureText {
  const { text } = decode(bytes);
  return cureText(bytes, maskStartup(path, text) ?? readDocument(path, "config", bytes).text)!;
}

const gone = (path: string, why: string, hint?: string): UserError =>
  new UserError("CANNOT_UNDO", `${path} cannot be put back: ${why}`, {
    exitCode: EXIT.fixFailed,
    ...(hint === undefined ? {} : { hint }),
  });
