import { assert, expect, test } from "vitest";
import { readDocument } from "../src/awsconfig/document.ts";
import { suppress } from "../src/doctor/suppressions.ts";
import type { StartupFile } from "../src/model/facts.ts";
import type { Finding } from "../src/model/finding.ts";
import type { FilePlace } from "../src/model/place.ts";
import type { Outcome } from "../src/model/report.ts";
import type { RuleCard } from "../src/model/rule.ts";

const NOW = new Date("2026-01-15T12:00:00Z");
const PATH = "/home/user/.aws/config";
const STARTUP = "/home/user/.bashrc";
const RULES = ["region-typo", "role-typo", "never-runs"];
const IGNORE = "# aws-vault-doctor: ignore";

const card = (id: string): RuleCard => ({
  id,
  severity: "error",
  category: "profiles",
  summary: "",
  why: "",
  remedy: "",
  links: [],
  needs: [],
});

const onLine = (path: string, line: number): FilePlace => ({
  kind: "file",
  path,
  span: { start: 0, end: 1, line, column: 1, endLine: line, endColumn: 2 },
});

/** A rule finds its name wherever a line ends in it: `regino = x !region-typo`. */
function ran(id: string, path: string, text: string): Outcome {
  const findings: Finding[] = [];
  for (const [index, line] of text.split("\n").entries())
    if (line.trimEnd().endsWith(`!${id}`)) findings.push({ at: onLine(path, index + 1), says: id });
  return { kind: "ran", rule: card(id), findings };
}
const skipped: Outcome = {
  kind: "skipped",
  rule: card("never-runs"),
  why: "it is not asked for",
  because: "not-asked",
};

const startupFile = (text: string): StartupFile => ({
  path: STARTUP,
  shell: "bash",
  statements: [],
  uses: [],
  mode: 0o644,
  text,
});

/** What is left to report, as `rule:line`; and what is wrong with the suppressions, as `rule:line: says`. */
function reported(text: string, where: "config" | "start-up file" = "config"): { left: string[]; suppressed: number } {
  const path = where === "config" ? PATH : STARTUP;
  const { outcomes, suppressed } = suppress(
    [ran("region-typo", path, text), ran("role-typo", path, text), skipped],
    {
      documents: where === "config" ? [readDocument(PATH, "config", new TextEncoder().encode(text))] : [],
      startup: where === "config" ? [] : [startupFile(text)],
    },
    new Set(RULES),
    NOW,
  );
  const left = outcomes.flatMap((outcome) =>
    outcome.kind === "ran"
      ? outcome.findings.map(({ at, says }) => {
          const line = at.kind === "file" ? at.span?.line : 0;
          return RULES.includes(outcome.rule.id) ? `${outcome.rule.id}:${line}` : `${outcome.rule.id}:${line}: ${says}`;
        })
      : [],
  );
  return { left, suppressed };
}

const NO_REASON = "suppression-without-reason:2: it does not count without a reason";
const malformed = (says: string): string => `suppression-malformed:2: ${says}`;

/** The behaviour, the lines, what is left, and how many findings are silenced. */
type Row = readonly [string, readonly string[], readonly string[], number];

