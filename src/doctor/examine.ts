import type { AwsDocument } from "../model/document.ts";
import type { FactName, Facts, StartupFile } from "../model/facts.ts";
import { SEVERITIES, type Severity } from "../model/finding.ts";
import type { Looked, Outcome, Report, ReportedFinding, Setup, Source } from "../model/report.ts";
import type { RuleCard, RuleEntry } from "../model/rule.ts";
import type { Scope } from "../model/scope.ts";
import type { RunStages, Stage } from "../model/stage.ts";
import type { Probes, SeenFacts } from "../probes/probe.ts";
import type { System } from "../system/system.ts";
import { check } from "./check.ts";
import { fold } from "./fold.ts";
import { gather } from "./gather.ts";
import { concerns, factsToTell, hereIs } from "./here.ts";
import { suppress } from "./suppressions.ts";

export interface Request {
  /** One set-up, or one for each folder that files were named in. */
  readonly scopes: readonly Scope[];
  /** The rules to judge by, and all rule ids that a suppression may name. */
  readonly rules: readonly RuleEntry[];
  readonly ruleIds: ReadonlySet<string>;
  readonly severities: ReadonlyMap<string, Severity>;
  /** The mildest severity to report. */
  readonly severity: Severity;
  readonly version: string;
  /** Rules of the engine that nobody wants to hear of. */
  readonly unwanted?: ReadonlySet<string>;
  /** Comments that silence a rule count for nothing. */
  readonly ignoresSuppressions?: boolean;
  /** Leaves out what is known already. */
  readonly revise?: (report: Report) => Report;
}

const FILE_FACTS: readonly FactName[] = ["files", "config", "credentials", "profiles", "clock"];

/** Looks once, judges, and tells. */
export async function examine(
  system: System,
  probes: Probes,
  request: Request,
  runStages: RunStages,
  log: (line: string) => void,
): Promise<Report> {
  const seen: SeenFacts[] = request.scopes.map(() => ({}));
  const outcomes: Outcome[] = [];
  let suppressed = 0;
  const look = async (names: (facts: SeenFacts) => readonly FactName[]): Promise<void> => {
    for (const [index, scope] of request.scopes.entries()) {
      seen[index] = await gather(system, scope, probes, names(seen[index]!), seen[index]!, log);
    }
  };
  const readFiles: Stage = { title: "Read the AWS files", run: () => look(() => FILE_FACTS) };
  const lookAround: Stage = {
    title: "Look at the environment, ports and programs",
    run: async () => {
      await look(() => factsToTell(request.rules));
      await look((facts) => {
        const here = hereIs(facts);
        return request.rules.filter((rule) => concerns(rule, here)).flatMap(({ needs }) => needs);
      });
    },
  };
  const judge: Stage = {
    title: `Judge by ${request.rules.length} rules`,
    run: async () => {
      for (const [index, { tools }] of request.scopes.entries()) {
        const told = suppress(
          await check(request.rules, seen[index]!, tools),
          request.ignoresSuppressions === true ? NO_FILES : filesOf(seen[index]!),
          request.ruleIds,
          system.now(),
        );
        outcomes.push(...told.outcomes);
        suppressed += told.suppressed;
      }
    },
  };
  await runStages([readFiles, lookAround, judge]);
  const all = report(request, seen, outcomes, suppressed);
  return request.revise?.(all) ?? all;
}

