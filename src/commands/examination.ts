import { rules } from "../../rules/index.ts";
import { absolute } from "../awsconfig/locations.ts";
import type { Request } from "../doctor/examine.ts";
import { allRuleIds, chooseRules } from "../doctor/rules.ts";
import { EXIT, UserError } from "../errors.ts";
import { SEVERITIES, type Severity } from "../model/finding.ts";
import { isComplete, type Report } from "../model/report.ts";
import type { Consent, NamedFile, Scope } from "../model/scope.ts";
import { type RunStages, runQuietly } from "../model/stage.ts";
import { DEFAULT_TOOLS, type Tool } from "../model/tool.ts";
import { didYouMean } from "../nearest.ts";
import { FAIL_ON, type FailOn, loadPreferences, parseTools } from "../preferences.ts";
import type { Style } from "../report/human.ts";
import { withoutCommands } from "../report/log-commands.ts";
import type { System } from "../system/system.ts";
import { version } from "../version.ts";
import { hasColour } from "./colour.ts";
import type { Flag, Given } from "./command.ts";

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
  environment: { kind: "switch", says: "look at variables, start-up files, ports and programs too", isOn: true },
  run: {
    kind: "switch",
    says: "start programs on PATH for their versions, and ask a local metadata server what it is",
  },
  unlock: { kind: "switch", says: "look into keychains, which may raise a prompt" },
  online: { kind: "switch", says: "ask AWS, with the credentials that are found" },
};

const CONSENTS: Readonly<Record<string, Consent>> = { run: "run", unlock: "unlock", online: "network" };

/** What the flags and the preferences ask for. */
export async function examination(given: Given, system: System): Promise<{ request: Request; failOn: FailOn }> {
  const ruleIds = allRuleIds(rules);
  const preferences = await loadPreferences(system, ruleIds);
  const request = {
    scopes: scopes(given, system, preferences.tools ?? DEFAULT_TOOLS),
    rules: chooseRules(rules, ruleIds, {
      only: given.list("only"),
      skip: given.list("skip"),
      ignored: preferences.ignored,
    }),
    ruleIds,
    severities: preferences.severities,
    severity: (given.text("severity") as Severity | undefined) ?? "info",
    version,
  };
  return { request, failOn: (given.text("fail-on") as FailOn | undefined) ?? preferences.failOn ?? "error" };
}

/** A person at a terminal sees the stages run; nobody else does, and listr2 is not even loaded. */
export async function watcher(given: Given, system: System): Promise<RunStages> {
  const { environment, terminal } = system;
  const isWatched =
    terminal.errors.isTerminal && environment["TERM"] !== "dumb" && !environment["CI"] && !given.isOn("debug");
  return isWatched ? (await import("../terminal/progress.ts")).runVisibly : runQuietly;
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

/** This machine; or the named files, those of one folder together. */
function scopes(given: Given, system: System, preferred: readonly Tool[]): Scope[] {
  const tools = given.list("for");
  const trouble = (message: string): never => {
    throw new UserError("BAD_FLAG", `--for: ${message}`);
  };
  const base = {
    tools: tools.length === 0 ? preferred : parseTools(tools.join(","), trouble),
    profile: given.text("profile"),
    consent: new Set(Object.keys(CONSENTS).flatMap((flag) => (given.isOn(flag) ? CONSENTS[flag]! : []))),
  };
  const named = (flag: string): NamedFile | undefined => {
    const path = given.text(flag);
    return path === undefined ? undefined : { path: existing(path, system, []), by: `--${flag}` };
  };
  if (given.words.length === 0) {
    return [
      {
        ...base,
        config: named("config-file"),
        credentials: named("credentials-file"),
        filesOnly: !given.isOn("environment"),
      },
    ];
  }
  if (given.text("config-file") ?? given.text("credentials-file")) {
    throw new UserError(
      "BAD_FLAG",
      "files are named by arguments or by --config-file and --credentials-file, not by both",
    );
  }
  const folders = new Map<string, { config: NamedFile; credentials: NamedFile }>();
  const found: Scope[] = [];
  for (const word of given.words) {
    const path = existing(word, system, ["check", "explain", "rules", "profiles", "why", "undo", "vault"]);
    const kind = /credentials?[^/]*$/i.test(path) ? "credentials" : "config";
    const folder = path.slice(0, path.lastIndexOf("/"));
    const pair = folders.get(folder);
    const file = { path, by: "argument" };
    if (pair !== undefined && pair[kind] === "none") pair[kind] = file;
    else {
      const fresh: { config: NamedFile; credentials: NamedFile } = { config: "none", credentials: "none" };
      fresh[kind] = file;
      folders.set(folder, fresh);
      found.push(Object.assign(fresh, base, { filesOnly: true }));
    }
  }
  return found;
}

function existing(word: string, system: System, commands: readonly string[]): string {
  const path = absolute(word, system.machine.home, system.machine.folder);
  if (system.files.look(path) === undefined) {
    throw new UserError("NO_SUCH_FILE", `there is no file '${word}'${didYouMean(word, commands)}`);
  }
  return path;
}
