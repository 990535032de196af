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
          `  ${rule.id} (${rule.severity})`,
          ...wrap(rule.summary, output.columns - 4).map((line) => brush.dim(`    ${line}`)),
        ]),
      "",
    ]);
    output.write(lines.join("\n"));
    return EXIT.ok;
  },
};
