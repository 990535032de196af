import { join } from "node:path";
import { expect, test } from "vitest";
import { FIXTURES, foldersIn, judge } from "./fixtures.ts";
import { rules } from "./loaded.ts";

const FOLDER = join(FIXTURES, "ordinary");
/** What aws-vault's users are told of any machine. */
const ALWAYS_TOLD = new Set([
  "default-profile",
  "sdk-load-config-set",
  "shared-credentials-file-set",
  "static-keys-exported",
  "static-keys-in-plain-text",
]);

/** Set-ups of ordinary people, and what looks wrong and is right: a false alarm costs more than a miss. */
test.each(foldersIn(FOLDER))("no warning for: %s", async (name) => {
  const { findings, crashed } = await judge(join(FOLDER, name), rules);
  expect(crashed).toEqual([]);
  const loud = findings.filter(({ severity, rule }) => severity !== "info" && !ALWAYS_TOLD.has(rule.id));
  expect(loud.map(({ rule, says }) => `${rule.id}: ${says}`)).toEqual([]);
});
