import { rules } from "../../rules/index.ts";
import { causesOf } from "../doctor/causes.ts";
import { allRuleIds, allRules } from "../doctor/rules.ts";
import { EXIT, UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { paint } from "../report/paint.ts";
import { printable, wrap } from "../report/printable.ts";
import type { System } from "../system/system.ts";
import { hasColour } from "./colour.ts";
import type { Command, Given } from "./command.ts";

const PAGE_BYTES_MAX = 1024 * 1024; // Our own pages have a few kB.
/** Nobody reads more than the likeliest. */
const CAUSES_MAX = 5;

export const explain: Command = {
  name: "explain",
  takes: "<rule>",
  summary: "Say what a rule is about, or which rules an error message belongs to: what happens, why, what to do",
  examples: [
    ["aws-vault-doctor explain source-profile-not-found", "the page of that rule"],
    ['aws-vault-doctor explain "The config profile (dev) could not be found"', "what an error may come from"],
    ["aws s3 ls 2>&1 | aws-vault-doctor explain -", "the same of what a command says"],
  ],
  flags: {},
  async run(given, system) {
    const word = given.words[0]!;
    const ids = [...allRuleIds(rules)];
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
  const causes = causesOf(text, await allRules(rules)).slice(0, CAUSES_MAX);
  if (causes.length === 0) {
    throw new UserError("NO_CAUSE_KNOWN", "no rule knows this message", {
      hint: "`aws-vault-doctor check` looks for all that can be wrong here",
    });
  }
  const brush = paint(hasColour(given, system, output));
  const lines = causes.flatMap(({ rule: { id, summary, remedy }, error }) => [
    brush.bold(id),
    ...wrap(summary, output.columns - 2).map((line) => `  ${line}`),
    ...wrap(`says: ${printable(error)}`, output.columns - 2).map((line) => brush.dim(`  ${line}`)),
    ...wrap(`do: ${remedy}`, output.columns - 2).map((line) => `  ${line}`),
    "",
  ]);
  output.write(`${lines.join("\n")}next: aws-vault-doctor explain ${causes[0]!.rule.id}, aws-vault-doctor check\n`);
  return EXIT.ok;
}
