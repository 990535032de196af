import { stale, textOf } from "../doctor/baseline.ts";
import { examine } from "../doctor/examine.ts";
import { EXIT, UserError } from "../errors.ts";
import { probes } from "../probes/index.ts";
import { count, printable } from "../report/printable.ts";
import { type Command, teller } from "./command.ts";
import { examination, SCOPE_FLAGS, watcher } from "./examination.ts";
import { judged, load } from "./known.ts";
import { printsOf } from "./prints.ts";
import { writeNamed } from "./written.ts";

const prune: Command = {
  name: "prune",
  takes: "[files..]",
  summary: "Take out of a baseline what is not found any more",
  examples: [["aws-vault-doctor baseline prune team/aws/config --baseline known.json", "after something was mended"]],
  flags: { baseline: { kind: "text", says: "the file with what is known" }, ...SCOPE_FLAGS },
  async run(given, system) {
    const name = given.text("baseline");
    if (name === undefined) throw new UserError("BAD_FLAG", "--baseline names the file to prune");
    const { request: asked } = await examination(given, system);
    const { revise: _, ...request } = asked; // What is known has to be found, to be told from what is not.
    const baseline = load(name, system);
    const report = await examine(system, probes, request, await watcher(given, system), given.log);
    const gone = new Set(stale(baseline, printsOf(report, system), judged(report, request, system)));
    const tell = teller(system);
    for (const { rule, where } of gone) tell(printable(`taken out: ${rule} in ${where}`));
    if (gone.size > 0)
      writeNamed(name, baseline.path, textOf(baseline.entries.filter((one) => !gone.has(one))), system);
    tell(`${count(baseline.entries.length - gone.size, "finding")} left in ${printable(name)}`);
    return EXIT.ok;
  },
};

export const baselineCommands: readonly Command[] = [prune];
