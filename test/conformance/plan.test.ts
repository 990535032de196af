import { readFileSync } from "node:fs";
import { assert, describe, expect } from "vitest";
import { Document } from "../../src/awsconfig/document.ts";
import { parse } from "../../src/awsconfig/parse.ts";
import { read } from "../../src/awsconfig/profiles.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { NoRoute } from "../../src/model/route.ts";
import type { Call, Mfa, SessionPlan, SessionSettings, SessionVariables } from "../../src/model/session.ts";
import { formatGoDuration, parseGoDuration } from "../../src/routes/go-duration.ts";
import { routeInAwsVault } from "../../src/routes/route-aws-vault.ts";
import { federationDuration, roleDuration, sessionDuration } from "../../src/routes/session-durations.ts";
import { isLegacySessionKey, isProfileKey, parseSessionKey } from "../../src/routes/session-key.ts";
import { parseSessionTags, parseTransitiveTags } from "../../src/routes/session-tags.ts";
import { sessionPlan } from "../../src/routes/sessions.ts";
import { timestamp } from "../../src/routes/timestamp.ts";
import { chosen, profileNamed, sourceOf, ssoSettings, vaultSetting } from "../../src/routes/vault-settings.ts";
import { folder, holds, vectors } from "./data.ts";

const VARIANTS = ["99designs", "byteness"] as const;
type Variant = (typeof VARIANTS)[number];

interface VaultReading {
  readonly plan?: readonly string[];
  readonly provider?: string;
  /** It loads the profile, and finds no credentials. */
  readonly planError?: string;
  /** It does not load the profile. */
  readonly error?: string;
  readonly crash?: string;
  readonly profileConfig?: ProfileConfig;
}
type ProfileConfig = Readonly<Record<string, unknown>>;

interface Case {
  readonly id: string;
  readonly variant: Variant;
  readonly config: string;
  readonly profile: string;
  readonly stored: readonly string[];
  readonly settings: SessionSettings;
  readonly expected: VaultReading;
}

/** What aws-vault would log of its plan, and of how it ends. */
function understood({ variant, config, profile, stored, settings }: Case) {
  const reading = readAs(variant, config);
  const surroundings = { stored: new Set(stored), seesCredentials: true };
  const route = routeInAwsVault(profile, reading, surroundings);
  return { reading, route, plan: sessionPlan(profile, route, reading, settings) };
}

/** Unmasked, because some of the values that are compared are no one's business elsewhere. */
function readAs(variant: Variant, config: string): Reading {
  const document = (kind: "config" | "credentials", text: string): Document =>
    new Document(`~/.aws/${kind}`, kind, "utf-8", false, text, parse(text), new Map());
  return read(`aws-vault-${variant}`, document("config", config), document("credentials", ""));
}

function logOf({ chain, calls }: SessionPlan): string[] {
  const sources = chain
    .slice(1)
    .map((source, index) => `profile ${chain[index]}: sourcing credentials from profile ${source}`);
  return [...sources, ...calls.flatMap(linesOf)];
}

function linesOf(call: Call): string[] {
  const say = (text: string): string => `profile ${call.profile}: ${text}`;
  switch (call.kind) {
    case "stored-keys":
      return [
        say("using stored credentials"),
        ...call.withoutSession
          .filter(({ says }) => says !== undefined)
          .map(({ profile, says }) => `profile ${profile}: skipping GetSessionToken because ${says}`),
      ];
    case "GetSessionToken":
      return [say(`using GetSessionToken${mfaOf(call.mfa)}`)];
    case "AssumeRole": {
      const { by, seconds } = call.duration;
      const using = say(`using AssumeRole${mfaOf(call.mfa)}`);
      if (by.kind !== "role-chaining") return [using];
      const [asked, most] = [formatGoDuration(by.asked.seconds), formatGoDuration(seconds)];
      return [say(`capping AssumeRole duration from ${asked} to AWS maximum ${most} for role chaining`), using];
    }
    case "AssumeRoleWithWebIdentity":
      return [say("using web identity")];
    case "GetRoleCredentials":
      return [say("using SSO role credentials")];
    case "credential_process":
      return [say("using credential process")];
    case "written-keys":
    case "named-source":
    case "login":
      throw new Error("no call of aws-vault's");
  }
}

