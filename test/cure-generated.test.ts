import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { runQuietly } from "../src/model/stage.ts";
import { probes } from "../src/probes/index.ts";
import type { Plan } from "../src/treat/plan.ts";
import { allOfThem, rehearse } from "../src/treat/rehearse.ts";
import { treat } from "../src/treat/treat.ts";
import { goBack, wayBack } from "../src/treat/undo.ts";
import { askBotocore, hasBotocore } from "./botocore.ts";
import { fakeSystem } from "./fake-system.ts";
import { HOME, QUIETLY, requestFor } from "./fixtures.ts";
import { type Generated, generatedFiles } from "./generated.ts";
import { rules } from "./loaded.ts";
import { plainDocument, type Told, toldBy } from "./told.ts";

const HOMES = Number(process.env["HOMES"] ?? 2000);
const PATHS = { config: `${HOME}/.aws/config`, credentials: `${HOME}/.aws/credentials` } as const;
const quiet = (): void => {};

const ASKED_MAX = 500; // Each one costs botocore some milliseconds.

const cliReading = ({ config, credentials }: Generated): Told =>
  toldBy("cli", {
    config: plainDocument("config", config),
    credentials: plainDocument("credentials", credentials),
  })!;

const changedProfiles = (one: Told, other: Told): string[] =>
  [...new Set([...Object.keys(one.profiles), ...Object.keys(other.profiles)])].filter(
    (name) => !isDeepStrictEqual(one.profiles[name], other.profiles[name]),
  );

const told = (cures: Plan["cures"]): string =>
  cures
    .map((one) => `${one.finding.rule.id}: ${one.finding.says}${"why" in one ? ` (${String(one.why)})` : ""}`)
    .join("\n");

test("homes that nobody would write: fixed twice is fixed once, and undone they are as before", {
  timeout: 600_000,
}, async () => {
  const changed: { before: Generated; after: Generated; where: string }[] = [];
  let home = 0;
  for (const { config, credentials } of generatedFiles(20261124, HOMES)) {
    const where = `home ${home++}: ${JSON.stringify(Buffer.from(config).toString("latin1"))} and ${JSON.stringify(Buffer.from(credentials).toString("latin1"))}`;
    const system = fakeSystem({
      files: { [PATHS.config]: { text: config }, [PATHS.credentials]: { text: credentials } },
    });
    const request = requestFor({}, rules);
    const look = () => rehearse(system, probes, request, allOfThem, runQuietly, quiet);
    const plan = await look();
    expect(plan.before.crashed, where).toEqual([]);
    expect(plan.expected.crashed, where).toEqual([]);
    if (plan.changes.length === 0) continue;
    const { stillThere } = await treat(system, probes, request, plan, QUIETLY, quiet, quiet);
    expect(stillThere, where).toEqual([]);
    const after = {
      config: system.files.read(PATHS.config, 1e6),
      credentials: system.files.read(PATHS.credentials, 1e6),
    };
    changed.push({ before: { config, credentials }, after, where });
    const again = await look();
    expect(told(again.cures), `${where}\nafter ${told(plan.cures)}\nrefused ${told(plan.refused)}`).toBe("");
    await goBack(system, await wayBack(system, undefined, quiet), "1.2.3", quiet);
    expect(system.files.read(PATHS.config, 1e6), where).toEqual(config);
    expect(system.files.read(PATHS.credentials, 1e6), where).toEqual(credentials);
  }
  expect(changed.length).toBeGreaterThan(HOMES / 4);

  // Only what our own reading of the AWS CLI says has changed; the guard has looked at each of these.
  if (!hasBotocore) return;
  const some = changed.slice(0, ASKED_MAX);
  const before = askBotocore(some.map((one) => one.before));
  const after = askBotocore(some.map((one) => one.after));
  for (const [index, one] of some.entries()) {
    const old = before[index];
    if (!old) continue;
    expect(after[index], `${one.where}: refused by botocore now`).not.toBeNull();
    const theirs = changedProfiles(old, after[index]!);
    const ours = changedProfiles(cliReading(one.before), cliReading(one.after));
    expect(
      theirs.filter((name) => !ours.includes(name)),
      one.where,
    ).toEqual([]);
  }
});
