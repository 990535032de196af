import { rules } from "../../rules/index.ts";
import type { Request } from "../doctor/examine.ts";
import { allRuleIds, chooseRules, unwanted } from "../doctor/rules.ts";
import { EXIT } from "../errors.ts";
import { SEVERITIES, type Severity } from "../model/finding.ts";
import { isComplete, type Report } from "../model/report.ts";
import { type RunStages, runQuietly } from "../model/stage.ts";
import { FAIL_ON, type FailOn, loadPreferences } from "../preferences.ts";
import type { Style } from "../report/human.ts";
import { withoutCommands } from "../report/log-commands.ts";
import type { System } from "../system/system.ts";
import { version } from "../version.ts";
import { hasColour } from "./colour.ts";
import type { Flag, Given } from "./command.ts";
import { scopes } from "./scopes.ts";

/** What is looked at, and by which rules. */
export const SCOPE_FLAGS: Readonly<Record<string, Flag>> = {
  profile: { kind: "text", says: "the profile to judge as the one in use" },
  for: { kind: "list", says: "the tools that must work: aws-vault, cli, sdk, aws-vault-99designs" },
  only: { kind: "list", says: "judge by these rules only" },
  skip: { kind: "list", says: "leave these rules out" },
  severity: { kind: "text", says: "the mildest finding to report", choices: SEVERITIES },
  "fail-on": { kind: "text", says: "the mildest finding that makes the exit code 1", choices: FAIL_ON },
  "config-file": { kind: "text", says: "the config file, instead of AWS_CONFIG_FILE or ~/.aws/config" },
  "credentials-file": { kind: "text", says: "the credentials file, likewise" },
  "as-config": { kind: "switch", says: "the named files are config files, whatever their names" },
  "as-credentials": { kind: "switch", says: "they are credentials files" },
  suppressions: { kind: "switch", says: "heed comments that ignore a rule", isOn: true },
  environment: { kind: "switch", says: "look at variables, start-up files, ports and programs too", isOn: true },
  run: {
    kind: "switch",
    says: "start programs on PATH for their versions, and ask a local metadata server what it is",
  },
  unlock: { kind: "switch", says: "look into keychains, which may raise a prompt" },
  online: { kind: "switch", says: "ask AWS, with the credentials that are found" },
};

/** What the flags and the preferences ask for. */
export async function examination(given: Given, system: System): Promise<{ request: Request; failOn: FailOn }> {
  const ruleIds = allRuleIds(rules);
  const preferences = await loadPreferences(system, ruleIds);
  const choice = { only: given.list("only"), skip: given.list("skip"), ignored: preferences.ignored };
  const request = {
    scopes: scopes(given, system, preferences),
    rules: chooseRules(rules, ruleIds, choice),
    unwanted: unwanted(choice),
    ruleIds,
    severities: preferences.severities,
    severity: (given.text("severity") as Severity | undefined) ?? "info",
    version,
    ignoresSuppressions: !given.isOn("suppressions"),
  };
  const baseline = given.text("baseline");
  return {
    request: baseline === undefined ? request : (await import("./known.ts")).withBaseline(request, baseline, system),
    failOn: (given.text("fail-on") as FailOn | undefined) ?? preferences.failOn ?? "error",
  };
}

/**
 * A person at a terminal sees the stages run, and what is `done` stays to be seen; nobody else does, and listr2 is not even
 * loaded.
 */
export async function watcher(given: Given, system: System, what: "looking" | "done" = "looking"): Promise<RunStages> {
  const { environment, terminal } = system;
  const isWatched =
    terminal.errors.isTerminal && environment["TERM"] !== "dumb" && !environment["CI"] && !given.isOn("debug");
  if (!isWatched) return runQuietly;
  const { runToBeSeen, runVisibly } = await import("../terminal/progress.ts");
  return what === "done" ? runToBeSeen : runVisibly;
}

export function styleOf(given: Given, system: System): Style {
  const { output } = system.terminal;
  return {
    width: output.columns,
    colour: hasColour(given, system, output),
    box: output.isTerminal && system.environment["TERM"] !== "dumb",
    all: given.isOn("all"),
    home: system.machine.home,
  };
}

/** One report on stdout, for people or as JSON, which needs nothing more. */
export const isPlain = (given: Given): boolean => {
  const [[flag, format] = ["format", "human"], ...more] = given.inOrder("format", "output");
  return more.length === 0 && flag === "format" && (format === "human" || format === "json");
};

/** A report on stdout. The log of a build is read by its runner, which takes orders from it. */
export function print(report: string, { environment, terminal }: System, format: string): void {
  const isLogged = (environment["CI"] ?? environment["GITHUB_ACTIONS"] ?? "") !== "";
  terminal.output.write(isLogged && format !== "github" ? withoutCommands(report) : report);
}

export function exitCode(report: Report, failOn: FailOn): number {
  const fails =
    failOn !== "never" &&
    report.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn));
  if (fails) return EXIT.findings;
  return isComplete(report) ? EXIT.ok : EXIT.incomplete;
}
