import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runQuietly } from "../src/model/stage.ts";
import { probes } from "../src/probes/index.ts";
import type { System } from "../src/system/system.ts";
import { keepAll } from "../src/treat/moves.ts";
import { allOfThem, rehearse } from "../src/treat/rehearse.ts";
import { treat } from "../src/treat/treat.ts";
import { goBack, wayBack } from "../src/treat/undo.ts";
import { openStore } from "../src/vault/open.ts";
import { FIXTURES, foldersIn, judge, QUIETLY, readMachine, requestFor } from "./fixtures.ts";
import { rules } from "./loaded.ts";

const FOLDER = join(FIXTURES, "rules");
const untouched = (folder: string) => [...readMachine(folder).system.nodes];
const quiet = (): void => {};
const openVault = (system: System) => openStore({ backend: "file" }, system, { note: quiet });

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const cases = foldersIn(join(FOLDER, id)).filter((name) => name.startsWith("bad-"));
  test.each(cases)("%s", async (name) => {
    const folder = join(FOLDER, id, name);
    const { findings } = await judge(folder, [rule]);
    const fixable = findings.filter(({ fix }) => fix);
    if (fixable.length === 0) return;
    const { system, machine } = readMachine(folder, { environment: { AWS_VAULT_FILE_PASSPHRASE: "passphrase" } });
    const request = requestFor(machine, [rule]);
    const plan = await rehearse(system, probes, request, allOfThem, runQuietly, quiet);
    expect(plan.refused.map(({ why, finding }) => `${finding.says}: ${why}`)).toEqual([]);
    expect(plan.cures.length).toBeGreaterThanOrEqual(fixable.length);
    const kept = await keepAll(plan.moves, async () => openVault(system));
    expect([...kept.refused]).toEqual([]);
    const treated = await treat(system, probes, request, plan, QUIETLY, quiet, quiet);
    expect(treated.stillThere).toEqual([]);
    expect(treated.after.findings.filter(({ fix }) => fix)).toEqual([]);
    const again = await rehearse(system, probes, request, allOfThem, runQuietly, quiet);
    expect(again.changes).toEqual([]);

    const way = await wayBack(system, undefined, quiet);
    expect(way.conflicts).toEqual([]);
    await goBack(system, way, "1.2.3", quiet);
    for (const [path, node] of untouched(folder)) expect(system.nodes.get(path), path).toEqual(node);
    await expect(wayBack(system, undefined, quiet)).rejects.toThrow("there is no run to undo");
  });
});