const mfaOf = ({ kind }: Mfa): string => ({ sent: " (with MFA)", chained: " (chained MFA)", "no-serial": "" })[kind];

const PROVIDERS: Readonly<Record<Call["kind"], string>> = {
  "stored-keys": "KeyringProvider",
  GetSessionToken: "SessionTokenProvider",
  AssumeRole: "AssumeRoleProvider",
  AssumeRoleWithWebIdentity: "AssumeRoleWithWebIdentityProvider",
  GetRoleCredentials: "SSORoleCredentialsProvider",
  credential_process: "CredentialProcessProvider",
  "written-keys": "none of aws-vault's",
  "named-source": "none of aws-vault's",
  login: "none of aws-vault's",
};

function checkPlan(vector: Case): void {
  const { expected } = vector;
  const { reading, route, plan } = understood(vector);
  const because = route.found ? undefined : route.because;
  if (expected.crash !== undefined) {
    expect(because).toBe("loop");
  } else if (expected.error !== undefined) {
    expect(because).toBe(reasonFor(expected.error));
  } else {
    expect(logOf(plan)).toEqual(expected.plan);
    if (expected.planError === undefined) {
      expect(route.found).toBe(true);
      expect(PROVIDERS[plan.calls.at(-1)!.kind]).toBe(expected.provider);
    } else {
      expect(["nothing", "role-without-source", "source-not-found"]).toContain(because);
      expect(`profile ${plan.chain.at(-1)}: credentials missing`).toBe(expected.planError);
    }
  }
  if (expected.profileConfig !== undefined) {
    expect(settingsOf(vector, reading, plan)).toEqual(withoutUnreached(expected.profileConfig, vector));
  }
}

function reasonFor(error: string): NoRoute {
  if (error.startsWith("Loop detected")) return "include-loop";
  assert(/^(?:PANIC reflect|Failed to parse session_tags)/.test(error), error);
  return "value-refused";
}

const PLAIN_FIELDS: Readonly<Record<string, string>> = {
  Region: "region",
  RoleARN: "role_arn",
  RoleSessionName: "role_session_name",
  ExternalID: "external_id",
  SSOAccountID: "sso_account_id",
  SSORoleName: "sso_role_name",
  WebIdentityTokenFile: "web_identity_token_file",
  WebIdentityTokenProcess: "web_identity_token_process",
  STSRegionalEndpoints: "sts_regional_endpoints",
  EndpointURL: "endpoint_url",
  SourceIdentity: "source_identity",
  CredentialProcess: "credential_process",
};

/** The profile as aws-vault holds it once it has made its plan; empty fields are left out. */
function settingsOf(vector: Case, reading: Reading, plan: SessionPlan): ProfileConfig {
  const { settings } = vector;
  const context = { target: vector.profile, tool: reading.tool, variables: settings.variables };
  const of = (name: string): ProfileConfig => {
    const profile = profileNamed(name, reading);
    const value = (setting: string): string | undefined => chosen(profile, setting, context)?.value;
    const assumed = plan.calls.find((call) => call.kind === "AssumeRole" && call.profile === name);
    const role = assumed?.kind === "AssumeRole" ? assumed : undefined;
    const source = sourceOf(profile)?.value;
    const inherited = source && of(source);
    const sso = ssoSettings(profile, reading);
    const [tags, transitive] = [value("session_tags"), value("transitive_session_tags")];
    const ownProcess = vaultSetting(profile, "mfa_process")?.value;
    const all = {
      ...Object.fromEntries(Object.entries(PLAIN_FIELDS).map(([field, setting]) => [field, value(setting)])),
      ProfileName: name,
      MfaSerial: role?.mfa.kind === "chained" ? undefined : value("mfa_serial"),
      MfaProcess: ownProcess ?? (vector.variant === "byteness" && inherited ? inherited["MfaProcess"] : undefined),
      SourceProfileName: source,
      SourceProfile: inherited,
      SSOSession: sso.session?.value,
      SSOStartURL: sso.startUrl?.value,
      SSORegion: sso.region?.value,
      SSORegistrationScopes: sso.scopes?.value,
      SessionTags: tags && Object.fromEntries(parseSessionTags(tags)!),
      TransitiveSessionTags: transitive && parseTransitiveTags(transitive),
      AssumeRoleDuration: `${(role?.duration ?? roleDuration(profile, settings)).seconds}s`,
      ChainedGetSessionTokenDuration: `${sessionDuration(true, reading.tool, settings).seconds}s`,
      NonChainedGetSessionTokenDuration: `${sessionDuration(false, reading.tool, settings).seconds}s`,
      GetFederationTokenDuration: `${federationDuration(settings).seconds}s`,
    };
    return withoutUnreached(Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined)), vector);
  };
  return of(vector.profile);
}

