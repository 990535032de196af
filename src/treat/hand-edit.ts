import { FILE_BYTES_MAX } from "../probes/files.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import { type Tell, withJournal } from "./carry-out.ts";
import type { Run } from "./journal.ts";

/**
 * Lets somebody edit a file, and keeps the bytes from before for `undo` when it is another one afterwards. It is the file
 * itself that is edited, as it would be without us: a copy of it would be one more place with secrets in it.
 * Undefined when nothing was changed.
 */
export async function editByHand(
  system: System,
  path: string,
  edit: (hasChanged: () => boolean) => Promise<void>,
  version: string,
  tell: Tell,
): Promise<Run | undefined> {
  const machine = await system.changes();
  const real = system.files.real(path);
  const before = system.files.read(real, FILE_BYTES_MAX);
  const hash = machine.sha256(before);
  const now = (): string | null =>
    tried(
      () => (system.files.look(real) === undefined ? null : machine.sha256(system.files.read(real, FILE_BYTES_MAX))),
      null,
    );
  await edit(() => now() !== hash);
  const after = now();
  if (after === hash) return undefined;
  return withJournal(system, tell, (journal) => {
    const run = journal.begin(
      {
        schemaVersion: 1,
        version,
        time: system.now().toISOString(),
        cures: [{ rule: "by hand", title: "edited by hand" }],
        changes: [{ kind: "text", path: real, before: hash, after, backup: "0" }],
      },
      new Map([["0", before]]),
    );
    journal.end(run, "done");
    return { ...run, ending: "done" };
  });
}
