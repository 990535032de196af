import { rules } from "../../rules/index.ts";
import { mustBeProfiles } from "../credentials/expected.ts";
import { verify as walkTo } from "../credentials/verify.ts";
import { cliBeside, inCli, profilesOf, type Ways } from "../credentials/ways.ts";
import { causesOf } from "../doctor/causes.ts";
import { examine } from "../doctor/examine.ts";
import { allRuleIds, allRules } from "../doctor/rules.ts";
import { EXIT, UserError } from "../errors.ts";
import { wholeMachine } from "../model/scope.ts";
import { type RunStages, runQuietly } from "../model/stage.ts";
import { DEFAULT_TOOLS } from "../model/tool.ts";
import type { Failure, Verified } from "../model/verified.ts";
import { expectedAccounts } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { meaningOf } from "../report/meaning.ts";
import { paint } from "../report/paint.ts";
import { placeName } from "../report/place.ts";
import { printable } from "../report/printable.ts";
import { type LikelyCause, verified } from "../report/verified.ts";
import { verifiedJson } from "../report/verified-json.ts";
import type { System } from "../system/system.ts";
import { version } from "../version.ts";
import { hasColour } from "./colour.ts";
import type { Command, Given } from "./command.ts";
import { watcher } from "./examination.ts";
import { readBothFiles } from "./vault/config.ts";
import { CREDENTIAL_FLAGS, meansFor } from "./vault/exported.ts";
import { VAULT_FLAGS } from "./vault/flags.ts";

const WIDTH_MAX = 120;
/** Of what an error may come from, nobody reads more than the likeliest. */
const CAUSES_MAX = 3;

export const verify: Command = {
  name: "verify",
  takes: "[profile]",
  summary: "Go the way to a profile's credentials for real, step by step, and show who AWS says they belong to",
  examples: [
    ["aws-vault-doctor verify prod", "asks for codes and opens the browser where the way needs it"],
    ["aws-vault-doctor verify --all", "every profile that has a way to credentials"],
  ],
  flags: {
    ...VAULT_FLAGS,
    ...CREDENTIAL_FLAGS,
    all: { kind: "switch", says: "every profile" },
    as: {
      kind: "text",
      says: "whose way: aws-vault, cli (default: aws-vault's, or else the AWS CLI's)",
      choices: ["aws-vault", "cli"],
    },
    fresh: { kind: "switch", says: "take nothing from the cache, and put nothing there" },
    format: { kind: "text", says: "how to print", choices: ["human", "json"] },
  },
  async run(given, system) {
    const { environment, terminal } = system;
    const watch = await watcher(given, system);
    const as = given.text("as");
    const reading = as === "cli" ? readBothFiles(system) : undefined;
    const means = {
      ...(await meansFor(given, system, { withoutCache: given.isOn("fresh"), reading })),
      during: <T>(what: string, act: () => Promise<T>): Promise<T> => watched(what, act, watch),
    };
    const both = { vault: means, cli: cliBeside(means, () => reading ?? readBothFiles(system)) };
    const inVault = as === "aws-vault" ? { vault: means } : both;
    const ways: Ways = reading === undefined ? inVault : { cli: () => inCli(means, reading) };
    const named = given.words[0] ?? environment["AWS_PROFILE"];
    if (named === undefined && !given.isOn("all")) {
      throw new UserError("BAD_USAGE", "verify needs a profile, or --all", { hint: "AWS_PROFILE names one too" });
    }
    const accounts = await expectedAccounts(system);
    if (accounts.size > 0) mustBeProfiles(accounts, await profilesOf(both));
    const profiles = given.isOn("all") ? await profilesOf(ways) : [named!];
    const isJson = given.text("format") === "json";
    const all: Parameters<typeof verifiedJson>[0][number][] = [];
    for (const profile of profiles) {
      const told = await walkTo(profile, ways, accounts.get(profile));
      // Some sections, [default] first of all, are there for what others take over from them.
      if (given.isOn("all") && told.failure?.code === "NO_ROUTE") continue;
      const causes = told.failure === undefined ? [] : await causesHere(told, told.failure, given, system);
      all.push({ told, causes });
      if (isJson) continue;
      const width = Math.max(24, Math.min(terminal.output.columns, WIDTH_MAX));
      const { home } = system.machine;
      const style = { width, paint: paint(hasColour(given, system, terminal.output)), now: system.now(), home };
      terminal.output.write(`${all.length > 1 ? "\n" : ""}${verified(told, causes, style)}`);
    }
    if (isJson) terminal.output.write(verifiedJson(all, system.machine.home, version));
    return all.some(({ told }) => told.failure !== undefined) ? EXIT.findings : EXIT.ok;
  },
};

async function watched<T>(title: string, act: () => Promise<T>, watch: RunStages): Promise<T> {
  let done: { readonly value: T } | undefined;
  const run = async (): Promise<void> => {
    done = { value: await act() };
  };
  await watch([{ title, run }]);
  return done!.value;
}

/** What an error may come from, by the same catalogue as `explain`; first what this machine really has. */
async function causesHere(told: Verified, failure: Failure, given: Given, system: System): Promise<LikelyCause[]> {
  const { profile } = told;
  const { operation, code, says, isAnswer } = failure;
  // Where nobody has answered, no rule about an answer is meant.
  if (operation !== undefined && !isAnswer) return [];
  const causes = causesOf(
    operation === undefined ? says : `${code}: ${says}`,
    await allRules(rules, (await import("../../rules/heard.ts")).heard),
  );
  const ids = new Set(causes.map(({ rule }) => rule.id));
  const request = {
    scopes: [wholeMachine(DEFAULT_TOOLS, profile)],
    rules: rules.filter(({ id }) => ids.has(id)),
    ruleIds: new Set(allRuleIds(rules)),
    severities: new Map<string, never>(),
    severity: "info" as const,
    version,
  };
  const { findings } = await examine(system, probes, request, runQuietly, given.log);
  const likely = causes.map(({ rule }) => ({
    id: rule.id,
    summary: rule.summary,
    remedy: rule.remedy,
    here: findings
      .filter((one) => one.rule.id === rule.id && (one.profiles === undefined || one.profiles.includes(profile)))
      .map(({ at, says: found }) => `${placeName(at, system.machine.home)}: ${printable(found)}`),
  }));
  const here = likely.filter((one) => one.here.length > 0);
  // What this machine has nothing of is told only where nothing else is known; and all is known where AWS was not asked.
  const isMeant = here.length > 0 || operation === undefined || meaningOf(told) !== undefined;
  return (isMeant ? here : likely).slice(0, CAUSES_MAX);
}
