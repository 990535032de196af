import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fold } from "../src/doctor/fold.ts";
import type { ReportedFinding } from "../src/model/report.ts";
import { human } from "../src/report/human.ts";
import { json } from "../src/report/json.ts";
import { FIXTURES, HOME, judge } from "./fixtures.ts";
import { rules } from "./loaded.ts";

const rule = rules[0]!;
const finding = (says: string, more: Partial<ReportedFinding> = {}): ReportedFinding => ({
  at: { kind: "environment", variable: says },
  says,
  rule,
  severity: "error",
  ...more,
});

const shape = (findings: readonly ReportedFinding[]) =>
  fold(findings).map(({ says, cause, consequences }) => [
    says,
    cause?.at.kind === "environment" ? cause.at.variable : undefined,
    consequences?.map((one) => one.says),
  ]);

describe("consequences stand under their cause", () => {
  const because = "profile base";
  test.each([
    ["one alone", [finding("a", { because })], [["a", undefined, undefined]]],
    ["the first of two", [finding("a", { because }), finding("b", { because })], [["a", undefined, ["b"]], ["b", "a", undefined]]], // biome-ignore format: one line
    ["what explains them", [finding("a", { because }), finding("b", { explains: because })], [["a", "b", undefined], ["b", undefined, ["a"]]]], // biome-ignore format: one line
    ["different reasons", [finding("a", { because }), finding("b", { because: "x" })], [["a", undefined, undefined], ["b", undefined, undefined]]], // biome-ignore format: one line
    ["what is milder stays, for it may be all that is left", [finding("a", { because }), finding("b", { because, severity: "info" })], [["a", undefined, undefined], ["b", undefined, undefined]]], // biome-ignore format: one line
    ["what explains nothing", [finding("a", { explains: because })], [["a", undefined, undefined]]],
  ] as const)("%s", (_, findings, expected) => expect(shape(findings)).toEqual(expected));
});

test("one missing profile, and thirty roles: one finding is shown, all are counted, and JSON has each", async () => {
  const report = await judge(join(FIXTURES, "machines", "one-cause"), rules);
  const style = { width: 80, colour: false, box: false, all: false, home: HOME };
  const short = await human(report, style);
  expect(short.match(/error source-profile-not-found/g)).toHaveLength(1);
  expect(short).toMatch(/the reason of 29 other findings/);
  expect(short).toMatch(/hits {2}role-1, .* and 25 more/s);
  const whole = await human(report, { ...style, all: true });
  expect(whole.match(/error source-profile-not-found/g)).toHaveLength(30);
  const { findings, summary } = JSON.parse(json(report, HOME));
  expect(summary.error).toBe(30);
  const lost = findings.filter((one: { rule: string }) => one.rule === "source-profile-not-found");
  expect(lost).toHaveLength(30);
  expect(lost[0]).toMatchObject({ explains: 29 });
  expect(lost[29]).toMatchObject({ because: { rule: "source-profile-not-found", location: { line: 3 } } });
});
