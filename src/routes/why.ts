import type { Environment } from "../model/facts.ts";
import type { Place } from "../model/place.ts";
import type { Profile, Reading, Setting } from "../model/reading.ts";
import { type Hop, hops, type Route, type Routes } from "../model/route.ts";
import type { Call, Duration, SessionPlan, SessionVariables } from "../model/session.ts";
import { isAwsVault } from "../model/tool.ts";
import type { Explanation, Unused, Use, WhyLost, WhyStep } from "../model/why.ts";
import { chain } from "./chain.ts";
import { sessionPlan } from "./sessions.ts";

export interface Question {
  readonly profile: string;
  /** The variable that names the profile; without one it is asked for by name, as with `--profile`. */
  readonly chosenBy: Place | undefined;
  readonly reading: Reading;
  readonly routes: Routes;
  readonly environment: Environment;
}

/**
 * Why a profile gets the credentials that it gets: every hop, the setting and the line that decided it, and what lost.
 * Nothing is run, and nobody is asked: for aws-vault it tells the calls that would be made.
 */
export function explain({ profile: name, chosenBy, reading, routes, environment }: Question): Explanation {
  const { tool, refused } = reading;
  const route = routes.get(name);
  const plan = route?.found === true && isAwsVault(tool) ? planFor(name, route, reading, environment) : undefined;
  return {
    tool,
    profile: name,
    exists: route !== undefined,
    refused,
    chain: chain({ chosen: { name, by: chosenBy ?? "flag" }, environment, reading, routes }),
    steps: route?.found === true ? steps(name, hops(route), reading, plan) : [],
    lost: route?.found === false ? lost(name, route, reading) : undefined,
    reuse: plan?.reuse,
  };
}

/** What aws-vault would do without any flag. */
function planFor(target: string, route: Route, reading: Reading, environment: Environment): SessionPlan {
  const variables: SessionVariables = Object.fromEntries([...environment].map(([name, { value }]) => [name, value]));
  return sessionPlan(target, route, reading, { noSession: false, caching: true, variables });
}

/** The settings that a hop takes along. */
const USED: Readonly<Record<Hop["kind"], readonly string[]>> = {
  static: ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"],
  stored: [],
  sso: ["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"],
  "web-identity": ["web_identity_token_file", "role_arn", "role_session_name", "duration_seconds"],
  process: ["credential_process"],
  "named-source": ["credential_source"],
  login: ["login_session"],
  role: [
    "role_arn",
    "source_profile",
    "mfa_serial",
    "external_id",
    "role_session_name",
    "duration_seconds",
    "source_identity",
  ],
};
const ONLY_AWS_VAULT: Partial<typeof USED> = {
  stored: ["mfa_serial", "mfa_process"],
  "web-identity": ["web_identity_token_process"],
  role: ["mfa_process", "session_tags", "transitive_session_tags"],
};

/** Settings that open a way to credentials, the first of each way. */
const WAYS: Readonly<Partial<Record<Hop["kind"], readonly string[]>>> = {
  role: ["role_arn"],
  "named-source": ["credential_source"],
  "web-identity": ["web_identity_token_file", "web_identity_token_process"],
  sso: ["sso_session", "sso_start_url"],
  static: ["aws_access_key_id"],
  login: ["login_session"],
  process: ["credential_process"],
};
const NOT_READ_BY_AWS_VAULT = new Set(["aws_access_key_id", "credential_source", "login_session"]);
const READ_BY_AWS_VAULT_ALONE = new Set(["web_identity_token_process"]);

function steps(target: string, all: readonly Hop[], reading: Reading, plan: SessionPlan | undefined): WhyStep[] {
  const told = new Set<string>();
  return all.map((hop, index) => {
    const profile = reading.profiles.get(hop.profile);
    // A profile's other ways are told once, with the last of its hops.
    const isLast = all[index + 1]?.profile !== hop.profile;
    const isEnd = index === all.length - 1;
    const calls = plan?.calls.filter((call) => belongs(call, hop)) ?? [];
    const variables = variablesOf(calls);
    const used = profile === undefined ? [] : uses(hop, profile, reading, isEnd && hop.profile === target, told);
    return {
      hop,
      uses: used.map((use) => ({ ...use, under: variables.get(use.setting.name) })),
      unused: profile === undefined || !isLast ? [] : unused(profile, all, reading),
      calls,
    };
  });
}

