import { expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { runQuietly } from "../src/model/stage.ts";
import { probes } from "../src/probes/index.ts";
import type { Plan } from "../src/treat/plan.ts";
import { allOfThem, rehearse } from "../src/treat/rehearse.ts";
import { treat } from "../src/treat/treat.ts";
import { goBack, wayBack } from "../src/treat/undo.ts";
import { fakeSystem } from "./fake-system.ts";
import { HOME, requestFor } from "./fixtures.ts";
import { generatedFiles } from "./generated.ts";

const HOMES = Number(process.env["HOMES"] ?? 2000);
const PATHS = { config: `${HOME}/.aws/config`, credentials: `${HOME}/.aws/credentials` } as const;
const quiet = (): void => {};

const told = (cures: Plan["cures"]): string[] =>
  cures.map((one) => `${one.finding.rule.id}: ${one.finding.says}${"why" in one ? ` (${String(one.why)})` : ""}`);

test("homes that nobody would write: fixed twice is fixed once, and undone they are as before", {
  timeout: 600_000,
}, async () => {
  let changed = 0;
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
    changed++;
    const { stillThere } = await treat(system, probes, request, plan, runQuietly, quiet);
    expect(stillThere, where).toEqual([]);
    const again = await look();
    expect(
      told(again.cures),
      `${where}\nafter ${told(plan.cures).join()}\nrefused ${told(plan.refused).join()}`,
    ).toEqual([]);
    await goBack(system, await wayBack(system, undefined, quiet), "1.2.3", quiet);
    expect(system.files.read(PATHS.config, 1e6), where).toEqual(config);
    expect(system.files.read(PATHS.credentials, 1e6), where).toEqual(credentials);
  }
  expect(changed).toBeGreaterThan(HOMES / 4);
});