function report(
  request: Request,
  seen: readonly SeenFacts[],
  outcomes: readonly Outcome[],
  suppressed: number,
): Report {
  const active = new Set(seen.flatMap(activeProfiles));
  const findings = outcomes
    .filter(({ rule }) => request.unwanted?.has(rule.id) !== true)
    .flatMap((outcome) =>
      outcome.kind === "ran" ? outcome.findings.map((finding) => reported(finding, outcome.rule, request)) : [],
    )
    .filter(({ severity }) => rank(severity) <= rank(request.severity))
    .sort((a, b) => importance(a, active) - importance(b, active) || lineOf(a) - lineOf(b));
  return {
    version: request.version,
    findings: fold(findings),
    skipped: once(outcomes.filter((outcome) => outcome.kind === "skipped")),
    crashed: outcomes.filter((outcome) => outcome.kind === "crashed"),
    cut: outcomes.filter((outcome) => outcome.kind === "ran").flatMap(({ rule, cut }) => (cut === true ? rule : [])),
    suppressed,
    known: 0,
    active: [...active],
    looked: looked(seen, request),
    sources: sources(seen),
    setups: seen.map((facts, index) => setup(facts, request.scopes[index]!)),
  };
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

const lineOf = ({ at }: ReportedFinding): number => (at.kind === "file" ? (at.span?.line ?? 0) : 0);

/** By severity, and in each severity what breaks the profile in use first. */
function importance(finding: ReportedFinding, active: ReadonlySet<string>): number {
  const hitsActive = finding.profiles?.some((name) => active.has(name)) === true;
  return rank(finding.severity) * 2 + (hitsActive ? 0 : 1);
}

function reported(
  finding: Omit<ReportedFinding, "rule" | "severity"> & { severity?: Severity },
  rule: RuleCard,
  request: Request,
): ReportedFinding {
  const severity = request.severities.get(rule.id) ?? finding.severity ?? rule.severity;
  return { ...finding, rule, severity };
}

/** Several scopes skip the same rule for the same reason. */
function once<T extends { rule: { id: string }; why: string }>(skipped: readonly T[]): T[] {
  return [...new Map(skipped.map((skip) => [`${skip.rule.id}\n${skip.why}`, skip])).values()];
}

const value = <Name extends FactName>(facts: SeenFacts, name: Name): Facts[Name] | undefined => {
  const fact = facts[name];
  return fact?.known === true ? fact.value : undefined;
};

const activeProfiles = (facts: SeenFacts): string[] =>
  [...(value(facts, "profiles")?.active.values() ?? [])].map(({ name }) => name);

const NO_FILES = { documents: [], startup: [] };

function filesOf(facts: SeenFacts): { documents: AwsDocument[]; startup: readonly StartupFile[] } {
  const documents = [value(facts, "config"), value(facts, "credentials")].filter((one) => one !== undefined);
  return { documents, startup: value(facts, "startup") ?? [] };
}

function looked(seen: readonly SeenFacts[], { scopes, rules }: Request): Looked {
  const files = seen.flatMap((facts, index) => {
    const two = value(facts, "files");
    const asked = (["config", "credentials"] as const).filter((kind) => scopes[index]![kind] !== "none");
    return two === undefined ? [] : asked.map((kind) => ({ path: two[kind].path, state: two[kind].state }));
  });
  const names = seen.flatMap((facts) =>
    [...(value(facts, "profiles")?.readings.values() ?? [])].flatMap(({ profiles }) => [...profiles.keys()]),
  );
  const [store] = seen.flatMap((facts) => value(facts, "store") ?? []);
  return { files, profiles: new Set(names).size, rules: rules.length, store };
}

function setup(facts: SeenFacts, scope: Scope): Setup {
  const path = (kind: "config" | "credentials"): string | undefined =>
    scope[kind] === "none" ? undefined : value(facts, "files")?.[kind].path;
  return { config: path("config"), credentials: path("credentials") };
}

function sources(seen: readonly SeenFacts[]): Map<string, Source> {
  const all = new Map<string, Source>();
  for (const facts of seen) {
    const { documents, startup } = filesOf(facts);
    for (const document of documents) {
      const line = (number: number) =>
        number > 0 && number <= document.lineCount ? document.lineText(number - 1) : undefined;
      all.set(document.path, { path: document.path, text: document.text, line });
    }
    for (const { path, text } of startup) {
      let lines: string[] | undefined;
      const line = (number: number) => {
        lines ??= text.split(/\r?\n/);
        return lines[number - 1];
      };
      all.set(path, { path, text, line });
    }
  }
  return all;
}