test.each<Row>([
  ["nothing", ["[a]", "x !region-typo"], ["region-typo:2"], 0],
  [
    "the next line",
    ["x = 1", `${IGNORE}[region-typo] -- why`, "x !region-typo", "x !region-typo"],
    ["region-typo:4"],
    1,
  ],
  ["the next line after a blank one", ["x = 1", `${IGNORE}[region-typo] -- why`, "", "x !region-typo"], [], 1],
  ["the next line after other remarks", ["x = 1", `${IGNORE}[region-typo] -- why`, "# y", "x !region-typo"], [], 1],
  [
    "a header on the next line",
    ["x = 1", `${IGNORE}[region-typo] -- why`, "[a] !region-typo", "x !region-typo"],
    ["region-typo:4"],
    1,
  ],
  [
    "the section when directly below its header",
    [
      "[a] !region-typo",
      `${IGNORE}[region-typo] -- why`,
      "x !region-typo",
      "",
      "x !region-typo",
      "[b]",
      "x !region-typo",
    ],
    ["region-typo:7"],
    3,
  ],
  [
    "the section when below its header and other remarks",
    ["[a]", "# y", `${IGNORE}[region-typo] -- why`, "x = 1", "x !region-typo"],
    [],
    1,
  ],
  [
    "the next line when a blank line stands between it and the header",
    ["[a]", "", `${IGNORE}[region-typo] -- why`, "x !region-typo", "x !region-typo"],
    ["region-typo:5"],
    1,
  ],
  ["the last section", ["[a]", `${IGNORE}[region-typo] -- why`, "x = 1", "x !region-typo"], [], 1],
  [
    "the file",
    ["x !region-typo", "[a]", "x = 1", `${IGNORE}-file[region-typo] -- why`, "[b]", "x !region-typo"],
    [],
    2,
  ],
  [
    "one rule and not another",
    ["[a]", `${IGNORE}[role-typo] -- why`, "x !region-typo", "x !role-typo"],
    ["region-typo:3"],
    1,
  ],
  [
    "several rules at once",
    ["[a]", `${IGNORE}[region-typo,role-typo] -- why`, "x !region-typo", "x !role-typo"],
    [],
    2,
  ],
  ["several rules with blanks", ["[a]", `${IGNORE}[ region-typo , role-typo ] -- why`, "x !role-typo"], [], 1],
  [
    "a finding once when two comments silence it",
    [`${IGNORE}-file[region-typo] -- why`, "[a]", `${IGNORE}[region-typo] -- why`, "x !region-typo"],
    [],
    1,
  ],
  ["until a date to come", ["[a]", `${IGNORE}[region-typo] until=2026-01-16 -- why`, "x !region-typo"], [], 1],
  ["until the end of the day", ["[a]", `${IGNORE}[region-typo] until=2026-01-15 -- why`, "x !region-typo"], [], 1],
  [
    "no more after its date",
    ["[a]", `${IGNORE}[region-typo] until=2026-01-14 -- why`, "x !region-typo"],
    ["region-typo:3", "suppression-expired:2: it ended on 2026-01-14"],
    0,
  ],
  ["nothing without a reason", ["[a]", `${IGNORE}[region-typo]`, "x !region-typo"], ["region-typo:3", NO_REASON], 0],
  [
    "nothing with a reason of blanks",
    ["[a]", `${IGNORE}[region-typo] --  `, "x !region-typo"],
    ["region-typo:3", NO_REASON],
    0,
  ],
  [
    "nothing with a date in other words",
    ["[a]", `${IGNORE}[region-typo] until=14.2.2026 -- why`, "x !region-typo"],
    ["region-typo:3", malformed("what follows until= is not a date: write it as YYYY-MM-DD")],
    0,
  ],
  [
    "nothing for a rule that is nearly one",
    ["[a]", `${IGNORE}[region-tpyo] -- why`, "x !region-typo"],
    ["region-typo:3", malformed("there is no rule 'region-tpyo', did you mean 'region-typo'?")],
    0,
  ],
  [
    "nothing for a rule like no other",
    ["[a]", `${IGNORE}[region-typo, elsewhere] -- why`, "x !region-typo"],
    ["region-typo:3", malformed("there is no rule 'elsewhere'")],
    0,
  ],
  ["nothing for no rule", ["[a]", `${IGNORE}[] -- why`], [malformed("it names no rule")], 0],
  [
    "nothing without brackets",
    ["[a]", `${IGNORE} region-typo -- why`, "x !region-typo"],
    ["region-typo:3", malformed("this is no suppression: ignore is followed by [rule-id]")],
    0,
  ],
  [
    "nothing where it is unused, and that is said",
    ["[a]", `${IGNORE}[region-typo] -- why`, "x = 1"],
    ["suppression-unused:2: nothing here is reported by region-typo"],
    0,
  ],
  ["nothing when the rule did not run, and nothing is said", ["[a]", `${IGNORE}[never-runs] -- why`, "x = 1"], [], 0],
  ["nothing when one of the rules did not run", ["[a]", `${IGNORE}[region-typo, never-runs] -- why`, "x = 1"], [], 0],
  [
    "enough when one of its rules is of use",
    ["[a]", `${IGNORE}[region-typo, role-typo] -- why`, "x !role-typo"],
    [],
    1,
  ],
  ["nothing behind a value", ["[a]", `x = 1 ${IGNORE}[region-typo] -- why`, "x !region-typo"], ["region-typo:3"], 0],
  ["with carriage returns", ["[a]\r", `${IGNORE}[region-typo] -- why\r`, "x = 1\r", "x !region-typo\r"], [], 1],
])("a comment silences %s", (_, lines, left, suppressed) => {
  expect(reported(lines.join("\n"))).toEqual({ left, suppressed });
});

