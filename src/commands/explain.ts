import { rules } from "../../rules/index.ts";
import { byPresence, type Cause, causesOf } from "../doctor/causes.ts";
import { examine } from "../doctor/examine.ts";
import { allRuleIds, allRules } from "../doctor/rules.ts";
import { EXIT, UserError } from "../errors.ts";
import type { ReportedFinding } from "../model/report.ts";
import { runQuietly } from "../model/stage.ts";
import { didYouMean } from "../nearest.ts";
import { probes } from "../probes/index.ts";
import { paint } from "../report/paint.ts";
import { placeName } from "../report/place.ts";
import { printable, wrap } from "../report/printable.ts";
import type { System } from "../system/system.ts";
import { hasColour } from "./colour.ts";
import type { Command, Given } from "./command.ts";
import { examination, SCOPE_FLAGS } from "./examination.ts";

const PAGE_BYTES_MAX = 1024 * 1024; // Our own pages have a few kB.
/** Nobody reads more than the likeliest. */
const CAUSES_MAX = 5;
const PLACES_MAX = 3;

export const explain: Command = {
  name: "explain",
  takes: "<rule>",
  summary: "Say what a rule is about, or which rules an error message belongs to: what happens, why, what to do",
  examples: [
    ["aws-vault-doctor explain source-profile-not-found", "the page of that rule"],
    ['aws-vault-doctor explain "The config profile (dev) could not be found"', "what an error may come from"],
    ["aws s3 ls 2>&1 | aws-vault-doctor explain -", "the same of what a command says"],
  ],
  flags: SCOPE_FLAGS,
  async run(given, system) {
    const word = given.words[0]!;
    const { heard } = await import("../../rules/heard.ts");
    const ids = [...allRuleIds(rules), ...heard.map(({ id }) => id)];
    if (word === "-") return explainText(system.terminal.input.read(), given, system);
    if (!ids.includes(word) && /\s/.test(word.trim())) return explainText(word, given, system);
    if (!ids.includes(word)) {
      throw new UserError("NO_SUCH_RULE", `there is no rule '${word}'${didYouMean(word, ids)}`, {
        hint: "`aws-vault-doctor rules` lists them",
      });
    }
    system.terminal.output.write(pageOf(word, system));
    return EXIT.ok;
  },
};

/** What is to be said of a rule. */
export const pageOf = (id: string, { files, machine }: System): string =>
  new TextDecoder().decode(files.read(`${machine.package}/docs/rules/${id}.md`, PAGE_BYTES_MAX));

async function explainText(text: string, given: Given, system: System): Promise<number> {
  const { output } = system.terminal;
  const { heard } = await import("../../rules/heard.ts");
  const likely = causesOf(text, await allRules(rules, heard));
  if (likely.length === 0) {
    throw new UserError("NO_CAUSE_KNOWN", "no rule knows this message", {
      hint: "`aws-vault-doctor check` looks for all that can be wrong here",
    });
  }
  const here = await findingsOf(likely, given, system);
  const causes = byPresence(likely, here).slice(0, CAUSES_MAX);
  const brush = paint(hasColour(given, system, output));
  const indented = (line: string): string[] => wrap(line, output.columns - 2).map((one) => `  ${one}`);
  const { home } = system.machine;
  const lines = causes.flatMap(({ rule: { id, summary, remedy }, error }) => [
    brush.bold(id),
    ...indented(summary),
    ...indented(`says: ${printable(error)}`).map((line) => brush.dim(line)),
    ...(here.get(id) ?? [])
      .slice(0, PLACES_MAX)
      .flatMap(({ at, says }) => indented(`here: ${placeName(at, home)}: ${printable(says)}`).map(brush.red)),
    ...indented(`do: ${remedy}`),
    "",
  ]);
  output.write(`${lines.join("\n")}next: aws-vault-doctor explain ${causes[0]!.rule.id}, aws-vault-doctor check\n`);
  return EXIT.ok;
}

/** What these rules find on this machine. */
async function findingsOf(
  causes: readonly Cause[],
  given: Given,
  system: System,
): Promise<ReadonlyMap<string, readonly ReportedFinding[]>> {
  const { request } = await examination({ ...given, words: [] }, system);
  const ids = new Set(causes.map(({ rule }) => rule.id));
  const asked = { ...request, rules: request.rules.filter(({ id }) => ids.has(id)) };
  const { findings } = await examine(system, probes, asked, runQuietly, given.log);
  const byRule = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const known = byRule.get(finding.rule.id);
    if (known === undefined) byRule.set(finding.rule.id, [finding]);
    else known.push(finding);
  }
  return byRule;
}
