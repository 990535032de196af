import fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runQuietly } from "../src/model/stage.ts";
import { probes } from "../src/probes/index.ts";
import { thisMachine } from "../src/system/node.ts";
import type { Changes, Files, System } from "../src/system/system.ts";
import { type Change, carryOut } from "../src/treat/carry-out.ts";
import { keepAll } from "../src/treat/moves.ts";
import type { Plan } from "../src/treat/plan.ts";
import { allOfThem, rehearse } from "../src/treat/rehearse.ts";
import { changesOf } from "../src/treat/treat.ts";
import { goBack, wayBack } from "../src/treat/undo.ts";
import { readLongTermKey } from "../src/vault/long-term-key.ts";
import { openStore } from "../src/vault/open.ts";
import type { FakeSystem } from "./fake-system.ts";
import { killedAt } from "./faults.ts";
import { FIXTURES, foldersIn, HOME, readMachine, requestFor } from "./fixtures.ts";
import { rules } from "./loaded.ts";

/** The fixtures' homes on a real disk, whose power is cut while their fixes are made. */
const ROOT = fs.mkdtempSync(join(fs.existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "avd-power-"));
afterAll(() => fs.rmSync(ROOT, { recursive: true }));

const OURS = [".local", ".awsvault"];
const quiet = (): void => {};
const PASSPHRASE = { AWS_VAULT_FILE_PASSPHRASE: "passphrase" };
const RULES = join(FIXTURES, "rules");

/** The real disk below a folder, as if that folder were `/`. */
function below(root: string, fake: FakeSystem): System {
  const real = thisMachine("");
  const inside = (path: string): string => `${root}${path}`;
  const outside = (path: string): string => (path.startsWith(root) ? path.slice(root.length) : path);
  const mapped = <T extends object>(api: T): T =>
    new Proxy(api, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== "function" || name === "sha256") return value;
        return (path: string, ...more: unknown[]): unknown => {
          const result = (value as (...args: unknown[]) => unknown).call(target, inside(path), ...more);
          return typeof result === "string" ? outside(result) : result;
        };
      },
    });
  let seconds = 0;
  return {
    ...fake,
    now: () => new Date(fake.now().getTime() + seconds++ * 1000),
    files: mapped<Files>(real.files),
    changes: async () => mapped<Changes>(await real.changes()),
    environment: { ...fake.environment, ...PASSPHRASE },
    machine: { ...fake.machine, user: real.machine.user },
  };
}

function plant(root: string, { nodes }: FakeSystem): void {
  for (const [path, { kind, bytes, link }] of nodes) {
    const at = `${root}${path}`;
    fs.mkdirSync(kind === "directory" ? at : dirname(at), { recursive: true });
    if (kind === "file") fs.writeFileSync(at, bytes);
    if (kind === "link") fs.symlinkSync(link.startsWith("/") ? `${root}${link}` : link, at);
  }
  for (const [path, { kind, mode }] of nodes) if (kind !== "link") fs.chmodSync(`${root}${path}`, mode);
}

/** All files by their bytes and modes, but for our own. */
function filesIn(root: string, paths: readonly string[]): string {
  return JSON.stringify(
    paths.map((path) => {
      const at = `${root}${path}`;
      const stats = fs.statSync(at, { throwIfNoEntry: false });
      const names = stats?.isDirectory() ? fs.readdirSync(at).filter((one) => !OURS.includes(one)) : [];
      return [path, stats?.mode, stats?.isFile() ? fs.readFileSync(at, "latin1") : names];
    }),
  );
}

interface Case {
  readonly name: string;
  readonly plan: Plan;
  readonly fake: FakeSystem;
  readonly shape: string;
}

async function allCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const rule of rules) {
    for (const name of foldersIn(join(RULES, rule.id)).filter((one) => one.startsWith("bad-"))) {
      const { system: fake, machine } = readMachine(join(RULES, rule.id, name));
      if (machine.owners !== undefined || fake.machine.os === "win32") continue;
      const plan = await rehearse(fake, probes, requestFor(machine, [rule]), allOfThem, runQuietly, quiet);
      if (plan.changes.length === 0) continue;
      const kinds = plan.changes.map((one) =>
        one.kind === "mode" ? "mode" : one.before === undefined ? "new" : one.after === undefined ? "gone" : "text",
      );
      cases.push({ name: `${rule.id}/${name}`, plan, fake, shape: [...plan.moves.map(() => "key"), ...kinds].join() });
    }
  }
  return cases;
}