/** The variables that decide in the place of settings, by the setting. */
function variablesOf(calls: readonly Call[]): Map<string, string> {
  const found = new Map<string, string>();
  const note = (setting: string, by: Duration["by"] | undefined): void => {
    if (by?.kind === "variable") found.set(setting, by.variable);
    if (by?.kind === "role-chaining") note(setting, by.asked.by);
  };
  for (const call of calls) {
    if ("duration" in call) note("duration_seconds", call.duration.by);
    if ("mfa" in call && call.mfa.kind !== "no-serial") note("mfa_serial", call.mfa.serial.by);
    if (call.kind === "AssumeRole" || call.kind === "AssumeRoleWithWebIdentity") note("role_arn", call.role?.by);
  }
  return found;
}

function uses(hop: Hop, profile: Profile, reading: Reading, isTarget: boolean, told: Set<string>): Use[] {
  const names = [
    ...USED[hop.kind],
    ...(isAwsVault(reading.tool) ? (ONLY_AWS_VAULT[hop.kind] ?? []) : []),
    ...(isTarget ? ["region"] : []),
  ];
  const all: Use[] = [];
  for (const name of names) {
    const found = useOf(profile, name) ?? (hop.kind === "sso" ? useOfSession(profile, name, reading) : undefined);
    const key = `${profile.name} ${name}`;
    if (found === undefined || told.has(key)) continue;
    told.add(key);
    all.push(found);
  }
  return all;
}

function useOf(profile: Profile, name: string): Use | undefined {
  const [first, ...others] = profile.layers.flatMap(({ kind, section }) => {
    const setting = section.get(name);
    return setting === undefined ? [] : [{ setting, kind }];
  });
  return (
    first && {
      setting: first.setting,
      from: first.kind,
      over: others.map(({ setting }) => setting.at),
      under: undefined,
    }
  );
}

function useOfSession(profile: Profile, name: string, { ssoSessions }: Reading): Use | undefined {
  const setting = ssoSessions.get(profile.get("sso_session")?.value ?? "")?.get(name);
  return setting && { setting, from: "sso-session", over: [], under: undefined };
}

function unused(profile: Profile, all: readonly Hop[], { tool }: Reading): Unused[] {
  const taken = new Set(all.filter((hop) => hop.profile === profile.name).map(({ kind }) => kind));
  // A role that comes with a token has no hop of its own.
  if (taken.has("web-identity")) taken.add("role");
  const found: Unused[] = [];
  for (const [kind, names] of Object.entries(WAYS)) {
    if (taken.has(kind as Hop["kind"])) continue;
    const setting = firstOf(profile, names);
    if (setting === undefined) continue;
    const isRead = isAwsVault(tool)
      ? !NOT_READ_BY_AWS_VAULT.has(setting.name)
      : !READ_BY_AWS_VAULT_ALONE.has(setting.name);
    found.push({ setting, because: isRead ? "later" : "not-read" });
  }
  return found;
}

function firstOf(profile: Profile, names: readonly string[]): Setting | undefined {
  for (const name of names) {
    const found = profile.get(name);
    if (found !== undefined && found.value !== "") return found;
  }
  return undefined;
}

const CALLS: Readonly<Record<Call["kind"], Hop["kind"]>> = {
  "stored-keys": "stored",
  GetSessionToken: "stored",
  AssumeRole: "role",
  AssumeRoleWithWebIdentity: "web-identity",
  GetRoleCredentials: "sso",
  credential_process: "process",
  "written-keys": "static",
  "named-source": "named-source",
  login: "login",
};

const belongs = (call: Call, hop: Hop): boolean => CALLS[call.kind] === hop.kind && call.profile === hop.profile;

function lost(name: string, route: Route & { found: false }, { profiles }: Reading): WhyLost {
  const path: { profile: string; by: Setting | undefined }[] = [];
  const seen = new Set<string>();
  for (let at: string | undefined = name; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const source: Setting | undefined = profiles.get(at)?.get("source_profile");
    const isEnd: boolean = at === route.profile && route.because !== "loop";
    path.push({ profile: at, by: isEnd ? undefined : source });
    at = isEnd ? undefined : source?.value;
  }
  return { because: route.because, by: route.by, missing: route.missing, path };
}
