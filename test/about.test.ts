import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDocument } from "../src/awsconfig/document.ts";
import { hereIs, isHere } from "../src/doctor/here.ts";
import type { About, Rule } from "../src/model/rule.ts";
import { seen } from "../src/model/seen.ts";
import { FIXTURES, foldersIn, judge } from "./fixtures.ts";
import { rules } from "./loaded.ts";

describe("a rule has nothing to say where nothing is that it is about", () => {
  const always = rules.map((rule) => {
    const asked: { about?: About } & Rule = { ...rule };
    delete asked.about;
    return asked;
  });
  const machines = [
    ...foldersIn(join(FIXTURES, "machines")).map((name) => join("machines", name)),
    ...rules.flatMap(({ id }) => foldersIn(join(FIXTURES, "rules", id)).map((name) => join("rules", id, name))),
  ];
  const told = async (folder: string, all: typeof rules): Promise<string[]> =>
    // A stand-in for AWS has another port each time.
    (await judge(join(FIXTURES, folder), all)).findings.map(
      ({ rule, says }) => `${rule.id}: ${says.replace(/(?<=http:\/\/127\.0\.0\.1:)\d+/, "…")}`,
    );

  test.each(machines)("%s", async (folder) => {
    expect(await told(folder, rules)).toEqual(await told(folder, always));
  });
});

describe("isHere", () => {
  const document = (text: string) => seen(readDocument("config", "config", new TextEncoder().encode(text)));
  const here = (text: string) => hereIs({ config: document(text), credentials: document("") });
  const cases: readonly (readonly [what: string, text: string, about: About, expected: boolean])[] = [
    ["a setting", "[default]\nregion = x\n", { settings: ["region"] }, true],
    ["a setting that is not there", "[default]\nregion = x\n", { settings: ["output"] }, false],
    ["a setting in capitals", "[default]\nREGION = x\n", { settings: ["region"] }, true],
    ["a family of settings", "[default]\nsso_region = x\n", { settings: ["sso_*"] }, true],
    ["a family that is not there", "[default]\nsso = x\n", { settings: ["sso_*"] }, false],
    ["any setting, where a line is odd", "[default]\n region = x\n", { settings: ["output"] }, true],
    ["odd lines", "[default]\n region = x\n", { oddLines: true }, true],
    ["no odd lines", "[default]\nregion = x\n", { oddLines: true }, false],
    ["a variable, where none is known", "[default]\n region = x\n", { variables: ["AWS_PROFILE"] }, false],
  ];
  test.each(cases)("%s", (_, text, about, expected) => {
    expect(isHere(about, here(text))).toBe(expected);
  });

  test("what cannot be read may hold any setting", () => {
    expect(isHere({ settings: ["output"] }, hereIs({ config: document("") }))).toBe(true);
  });
});
