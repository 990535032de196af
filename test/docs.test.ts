import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { heard } from "../rules/heard.ts";
import { ENGINE_RULES } from "../src/doctor/engine-rules.ts";
import { CATEGORIES, type RuleCard } from "../src/model/rule.ts";
import { capital } from "../src/report/printable.ts";
import { expectFile, expectNoFile, FIXTURES, filesBelow, foldersIn, type Machine, ROOT } from "./fixtures.ts";
import { rules } from "./loaded.ts";

const PAGES = join(ROOT, "docs", "rules");
const cards: readonly RuleCard[] = [...rules, ...ENGINE_RULES, ...heard];

describe("each rule has a page, made of the rule and its first bad example", () => {
  test.each(cards.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    expectFile(join(PAGES, `${id}.md`), page(rule));
  });

  test("and no page is left over", () => {
    const ids = new Set(cards.map(({ id }) => `${id}.md`));
    for (const name of existsSync(PAGES) ? readdirSync(PAGES) : []) if (!ids.has(name)) expectNoFile(join(PAGES, name));
  });
});

test("the README's table of rules is the rules'", () => {
  const path = join(ROOT, "README.md");
  const readme = readFileSync(path, "utf8");
  const [start, end] = ["<!-- rules: made by UPDATE=1 npm test -->\n", "<!-- end of rules -->"];
  const [before, rest] = readme.split(start);
  const after = rest?.split(end)[1];
  expect(after, "the README has lost the marks of its table").toBeDefined();
  expectFile(path, `${before}${start}\n${table()}\n${end}${after}`);
});

test("ids read like words, and are in order", () => {
  for (const { id } of cards) expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  expect(rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id).sort());
  expect(new Set(cards.map(({ id }) => id)).size).toBe(cards.length);
});

test("texts are in one style", () => {
  for (const { id, summary, why, remedy, links } of cards) {
    expect(summary, id).not.toMatch(/\.$/);
    expect(summary.length, id).toBeLessThan(100);
    expect(why, id).toMatch(/\.\)?$/);
    expect(remedy, id).not.toMatch(/\.$/);
    for (const link of links) expect(link, id).toMatch(/^https:\/\/(?:docs\.aws\.amazon\.com|github\.com)\//);
  }
});

function table(): string {
  const rows = CATEGORIES.flatMap((category) =>
    cards
      .filter((rule) => rule.category === category && !heard.includes(rule))
      .map(({ id, severity, summary }) => `| [\`${id}\`](docs/rules/${id}.md) | ${severity} | ${summary} |`),
  );
  return ["| rule | severity | what it finds |", "|---|---|---|", ...rows, ""].join("\n");
}

function page(rule: RuleCard): string {
  const folder = join(FIXTURES, "rules", rule.id);
  const first = foldersIn(folder).find((name) => name.startsWith("bad-"));
  const facts = rule.needs.length > 0 ? ` Looks at: ${rule.needs.join(", ")}.` : "";
  const parts = [
    `# ${rule.id}`,
    `${capital(rule.summary)}.`,
    heard.includes(rule)
      ? `Known by what tools say: nothing on this machine shows it beforehand. Category: ${rule.category}.`
      : `Severity: ${rule.severity}. Category: ${rule.category}.${facts}`,
    `## Why\n\n${rule.why}`,
    `## What to do\n\n${capital(rule.remedy)}.`,
    ...(rule.errors === undefined
      ? []
      : [`## What people see\n\n${rule.errors.map((text) => block("", text)).join("\n\n")}`]),
    ...(first === undefined ? [] : [`## Example\n\n${example(join(folder, first))}`]),
    ...(rule.links.length > 0 ? [`## More\n\n${rule.links.map((link) => `- <${link}>`).join("\n")}`] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The files of a fixture, what is special about its machine, and what the doctor says of it. */
function example(folder: string): string {
  const home = join(folder, "home");
  const files = (existsSync(home) ? filesBelow(home) : []).map((path) =>
    block(`~/${relative(home, path)}`, readFileSync(path, "utf8").replaceAll("\r", "")),
  );
  const machinePath = join(folder, "machine.json");
  const machine: Machine = existsSync(machinePath) ? JSON.parse(readFileSync(machinePath, "utf8")) : {};
  const environment = Object.entries(machine.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  const report = readFileSync(join(folder, "report.txt"), "utf8");
  return [
    ...files,
    ...(environment.length > 0
      ? [block("The environment", environment.join("\n").replaceAll("$HOME", "/home/user"))]
      : []),
    block("The doctor says", report),
  ].join("\n\n");
}

const block = (title: string, text: string): string =>
  `${title === "" ? "" : `${title}:\n\n`}\`\`\`text\n${text.replace(/\n$/, "")}\n\`\`\``;

test("what the README shows of `why` is what it prints", () => {
  const readme = readFileSync(join(FIXTURES, "..", "README.md"), "utf8");
  const shown = /\$ aws-vault-doctor why [^]*?(?=```)/.exec(readme)?.[0];
  expect(readFileSync(join(FIXTURES, "commands", "why.txt"), "utf8")).toContain(shown);
});
