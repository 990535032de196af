import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, vi } from "vitest";
import { rules as entries } from "../rules/index.ts";
import { examine, type Request } from "../src/doctor/examine.ts";
import { allRuleIds } from "../src/doctor/rules.ts";
import type { Report } from "../src/model/report.ts";
import type { Rule, RuleEntry } from "../src/model/rule.ts";
import type { Consent, NamedFile } from "../src/model/scope.ts";
import { runQuietly } from "../src/model/stage.ts";
import { DEFAULT_TOOLS, type Tool } from "../src/model/tool.ts";
import { loadPreferences } from "../src/preferences.ts";
import { probes } from "../src/probes/index.ts";
import { human } from "../src/report/human.ts";
import { type FakeFile, type FakeOptions, type FakeSystem, fakeSystem } from "./fake-system.ts";
import { startFakeAws } from "./support/fake-aws.ts";
import type { FakeWorld } from "./support/fake-aws-world.ts";
import { fakeSecrets } from "./support/fake-secrets.ts";

export const ROOT = join(import.meta.dirname, "..");
export const FIXTURES = join(ROOT, "fixtures");
export const HOME = "/home/user";

/**
 * A machine as a folder: `home/` is the home folder, and `machine.json`, if there is one, says what is special:
 * environment (with `$HOME`), modes by path, and what else `fakeSystem` takes; `tools`, `profile` and `filesOnly` for
 * the scope.
 */
export interface Machine extends FakeOptions {
  readonly modes?: Readonly<Record<string, string>>;
  readonly owners?: Readonly<Record<string, number>>;
  readonly tools?: readonly Tool[];
  readonly profile?: string;
  readonly consent?: readonly Consent[];
  /** What is on the session's D-Bus; without it there is no such session. */
  readonly session?: "keyring" | "no-keyring";
  /** Who and what is in a stand-in for AWS, which answers while rules judge. */
  readonly aws?: FakeWorld;
  /** Only these files are judged, as `check path/to/config` does. */
  readonly named?: { readonly config?: string; readonly credentials?: string };
}

export function readMachine(folder: string, more: FakeOptions = {}): { system: FakeSystem; machine: Machine } {
  const path = join(folder, "machine.json");
  const machine: Machine = existsSync(path) ? JSON.parse(readFileSync(path, "utf8").replaceAll("$HOME", HOME)) : {};
  const files: Record<string, FakeFile> = { ...more.files, ...machine.files };
  const home = join(folder, "home");
  for (const file of existsSync(home) ? filesBelow(home) : []) {
    const name = `${HOME}/${relative(home, file)}`;
    files[name] = { text: new Uint8Array(readFileSync(file)) };
  }
  for (const [name, mode] of Object.entries(machine.modes ?? {})) {
    const known = files[name];
    const kind = known === undefined ? ("directory" as const) : ("file" as const);
    const owner = machine.owners?.[name];
    const base = typeof known === "object" ? known : {};
    files[name] = { ...base, kind, mode: Number.parseInt(mode, 8), ...(owner === undefined ? {} : { owner }) };
  }
  const environment = { ...machine.environment, ...more.environment };
  const isThere = machine.session === "keyring";
  const onBus =
    machine.session === undefined ? {} : { bus: fakeSecrets({ isRunning: isThere, isStartable: isThere }).bus };
  return { system: fakeSystem({ ...machine, ...onBus, ...more, files, environment }), machine };
}

/** Runs some rules on a fixture's machine. */
export async function judge(folder: string, only: readonly Rule[]): Promise<Report> {
  const { system, machine } = readMachine(folder);
  const request = await withPolicies(requestFor(machine, only), system);
  if (machine.aws === undefined) return examine(system, probes, request, runQuietly, () => {});
  // Whoever signs, goes by the clock of this process.
  vi.useFakeTimers({ toFake: ["Date"], now: system.now() });
  const aws = await startFakeAws(machine.aws);
  try {
    const { system: online } = readMachine(folder, {
      environment: { ...machine.environment, AWS_ENDPOINT_URL: aws.url },
    });
    return await examine(online, probes, request, runQuietly, () => {});
  } finally {
    await aws.close();
    vi.useRealTimers();
  }
}

/** With the policies of the preferences, where the fixture has some. */
async function withPolicies(request: Request, system: FakeSystem): Promise<Request> {
  const { policies } = await loadPreferences(system, request.ruleIds);
  return { ...request, scopes: request.scopes.map((scope) => ({ ...scope, policies })) };
}

/** Nobody watches a fix. */
export const QUIETLY = { changing: runQuietly, looking: runQuietly };

/** What is asked on a fixture's machine. */
export function requestFor(machine: Machine, only: readonly Rule[]): Request {
  const named = (kind: "config" | "credentials"): NamedFile | undefined => {
    if (machine.named === undefined) return undefined;
    const path = machine.named[kind];
    return path === undefined ? "none" : { path, by: "argument" };
  };
  const scope = {
    config: named("config"),
    credentials: named("credentials"),
    filesOnly: machine.named !== undefined,
    tools: machine.tools ?? DEFAULT_TOOLS,
    profile: machine.profile,
    consent: new Set(machine.consent),
  };
  return {
    scopes: [scope],
    rules: only.map(entryOf),
    ruleIds: allRuleIds(entries),
    severities: new Map(),
    severity: "info" as const,
    version: "1.2.3",
  };
}

/** As an entry of the list, also for rules that are not in it. */
export const entryOf = (rule: Rule): RuleEntry => ({ ...rule, load: async () => ({ default: rule }) });

export const asText = (report: Report): Promise<string> =>
  human(report, { width: 80, colour: false, box: false, all: true, home: HOME });

export const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => statSync(join(folder, name)).isDirectory())
        .sort()
    : [];

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

export const isUpdating = process.env["UPDATE"] === "1";

/** Holds a text against the file that is expected to hold it; `UPDATE=1 npm test` writes it there instead. */
export function expectFile(path: string, text: string): void {
  if (isUpdating) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  const known = existsSync(path) ? readFileSync(path, "utf8") : "";
  expect(text, `${path} is stale: UPDATE=1 npm test renews it`).toBe(known);
}

/** A file that nothing expects any more. */
export function expectNoFile(path: string): void {
  if (isUpdating) rmSync(path, { force: true });
  else expect(existsSync(path), `${path} belongs to nothing`).toBe(false);
}
