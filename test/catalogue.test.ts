import { join } from "node:path";
import { expect, test } from "vitest";
import { heard } from "../rules/heard.ts";
import type { RuleCard } from "../src/model/rule.ts";
import { probes } from "../src/probes/index.ts";
import { CATALOGUE, ONLY_HEARD } from "./catalogue.ts";
import { expectFile, ROOT } from "./fixtures.ts";
import { rules } from "./loaded.ts";

const byId = new Map<string, RuleCard>([...rules, ...heard].map((rule) => [rule.id, rule]));
const classes = Object.values(CATALOGUE).flat();

test("each class of the catalogue has a rule, or a page and the reason why it has no rule", () => {
  expect(classes.filter((id) => !byId.has(id))).toEqual([]);
  expect(new Set(classes).size).toBe(classes.length);
  expect(classes.filter((id) => heard.some((card) => card.id === id)).toSorted()).toEqual(
    Object.keys(ONLY_HEARD).toSorted(),
  );
});

test("docs/catalogue.md is made of it", () => expectFile(join(ROOT, "docs", "catalogue.md"), page()));

const FLAGS = { run: "`--run`", unlock: "`--unlock`", network: "`--online`" } as const;
const TITLES = {
  blocks: "What blocks work, or silently uses the wrong account",
  costs: "What costs hours",
  nuisance: "Nuisances",
} as const;

function page(): string {
  const tables = (["blocks", "costs", "nuisance"] as const).map(
    (pain) =>
      `## ${TITLES[pain]}\n\n| ailment | severity | how it is known |\n|---|---|---|\n${CATALOGUE[pain].map(row).join("\n")}`,
  );
  return `# The catalogue

${classes.length} ailments of AWS credential set-ups that people reported in public, and how the doctor knows each: by a rule, which looks
at this machine without a word to AWS; by a rule that waits for a flag; or by a tool's message alone (\`explain "<text>"\`),
where nothing on a machine shows it beforehand. It has more rules than these: they come from what the tools
themselves read differently.

${tables.join("\n\n")}
`;
}

function row(id: string): string {
  const rule = byId.get(id)!;
  const reason = ONLY_HEARD[id];
  const consents = rule.needs.flatMap((name) => (probes[name].asks === "nothing" ? [] : [FLAGS[probes[name].asks]]));
  const how =
    reason !== undefined
      ? `by its message: ${reason}`
      : consents.length > 0
        ? `with ${consents.join(", ")}`
        : "by a rule";
  return `| [\`${id}\`](rules/${id}.md) | ${reason !== undefined ? "–" : rule.severity} | ${how} |`;
}
