import { EXIT, UserError } from "../errors.ts";
import { count, printable, shortPath } from "../report/printable.ts";
import type { System } from "../system/system.ts";
import { version } from "../version.ts";
import { type Command, type Given, teller } from "./command.ts";

export const undo: Command = {
  name: "undo",
  takes: "[run]",
  summary: "Put back what a run of --fix has changed: the last one, or the one that is named",
  examples: [
    ["aws-vault-doctor undo", "take the last fixes back"],
    ["aws-vault-doctor undo --list", "show the runs that changed something"],
  ],
  flags: {
    list: { kind: "switch", says: "show the runs, the newest first" },
    force: { kind: "switch", says: "also where somebody has changed the file since; shows what is lost, and asks" },
    yes: { kind: "switch", says: "with --force: do not ask" },
  },
  async run(given, system) {
    return given.isOn("list") ? list(given, system) : putBack(given, system);
  },
};

async function list(given: Given, system: System): Promise<number> {
  const { runs } = await import("../treat/undo.ts");
  const { output } = system.terminal;
  const tell = teller(system);
  const all = await runs(system, tell);
  const { home } = system.machine;
  for (const { id, entry, ending = "broken off" } of all) {
    const paths = entry.changes.map(({ path }) => printable(shortPath(path, home)));
    const what = entry.undoes === undefined ? count(entry.cures.length, "fix", "fixes") : `undo of ${entry.undoes}`;
    output.write(`${id}  ${ending.padEnd(11)}  ${what}: ${[...new Set(paths)].join(", ")}\n`);
  }
  if (all.length === 0) output.write("No run has changed anything\n");
  given.log(`${all.length} runs`);
  return EXIT.ok;
}

async function putBack(given: Given, system: System): Promise<number> {
  const { goBack, wayBack } = await import("../treat/undo.ts");
  const { showPatch } = await import("./cure.ts");
  const { errors, output } = system.terminal;
  const tell = teller(system);
  const way = await wayBack(system, given.words[0], tell);
  const name = (path: string): string => printable(shortPath(path, system.machine.home));
  if (way.conflicts.length > 0) {
    const hint = `aws-vault-doctor undo ${way.run.id} --force shows what would be lost of that, and asks`;
    const paths = way.conflicts.map(name).join(", ");
    if (!given.isOn("force"))
      throw new UserError("CHANGED_SINCE", `${paths} was changed since by somebody else`, {
        hint,
        exitCode: EXIT.fixFailed,
      });
    if (!given.isOn("yes")) await mustBeWanted(given, system, way.shown);
  }
  output.write(showPatch(way.shown, given, system, output));
  if (way.changes.length > 0) await goBack(system, way, version, tell);
  errors.write(
    `put back: ${way.changes.map(({ path }) => name(path)).join(", ") || "nothing, all is as it was before"}\n`,
  );
  return EXIT.ok;
}

async function mustBeWanted(
  given: Given,
  system: System,
  shown: Parameters<typeof import("./cure.ts").showPatch>[0],
): Promise<void> {
  const { mustBeAbleToAsk, prompts, showPatch } = await import("./cure.ts");
  const { errors } = system.terminal;
  mustBeAbleToAsk(system, "--force");
  errors.write(showPatch(shown, given, system, errors));
  if (await (await prompts(system)).confirm("Put it back like this?")) return;
  throw new UserError("NOT_WANTED", "nothing was changed", { exitCode: EXIT.findings });
}