/** Cuts the power of one case at some moments, until one is beyond the end. Returns how many there are. */
async function cut({ name, plan, fake }: Case, moments: Iterable<number>): Promise<number> {
  const root = fs.mkdtempSync(join(ROOT, "home-"));
  plant(root, fake);
  const system = below(root, fake);
  const open = async () => openStore({ backend: "file" }, system, { note: quiet });
  const changes: Change[] = await changesOf(system, plan);
  const paths = plan.changes.map(({ path }) => path);
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  const before = filesIn(root, [...paths, ...folders]);
  const oldOrNew = (where: string): void => {
    for (const [index, change] of changes.entries()) {
      if (change.kind === "mode") continue;
      const at = `${root}${change.path}`;
      const now = fs.existsSync(at) ? fs.readFileSync(at).toString("latin1") : undefined;
      const planned = plan.changes[index]! as Extract<Plan["changes"][number], { kind: "text" }>;
      const old = planned.before === undefined ? undefined : Buffer.from(fake.files.read(change.path, 1e7));
      const fresh = change.bytes && Buffer.from(change.bytes).toString("latin1");
      expect([old?.toString("latin1"), fresh], `${where}: ${change.path} is torn`).toContain(now);
    }
  };
  let reached = 0;
  for (const moment of moments) {
    const where = `${name} at operation ${moment}`;
    const wasKilled = await killedAt(moment, async () => {
      const { refused } = await keepAll(plan.moves, open);
      expect([...refused], where).toEqual([]);
      await carryOut(system, changes, { version: "1.2.3", cures: [] }, quiet);
    });
    oldOrNew(where);
    // The dead process was this one, so its lock looks like that of a living one; test/writer.test.ts kills for real.
    fs.rmSync(`${root}${HOME}/.local/state/aws-vault-doctor/lock`, { force: true });
    for (const { profile, path, key } of plan.moves) {
      const inFile = fs.readFileSync(`${root}${path}`, "latin1").includes(key.secretAccessKey.reveal());
      const item = inFile ? undefined : await (await open()).get(profile);
      const stored = item && readLongTermKey(item).secretAccessKey.reveal();
      expect(inFile || stored === key.secretAccessKey.reveal(), `${where}: the key of '${profile}' is lost`).toBe(true);
    }
    const way = await wayBack(system, undefined, quiet).catch(() => undefined);
    if (way !== undefined) await goBack(system, way, "1.2.3", quiet);
    expect(filesIn(root, [...paths, ...folders]), where).toBe(before);
    // As on a machine where this is the first run of all.
    const ours = OURS.filter((one) => !fake.nodes.has(`${HOME}/${one}`));
    for (const one of ours) fs.rmSync(`${root}${HOME}/${one}`, { recursive: true, force: true });
    if (!wasKilled) break;
    reached = moment;
  }
  fs.rmSync(root, { recursive: true });
  return reached;
}

function* everyMoment(): Iterable<number> {
  for (let moment = 1; ; moment++) yield moment;
}

test("whenever the power is cut, files are old or new, no key is lost, and undo gives the bytes from before", {
  timeout: 120_000,
}, async () => {
  const cases = await allCases();
  const operations = new Map<string, number>();
  let moment = 0;
  for (const one of cases) {
    const known = operations.get(one.shape);
    // Of those that change files in the same manner, one is cut at every operation, and each at some.
    if (known === undefined) operations.set(one.shape, await cut(one, everyMoment()));
    else await cut(one, [(moment++ % known) + 1, (moment++ % known) + 1]);
  }
  expect(cases.length).toBeGreaterThan(100);
  process.stdout.write(`${cases.length} fixtures; operations by kinds of change: ${JSON.stringify([...operations])}\n`);
});
