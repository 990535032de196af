import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asText, expectFile, expectNoFile, FIXTURES, foldersIn, judge } from "./fixtures.ts";
import { rules } from "./loaded.ts";

const FOLDER = join(FIXTURES, "rules");

test("every folder of fixtures belongs to a rule", () => {
  expect(foldersIn(FOLDER)).toEqual(rules.map(({ id }) => id).sort());
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const cases = foldersIn(join(FOLDER, id));

  test("has a bad and a good example", () => {
    expect(cases.filter((name) => name.startsWith("bad-")).length).toBeGreaterThan(0);
    expect(cases.filter((name) => name.startsWith("good-")).length).toBeGreaterThan(0);
    expect(cases.filter((name) => !/^(?:bad|good)-/.test(name))).toEqual([]);
  });

  test.each(cases)("%s", async (name) => {
    const folder = join(FOLDER, id, name);
    const report = await judge(folder, [rule]);
    expect(report.crashed.map(({ error }) => error)).toEqual([]);
    expect(report.skipped.map(({ why }) => why)).toEqual([]);
    if (name.startsWith("good-")) {
      expect(await asText(report)).toContain("Nothing is wrong");
      expect(report.findings).toEqual([]);
      expectNoFile(join(folder, "report.txt"));
    } else {
      expect(report.findings.length).toBeGreaterThan(0);
      expect(new Set(report.findings.map((finding) => finding.rule.id))).toEqual(new Set([id]));
      expectFile(join(folder, "report.txt"), await asText(report));
    }
  });
});
