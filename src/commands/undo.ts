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
    forget: {
      kind: "switch",
      says: "delete what all runs (or the named one) have kept of files from before, secrets among it: no way back then",
    },
    force: { kind: "switch", says: "also where somebody has changed the file since; shows what is lost, and asks" },
    yes: { kind: "switch", says: "with --force and --forget: do not ask" },
  },
  async run(given, system) {
    if (given.isOn("list")) return list(given, system);
    return given.isOn("forget") ? forget(given, system) : putBack(given, system);
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

async function forget(given: Given, system: System): Promise<number> {
  const { forgettable, forgetRuns } = await import("../treat/undo.ts");
  const tell = teller(system);
  const runs = await forgettable(system, given.words[0], tell);
  const paths = runs.flatMap(({ entry }) =>
    entry.changes.map(({ path }) => printable(shortPath(path, system.machine.home))),
  );
  const what = `what ${count(runs.length, "run has", "runs have")} kept of ${[...new Set(paths)].join(", ")}`;
  if (!given.isOn("yes")) {
    const { mustBeAbleToAsk } = await import("./cure.ts");
    mustBeAbleToAsk(system, "--forget");
    const question = `Delete ${what}? There is no way back then`;
    if (!(await system.terminal.confirm(question, "--yes answers it")))
      throw new UserError("NOT_WANTED", "nothing was deleted", { exitCode: EXIT.findings });
  }
  await forgetRuns(system, runs, tell);
  system.terminal.errors.write(`deleted: ${what}\n`);
  return EXIT.ok;
}

async function putBack(given: Given, system: System): Promise<number> {
  const { goBack, wayBack } = await import("../treat/undo.ts");
  const { showPatch, tell: say } = await import("./cure.ts");
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
  for (const { profile, vault } of way.run.entry.moved ?? [])
    say(
      `the key of '${profile}' is in its file again, and stays in ${vault} too: \`aws-vault-doctor vault remove ${profile}\` takes it out there`,
      system,
    );
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
  const { mustBeAbleToAsk, showPatch } = await import("./cure.ts");
  const { errors } = system.terminal;
  mustBeAbleToAsk(system, "--force");
  errors.write(showPatch(shown, given, system, errors));
  if (await system.terminal.confirm("Put it back like this?", "--yes answers it")) return;
  throw new UserError("NOT_WANTED", "nothing was changed", { exitCode: EXIT.findings });
}