/**
 * The measurement put its duration into two fields by hand, for either variant, where the flag reaches other ones: the
 * fields on which they differ say nothing there.
 */
function withoutUnreached(config: ProfileConfig, vector: Case): ProfileConfig {
  if (vector.settings.duration === undefined) return config;
  const unreached = ["NonChainedGetSessionTokenDuration", "GetFederationTokenDuration"];
  if (vector.variant === "99designs") unreached.push("ChainedGetSessionTokenDuration");
  const rest = Object.fromEntries(Object.entries(config).filter(([field]) => !unreached.includes(field)));
  const source = rest["SourceProfile"] as ProfileConfig | undefined;
  return source === undefined ? rest : { ...rest, SourceProfile: withoutUnreached(source, vector) };
}

interface PlanVector {
  readonly name: string;
  readonly config: string;
  readonly profile: string;
  readonly storedCredentials?: readonly string[];
  readonly env?: SessionVariables;
  readonly disableSessions?: boolean;
  readonly baseDuration?: string;
  readonly expect?: Expectations;
  readonly variants?: readonly Variant[];
  readonly readings: Readonly<Record<Variant, VaultReading>>;
}
interface Expectations {
  readonly provider?: string;
  readonly planContains?: readonly string[];
  readonly planExcludes?: readonly string[];
  readonly planInOrder?: readonly string[];
  readonly profileConfig?: ProfileConfig;
}

const planVectors = vectors<{ tests: PlanVector[]; measured: PlanVector[] }>("aws-vault/plan-vectors.json", {
  tests: [],
  measured: [],
});

const casesOf = (vector: PlanVector): (Case & { vector: PlanVector })[] =>
  VARIANTS.map((variant) => ({
    id: `${variant}: ${vector.name}`,
    variant,
    config: vector.config,
    profile: vector.profile,
    stored: vector.storedCredentials ?? [],
    settings: {
      noSession: vector.disableSessions ?? false,
      duration: vector.baseDuration === undefined ? undefined : parseGoDuration(vector.baseDuration),
      caching: false,
      variables: vector.env ?? {},
    },
    expected: vector.readings[variant],
    vector,
  }));

const idOf = ({ id }: { id: string }): string => id;

holds("plans that aws-vault's tests make", planVectors.tests.flatMap(casesOf), idOf, checkPlan);
holds("plans that were measured", planVectors.measured.flatMap(casesOf), idOf, checkPlan);

holds(
  "what aws-vault's tests expect of a plan",
  planVectors.tests.flatMap(casesOf).filter(({ vector, variant }) => vector.variants!.includes(variant)),
  idOf,
  (vector) => {
    const expected = vector.vector.expect!;
    const { reading, plan } = understood(vector);
    const log = logOf(plan);
    for (const line of expected.planContains ?? []) expect(log.join("\n")).toContain(line);
    for (const line of expected.planExcludes ?? []) expect(log.join("\n")).not.toContain(line);
    const order = (expected.planInOrder ?? []).map((line) => log.findIndex((one) => one.startsWith(line)));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    if (expected.provider) expect(PROVIDERS[plan.calls.at(-1)!.kind]).toBe(expected.provider);
    const config = settingsOf(vector, reading, plan);
    for (const [field, value] of Object.entries(expected.profileConfig ?? {})) {
      if (value === "") expect(config).not.toHaveProperty(field);
      else expect(config).toMatchObject({ [field]: value });
    }
  },
);

