import { rules } from "../../rules/index.ts";
import { allRules } from "../doctor/rules.ts";
import { EXIT } from "../errors.ts";
import { CATEGORIES } from "../model/rule.ts";
import { paint } from "../report/paint.ts";
import { wrap } from "../report/printable.ts";
import { hasColour } from "./colour.ts";
import type { Command } from "./command.ts";

export const listRules: Command = {
  name: "rules",
  takes: "",
  summary: "List the rules by category",
  examples: [["aws-vault-doctor rules --format json", "for a program"]],
  flags: { format: { kind: "text", says: "how to list", choices: ["human", "json"] } },
  async run(given, system) {
    const { output } = system.terminal;
    const { cures } = await import("../../rules/cures.ts");
    const all = await allRules(rules);
    if (given.text("format") === "json") {
      const cards = all.map(({ id, severity, category, summary, why, remedy, links, errors = [] }) => ({
        id,
        severity,
        category,
        summary,
        why,
        remedy,
        links,
        errors,
        fixes: cures[id] ?? [],
      }));
      output.write(`${JSON.stringify({ schemaVersion: 1, rules: cards }, undefined, 2)}\n`);
      return EXIT.ok;
    }
    const brush = paint(hasColour(given, system, output));
    const lines = CATEGORIES.flatMap((category) => [
      brush.bold(category),
      ...all
        .filter((rule) => rule.category === category)
        .flatMap((rule) => [
          `  ${rule.id} (${[rule.severity, ...told(cures[rule.id] ?? [])].join(", ")})`,
          ...wrap(rule.summary, output.columns - 4).map((line) => brush.dim(`    ${line}`)),
        ]),
      "",
    ]);
    output.write(lines.join("\n"));
    return EXIT.ok;
  },
};

/** Who makes its fixes, if there are any. */
function told(safeties: readonly string[]): string[] {
  if (safeties.length === 0) return [];
  if (!safeties.includes("ask") && !safeties.includes("safe")) return ["with help in `fix`"];
  return [safeties.includes("ask") ? (safeties.includes("safe") ? "--fix, or --fix=all" : "--fix=all") : "--fix"];
}