test.each<Row>([
  ["the next line, indented", ["  A=1", `  ${IGNORE}[region-typo] -- why`, "  B=2 # !region-typo"], [], 1],
  [
    "the next line",
    ["export A=1", `${IGNORE}[region-typo] -- why`, "export B=2 # !region-typo", "export C=3 # !region-typo"],
    ["region-typo:4"],
    1,
  ],
  ["the file", [`${IGNORE}-file[region-typo] -- why`, "export B=2 # !region-typo", "export C=3 # !region-typo"], [], 2],
  [
    "nothing without a reason",
    ["export A=1", `${IGNORE}[region-typo]`, "export B=2 # !region-typo"],
    ["region-typo:3", NO_REASON],
    0,
  ],
])("in a start-up file a comment silences %s", (_, lines, left, suppressed) => {
  expect(reported(lines.join("\n"), "start-up file")).toEqual({ left, suppressed });
});

test("a comment silences nothing of another file, of a whole file or of no file", () => {
  const findings: Finding[] = [
    { at: onLine("/other", 3), says: "in another file" },
    { at: { kind: "file", path: PATH }, says: "of the file as a whole" },
    { at: { kind: "environment", variable: "AWS_PROFILE" }, says: "in the environment" },
  ];
  const text = `${IGNORE}-file[region-typo] -- why\n`;
  const outcomes: Outcome[] = [{ kind: "ran", rule: card("region-typo"), findings }];
  const told = suppress(
    outcomes,
    { documents: [readDocument(PATH, "config", new TextEncoder().encode(text))], startup: [] },
    new Set(RULES),
    NOW,
  );
  assert.equal(told.suppressed, 0);
  expect(told.outcomes[0]).toEqual(outcomes[0]);
});

test("a comment is placed as a whole, without the blanks around the line end", () => {
  const text = `[a]\r\n${IGNORE}[region-typo] -- why \r\nx = 1\r\n`;
  const document = readDocument(PATH, "config", new TextEncoder().encode(text));
  const { outcomes } = suppress(
    [ran("region-typo", PATH, "")],
    { documents: [document], startup: [] },
    new Set(RULES),
    NOW,
  );
  const [finding] = outcomes.flatMap((outcome) => (outcome.kind === "ran" ? outcome.findings : []));
  assert.deepEqual(finding?.at, document.place(5, text.indexOf(" \r\n", 5)));
});

test.each<Row>([
  [
    "nothing on a day that no calendar has",
    ["[a]", `${IGNORE}[region-typo] until=2027-02-31 -- why`, "x !region-typo"],
    ["region-typo:3", malformed("'2027-02-31' is not a date: write it as YYYY-MM-DD")],
    0,
  ],
  [
    "nothing in a month that no calendar has",
    ["[a]", `${IGNORE}[region-typo] until=2027-13-01 -- why`, "x !region-typo"],
    ["region-typo:3", malformed("'2027-13-01' is not a date: write it as YYYY-MM-DD")],
    0,
  ],
  ["until a leap day", ["[a]", `${IGNORE}[region-typo] until=2028-02-29 -- why`, "x !region-typo"], [], 1],
])("a comment silences %s", (_, lines, left, suppressed) => {
  expect(reported(lines.join("\n"))).toEqual({ left, suppressed });
});

test.each<Row>([
  [
    "the next line",
    ["x = 1", `  ${IGNORE}[region-typo] -- why`, "x !region-typo", "x !region-typo"],
    ["region-typo:4"],
    1,
  ],
  ["the section", ["[a]", `\t${IGNORE}[region-typo] -- why`, "x !region-typo", "x !region-typo"], [], 2],
  ["the next line below a value", ["[a]", "  x = 1", `  ${IGNORE}[region-typo] -- why`, "  x !region-typo"], [], 1],
])("an indented comment silences %s", (_, lines, left, suppressed) => {
  expect(reported(lines.join("\n"))).toEqual({ left, suppressed });
});

test("in a start-up file a test in brackets is no header", () => {
  const lines = [
    "[ -f ~/.aws/env ] && . ~/.aws/env",
    `${IGNORE}[region-typo] -- why`,
    "export B=2 # !region-typo",
    "export C=3 # !region-typo",
  ];
  expect(reported(lines.join("\n"), "start-up file")).toEqual({ left: ["region-typo:4"], suppressed: 1 });
});
