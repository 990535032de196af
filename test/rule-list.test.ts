import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import type { Rule } from "../src/model/rule.ts";
import { expectFile, FIXTURES, foldersIn, ROOT } from "./fixtures.ts";

const FOLDER = join(ROOT, "rules");
const names = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.includes("/") && name.endsWith(".ts"))
  .sort();

const all: readonly (readonly [name: string, rule: Rule])[] = await Promise.all(
  names.map(async (name) => [name, (await import(join(FOLDER, name))).default] as const),
);

test.each(all)("%s lies in the folder of its category, and is named for its id", (name, { id, category }) => {
  expect(name).toBe(`${category}/${id}.ts`);
});

test("the list of rules is that of the files", () => {
  expectFile(join(FOLDER, "index.ts"), list());
});

test("the list of cures is what the reports of the bad fixtures offer", () => {
  expectFile(join(FOLDER, "cures.ts"), cures());
});

test("each entry of the list leads to its rule", async () => {
  for (const entry of rules) expect((await entry.load()).default.id).toBe(entry.id);
});

function list(): string {
  const entries = [...all]
    .sort(([, one], [, other]) => (one.id < other.id ? -1 : 1))
    .map(([name, { id, for: tools, needs, about }]) => {
      const data = JSON.stringify({ id, for: tools, needs, about }).slice(1, -1);
      return `  { ${data}, load: () => import("./${name}") },\n`;
    });
  return `// Made of the rules by \`UPDATE=1 npm test\`: of each as much as decides whether it is asked. The others are not even loaded.
import type { RuleEntry } from "#rule";

export const rules: readonly RuleEntry[] = [
${entries.join("")}];
`;
}

const SAFETIES = { safe: "(safe)", ask: "(asks first)", guided: "(needs your decision)" } as const;

function cures(): string {
  const entries = [...all]
    .map(([, { id }]) => id)
    .sort()
    .flatMap((id) => {
      const folder = join(FIXTURES, "rules", id);
      const reports = foldersIn(folder)
        .filter((name) => name.startsWith("bad-"))
        .map((name) => readFileSync(join(folder, name, "report.txt"), "utf8").replaceAll(/\s+/g, " "));
      const found = Object.entries(SAFETIES).filter(([, says]) => reports.some((text) => text.includes(` ${says}`)));
      return found.length === 0 ? [] : [`  "${id}": [${found.map(([safety]) => `"${safety}"`).join(", ")}],\n`];
    });
  return `// Made of the bad fixtures by \`UPDATE=1 npm test\`: which kinds of fixes a rule offers.
export const cures: Readonly<Record<string, readonly ("safe" | "ask" | "guided")[]>> = {
${entries.join("")}};
`;
}