interface ResolutionVector {
  readonly id: string;
  readonly name: string;
  readonly config?: string;
  readonly configFiles?: readonly string[];
  readonly profile: string;
  readonly env?: SessionVariables;
}
interface Peers {
  readonly id: string;
  readonly aws_vault: Readonly<Record<Variant, VaultReading>> & { readonly storedCredentials: readonly string[] };
}

const resolutions = new Map(vectors<ResolutionVector[]>("resolution-vectors.json", []).map((one) => [one.id, one]));

holds(
  "other projects' chains as aws-vault takes them",
  vectors<Peers[]>("resolution-vectors-peers.json", []).flatMap(({ id, aws_vault: vault }) => {
    const { name, config, configFiles, profile, env } = resolutions.get(id)!;
    return VARIANTS.map((variant) => ({
      id: `${variant}: ${id} ${name}`,
      variant,
      config: config ?? (configFiles ?? []).map((file) => readFileSync(folder(file), "utf8")).join("\n"),
      profile,
      stored: vault.storedCredentials,
      settings: { noSession: false, caching: false, variables: env ?? {} },
      expected: vault[variant],
    }));
  }),
  idOf,
  checkPlan,
);

interface Misc {
  readonly sessionTags: { value: string; expect: Record<string, string> | { error: true } }[];
  readonly transitiveSessionTags: { value: string; expect: string[] | null }[];
  readonly resolveSSOStartURL: { inline: string; session: string; expect: string }[];
  readonly isSessionKey: { key: string; expect: boolean }[];
  readonly credentialKeysExcludeSessionsAndOidc: { keys: string[]; expectContains: string[]; expectExcludes: string[] };
  readonly iso8601: { input: string; expect: string }[];
}

describe("small things that aws-vault's tests hold", () => {
  const misc = vectors<Partial<Misc>>("aws-vault/misc-vectors.json", {});

  holds(
    "session tags",
    misc.sessionTags ?? [],
    ({ value }) => `"${value}"`,
    ({ value, expect: tags }) => {
      const parsed = parseSessionTags(value);
      expect(parsed && Object.fromEntries(parsed)).toEqual("error" in tags ? undefined : tags);
    },
  );

  holds(
    "tags that go on",
    misc.transitiveSessionTags ?? [],
    ({ value }) => `"${value}"`,
    ({ value, expect: keys }) => expect(parseTransitiveTags(value)).toEqual(keys ?? []),
  );

  holds(
    "the start URL of a session and of a profile",
    misc.resolveSSOStartURL ?? [],
    ({ inline, session }) => `"${inline}" and "${session}"`,
    ({ inline, session, expect: url }) => {
      const config = `[profile a]\nsso_session=s\nsso_start_url=${inline}\n[sso-session s]\nsso_start_url=${session}\n`;
      const reading = readAs("byteness", config);
      expect(ssoSettings(profileNamed("a", reading), reading).startUrl?.value ?? "").toBe(url);
    },
  );

  holds(
    "names of sessions",
    misc.isSessionKey ?? [],
    ({ key }) => key,
    ({ key, expect: isSession }) =>
      expect(parseSessionKey(key) !== undefined || isLegacySessionKey(key)).toBe(isSession),
  );

  holds(
    "names of keys",
    misc.credentialKeysExcludeSessionsAndOidc === undefined ? [] : [misc.credentialKeysExcludeSessionsAndOidc],
    ({ keys }) => keys.join(" "),
    ({ keys, expectContains, expectExcludes }) => {
      const listed = keys.filter(isProfileKey);
      for (const key of expectContains) expect(listed).toContain(key);
      for (const key of expectExcludes) expect(listed).not.toContain(key);
    },
  );

  holds(
    "times",
    misc.iso8601 ?? [],
    ({ input }) => input,
    ({ input, expect: utc }) => expect(timestamp(new Date(input))).toBe(utc),
  );
});
