import * as fc from "fast-check";
import { assert, describe, expect, test } from "vitest";
import { readDocument } from "../src/awsconfig/document.ts";
import { read } from "../src/awsconfig/profiles.ts";
import type { Reading, Setting } from "../src/model/reading.ts";
import { hops, type Route } from "../src/model/route.ts";
import type { Call, Duration, Mfa, SessionPlan, SessionSettings, SessionVariables } from "../src/model/session.ts";
import { AWS_VAULT, type Tool } from "../src/model/tool.ts";
import { formatGoDuration, parseGoDuration, parseGoWhole } from "../src/routes/go-duration.ts";
import { routes } from "../src/routes/route.ts";
import { routeInAwsVault } from "../src/routes/route-aws-vault.ts";
import { federationDuration } from "../src/routes/session-durations.ts";
import {
  formatSessionKey,
  isLegacySessionKey,
  isProfileKey,
  parseSessionKey,
  sessionKeyPrefix,
} from "../src/routes/session-key.ts";
import { parseSessionTags, parseTransitiveTags } from "../src/routes/session-tags.ts";
import { sessionPlan } from "../src/routes/sessions.ts";
import { timestamp } from "../src/routes/timestamp.ts";

const BYTENESS = "aws-vault-byteness";
const OLD = "aws-vault-99designs";

/** A config file from `[dev] role_arn=r; source_profile=base [base] region=x`, where all headers are profiles. */
function readingOf(tool: Tool, short: string): Reading {
  const text = short
    .replaceAll(/\s*;\s*/g, "\n")
    .replaceAll(/\s*\[(?!default\]|sso-session )/g, "\n[profile ")
    .replaceAll(/\s*\[(?=default\]|sso-session )/g, "\n[")
    .replaceAll(/\]\s*/g, "]\n");
  const bytes = new TextEncoder().encode(text);
  const document = readDocument("config", "config", bytes);
  return read(tool, document, readDocument("credentials", "credentials", new Uint8Array()));
}

const around = (stored: string) => ({ stored: new Set(stored.split(" ")), seesCredentials: true });

/** `stored base > role dev`, or why there is no way and where it ends. */
function tellRoute(route: Route): string {
  if (!route.found) return `${route.because} at ${route.profile}${route.by ? ` by ${tellSetting(route.by)}` : ""}`;
  return hops(route)
    .map((hop) => `${hop.kind} ${hop.profile}${hop.kind === "stored" ? "" : ` by ${tellSetting(hop.by)}`}`)
    .join(" > ");
}

const tellSetting = ({ name, value }: Setting): string => `${name}=${value}`;

type RouteRow = readonly [what: string, config: string, stored: string, profile: string, expected: string];

describe.each(AWS_VAULT)("the way to credentials in %s", (tool) => {
  test.each<RouteRow>([
    ["a key of the profile's own name", "[a] region=x", "a", "a", "stored a"],
    [
      "a key before everything else",
      "[a] source_profile=b; sso_start_url=u; credential_process=p [b]",
      "a b",
      "a",
      "stored a",
    ],
    ["a role on the own key", "[a] role_arn=r", "a", "a", "stored a > role a by role_arn=r"],
    ["a source before what the profile has itself", "[a] source_profile=b; sso_start_url=u [b]", "b", "a", "stored b"],
    [
      "a single sign-on before a token",
      "[a] web_identity_token_file=t; sso_start_url=u",
      "",
      "a",
      "sso a by sso_start_url=u",
    ],
    [
      "a token before a command",
      "[a] credential_process=p; web_identity_token_process=t",
      "",
      "a",
      "web-identity a by web_identity_token_process=t",
    ],
    [
      "a command, and no role with it",
      "[a] credential_process=p; role_arn=r",
      "",
      "a",
      "process a by credential_process=p",
    ],
    [
      "a role on a command of the source",
      "[a] role_arn=r; source_profile=b [b] credential_process=p",
      "",
      "a",
      "process b by credential_process=p > role a by role_arn=r",
    ],
    ["a role and nothing to assume it with", "[a] role_arn=r", "", "a", "role-without-source at a by role_arn=r"],
    ["no AWS key counts in a file", "[a] aws_access_key_id=k; aws_secret_access_key=s", "", "a", "nothing at a"],
    [
      "itself as its source, with a key",
      "[a] source_profile=a; role_arn=r",
      "a",
      "a",
      "stored a > role a by role_arn=r",
    ],
    [
      "itself as its source, with a command",
      "[a] source_profile=a; credential_process=p",
      "",
      "a",
      "process a by credential_process=p",
    ],
    [
      "itself hides the source of [default]",
      "[default] source_profile=b [a] source_profile=a [b]",
      "b",
      "a",
      "nothing at a",
    ],
    ["the source of [default] that is the profile itself", "[default] source_profile=a [a]", "", "a", "nothing at a"],
    [
      "an empty setting does not hide [default]",
      "[default] role_arn=r; source_profile=b [a] role_arn=; source_profile= [b] role_arn=rb",
      "b",
      "a",
      "stored b > role b by role_arn=rb > role a by role_arn=r",
    ],
    [
      "an empty setting hides the parent's",
      "[a.b] credential_process= [a] credential_process=p",
      "",
      "a.b",
      "nothing at a.b",
    ],
    [
      "an empty setting of a child, and one in [default]",
      "[default] credential_process=d [a.b] credential_process= [a] credential_process=p",
      "",
      "a.b",
      "process a.b by credential_process=d",
    ],

    [
      "the parent of an included section",
      "[a] include_profile=c.d [c.d] region=x [c] credential_process=p",
      "",
      "a",
      "process a by credential_process=p",
    ],
    [
      "the include of an included section's parent",
      "[a] include_profile=c.d [c.d] region=x [c] include_profile=e [e] credential_process=p",
      "",
      "a",
      "process a by credential_process=p",
    ],
    [
      "an empty include hides the parent's",
      "[a.b] include_profile= [a] include_profile=e [e] credential_process=p",
      "",
      "a.b",
      "nothing at a.b",
    ],
    [
      "a source in no section, with a key",
      "[a] source_profile=b; role_arn=r",
      "b",
      "a",
      "stored b > role a by role_arn=r",
    ],
    [
      "a source in no section, without a key",
      "[a] source_profile=b; role_arn=r",
      "",
      "a",
      "source-not-found at a by source_profile=b",
    ],
    [
      "a source in no section lives on [default]",
      "[default] credential_process=p [a] source_profile=b; role_arn=r",
      "",
      "a",
      "process b by credential_process=p > role a by role_arn=r",
    ],
    [
      "a source in no section takes the role of [default]",
      "[default] role_arn=d [a] source_profile=b; role_arn=r",
      "b",
      "a",
      "stored b > role b by role_arn=d > role a by role_arn=r",
    ],
    [
      "a source in no section and the source of [default]",
      "[default] source_profile=c [a] source_profile=b [c]",
      "c",
      "a",
      "stored c",
    ],
    ["a name in no section, with a key", "[a] region=x", "b", "b", "stored b"],
    [
      "a name in no section lives on [default]",
      "[default] credential_process=p",
      "",
      "b",
      "process b by credential_process=p",
    ],
    ["a name in no section, and no [default]", "[a] region=x", "", "b", "nothing at b"],

    ["a session's section", "[a] sso_session=s [sso-session s] sso_start_url=u", "", "a", "sso a by sso_session=s"],
    ["a session without a section", "[a] sso_session=s", "", "a", "nothing at a"],
    [
      "a session without a section, and a start URL",
      "[a] sso_session=s; sso_start_url=u",
      "",
      "a",
      "sso a by sso_start_url=u",
    ],
    [
      "the session of [default] over the own start URL",
      "[default] sso_session=s [a] sso_start_url=u [sso-session s] sso_start_url=v",
      "",
      "a",
      "sso a by sso_session=s",
    ],
    [
      "a session without a start URL takes the own one away",
      "[default] sso_session=s [a] sso_start_url=u [sso-session s] sso_region=x",
      "",
      "a",
      "nothing at a",
    ],
    [
      "a session of [default] without a section leaves the own start URL",
      "[default] sso_session=s [a] sso_start_url=u",
      "",
      "a",
      "sso a by sso_start_url=u",
    ],
    [
      "the first session, though it has no section",
      "[default] sso_session=s [a] sso_session=t [sso-session s] sso_start_url=v",
      "",
      "a",
      "nothing at a",
    ],
    [
      "a session of an include",
      "[c] sso_session=s [a] include_profile=c [sso-session s] sso_start_url=v",
      "",
      "a",
      "sso a by sso_session=s",
    ],
    [
      "the start URL of a session's parent",
      "[a] sso_session=s.t [sso-session s.t] sso_region=x [sso-session s] sso_start_url=v",
      "",
      "a",
      "sso a by sso_session=s.t",
    ],

    ["two sources in a circle", "[a] source_profile=b [b] source_profile=a", "", "a", "loop at b by source_profile=a"],
    [
      "a key in the circle does not end it",
      "[a] source_profile=b [b] source_profile=a",
      "a b",
      "a",
      "loop at b by source_profile=a",
    ],
    [
      "a circle beyond a key",
      "[k] source_profile=a [a] source_profile=b [b] source_profile=a",
      "k",
      "k",
      "loop at b by source_profile=a",
    ],
    [
      "a circle that [default] closes",
      "[default] source_profile=a [a] source_profile=b [b]",
      "",
      "a",
      "loop at b by source_profile=a",
    ],
    [
      "a circle through a name in no section",
      "[default] source_profile=a [a] source_profile=b",
      "b",
      "a",
      "loop at b by source_profile=a",
    ],
    [
      "two includes in a circle",
      "[a] include_profile=b [b] include_profile=a",
      "a",
      "a",
      "include-loop at b by include_profile=a",
    ],
    ["an include of itself", "[a] include_profile=a", "a", "a", "include-loop at a by include_profile=a"],
    [
      "an include in [default] that comes back to it",
      "[default] include_profile=b [b] region=x",
      "a",
      "a",
      "include-loop at b by include_profile=b",
    ],
    [
      "an include beyond a key that goes in a circle",
      "[a] source_profile=b [b] include_profile=b",
      "a",
      "a",
      "include-loop at b by include_profile=b",
    ],
    ["an include of nobody", "[a] include_profile=z", "a", "a", "stored a"],
    [
      "an include of [default]",
      "[default] credential_process=p [a] include_profile=default",
      "",
      "a",
      "process a by credential_process=p",
    ],

    [
      "a duration where seconds belong",
      "[a] duration_seconds=1h",
      "a",
      "a",
      "value-refused at a by duration_seconds=1h",
    ],
    [
      "a duration where seconds belong, in a lower section",
      "[default] duration_seconds=15m [a] duration_seconds=900",
      "a",
      "a",
      "value-refused at a by duration_seconds=15m",
    ],
    [
      "a duration where seconds belong, in the source of a key",
      "[a] source_profile=b [b] duration_seconds=-1s",
      "a",
      "a",
      "value-refused at b by duration_seconds=-1s",
    ],
    [
      "a refused value above a good source",
      "[a] source_profile=b; duration_seconds=1h [b]",
      "b",
      "a",
      "value-refused at a by duration_seconds=1h",
    ],
    [
      "an include in a circle above a good source",
      "[a] source_profile=b; include_profile=a [b]",
      "b",
      "a",
      "include-loop at a by include_profile=a",
    ],
    ["no time at all", "[a] duration_seconds=0s", "a", "a", "stored a"],
    ["no number", "[a] duration_seconds=soon", "a", "a", "stored a"],
    ["tags that are masked are taken as good", "[a] session_tags=secret", "a", "a", "stored a"],
  ])("%s", (_, config, stored, profile, expected) => {
    const reading = readingOf(tool, config);
    expect(tellRoute(routeInAwsVault(profile, reading, around(stored)))).toBe(expected);
    const known = routes(reading, around(stored));
    expect([...known].map(([name]) => name).sort()).toEqual([...reading.profiles.keys()].sort());
    if (reading.profiles.has(profile) && !expected.includes("loop"))
      expect(tellRoute(known.get(profile)!)).toBe(expected);
  });

  test("where the store cannot be listed, a profile without a way may have its key there", () => {
    const reading = readingOf(tool, "[a] role_arn=r; source_profile=b [c] credential_process=p");
    const unlisted = { stored: undefined, seesCredentials: true };
    expect(tellRoute(routeInAwsVault("a", reading, unlisted))).toBe("stored b > role a by role_arn=r");
    expect(tellRoute(routeInAwsVault("c", reading, unlisted))).toBe("process c by credential_process=p");
  });
});

test("ten thousand profiles with a key each, in one chain, cost a step each", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `p${index}`);
  const reading = readingOf(BYTENESS, names.map((name, index) => `[${name}] source_profile=p${index + 1}`).join(" "));
  const start = process.cpuUsage().user;
  const told = [...routes(reading, around(names.join(" ")))].map(([, route]) => tellRoute(route));
  expect(told).toEqual(names.map((name) => `stored ${name}`));
  expect(process.cpuUsage().user - start).toBeLessThan(2_000_000);
});

/** `keys base (no session: …) > session base 8h ← default, mfa me > role dev 1h ← flag, chained mfa, cached me`. */
function tellPlan({ calls }: SessionPlan): string {
  return calls.map(tellCall).join(" > ");
}

function tellCall(call: Call): string {
  const cached =
    "cache" in call && call.cache ? `, cached ${call.cache.type}:${call.cache.profile}:${call.cache.mfa}` : "";
  switch (call.kind) {
    case "stored-keys": {
      const why = call.withoutSession.map(({ profile, because }) => `${profile}: ${because}`).join(", ");
      return `keys ${call.profile}${why ? ` (${why})` : ""}`;
    }
    case "GetSessionToken":
      return `session ${call.profile} ${tellDuration(call.duration)}${tellMfa(call.mfa)}${cached}`;
    case "AssumeRole":
      return `role ${call.profile} ${call.role.value} ${tellDuration(call.duration)}${tellMfa(call.mfa)}${cached}`;
    case "AssumeRoleWithWebIdentity":
      return `token ${call.profile} ${call.role?.value} ${call.token.name} ${tellDuration(call.duration)}${cached}`;
    case "GetRoleCredentials":
      return `sso ${call.profile} ${call.startUrl.value} ${call.region?.value} ${call.account?.value} ${call.role?.value}${cached}`;
    case "credential_process":
      return `command ${call.profile} ${call.command.value}${cached}`;
    case "written-keys":
      return `keys ${call.profile} in ${call.file}`;
    case "named-source":
      return `${call.source.value} ${call.profile}`;
    case "login":
      return `login ${call.profile} ${call.session.value}`;
  }
}

function tellMfa(mfa: Mfa): string {
  if (mfa.kind === "no-serial") return "";
  if (mfa.kind === "chained") return ", chained mfa";
  const from = mfa.serial.by.kind === "variable" ? ` ← ${mfa.serial.by.variable}` : "";
  return `, mfa ${mfa.serial.value}${from}${mfa.process ? ` by ${mfa.process.value}` : ""}`;
}

function tellDuration({ seconds, by }: Duration): string {
  const long = formatGoDuration(seconds).replaceAll(/(?<=[hm])0[ms]/g, "");
  switch (by.kind) {
    case "setting":
      return `${long} ← line ${by.setting.at.span?.line}`;
    case "variable":
      return `${long} ← ${by.variable}`;
    case "role-chaining":
      return `${long} ← chaining, not ${tellDuration(by.asked)}`;
    case "flag":
    case "default":
      return `${long} ← ${by.kind}`;
  }
}

interface Told {
  readonly noSession?: boolean;
  readonly noSessionFor?: string;
  readonly duration?: number;
  readonly caching?: boolean;
  readonly variables?: SessionVariables;
}

const settingsOf = (told: Told): SessionSettings => ({ noSession: false, caching: false, variables: {}, ...told });

function planOf(tool: Tool, config: string, stored: string, profile: string, told: Told): SessionPlan {
  const reading = readingOf(tool, config);
  return sessionPlan(profile, routeInAwsVault(profile, reading, around(stored)), reading, settingsOf(told));
}

const DEV = "[base] mfa_serial=me [dev] source_profile=base; role_arn=r; mfa_serial=me";
const LONG_DEV = `${DEV}; duration_seconds=7200`;
const TWO_ROLES =
  "[default] mfa_serial=me [base] [a] source_profile=base; role_arn=ra [b] source_profile=a; role_arn=rb";

type PlanRow = readonly [what: string, told: Told, config: string, stored: string, profile: string, plan: string];
type OfEither = readonly [what: string, told: Told, config: string, profile: string, byteness: string, designs: string];

describe("plans that the two aws-vaults share", () => {
  test.each<PlanRow>([
    ["keys alone become a session", {}, "[a]", "a", "a", "keys a > session a 1h ← default"],
    ["and with a device, it names it", {}, "[a] mfa_serial=me", "a", "a", "keys a > session a 1h ← default, mfa me"],
    ["or not at all", { noSession: true }, "[a]", "a", "a", "keys a (a: no-session-flag)"],
    ["nor for a login", { noSessionFor: "a" }, "[a]", "a", "a", "keys a (a: login)"],
    [
      "a role on keys of its own needs no session",
      {},
      "[a] role_arn=r; mfa_serial=me",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 1h ← default, mfa me",
    ],
    [
      "one device, one code",
      {},
      DEV,
      "base",
      "dev",
      "keys base > session base 8h ← default, mfa me > role dev r 1h ← default, chained mfa",
    ],
    [
      "no session, and the role asks for the code",
      { noSession: true },
      DEV,
      "base",
      "dev",
      "keys base (base: no-session-flag, dev: role-takes-keys) > role dev r 1h ← default, mfa me",
    ],
    [
      "the role has no device",
      {},
      "[base] mfa_serial=me [dev] source_profile=base; role_arn=r",
      "base",
      "dev",
      "keys base (base: user-has-no-mfa, dev: role-takes-keys) > role dev r 1h ← default",
    ],
    [
      "the source has no device",
      {},
      "[base] [dev] source_profile=base; role_arn=r; mfa_serial=me",
      "base",
      "dev",
      "keys base (base: no-mfa, dev: role-takes-keys) > role dev r 1h ← default, mfa me",
    ],
    [
      "two devices",
      {},
      "[base] mfa_serial=you [dev] source_profile=base; role_arn=r; mfa_serial=me",
      "base",
      "dev",
      "keys base (base: other-mfa, dev: role-takes-keys) > role dev r 1h ← default, mfa me",
    ],
    [
      "a profile in between may start the session",
      {},
      "[base] [via] source_profile=base; mfa_serial=me [dev] source_profile=via; role_arn=r; mfa_serial=me",
      "base",
      "dev",
      "keys base (base: no-mfa) > session via 8h ← default, mfa me > role dev r 1h ← default, chained mfa",
    ],
    [
      "a role on own keys that serves no role",
      {},
      "[base] role_arn=r; mfa_serial=me [dev] source_profile=base; mfa_serial=me",
      "base",
      "dev",
      "keys base (base: role-takes-keys) > role base r 1h ← default, mfa me",
    ],
    [
      "one code for two roles",
      {},
      TWO_ROLES,
      "base",
      "b",
      "keys base > session base 8h ← default, mfa me > role a ra 1h ← default, chained mfa > role b rb 1h ← default, chained mfa",
    ],
    [
      "a device from a variable",
      { variables: { AWS_MFA_SERIAL: "you" } },
      DEV,
      "base",
      "dev",
      "keys base > session base 8h ← default, mfa you ← AWS_MFA_SERIAL > role dev r 1h ← default, chained mfa",
    ],
    [
      "a role from a variable, for the target alone",
      { variables: { AWS_ROLE_ARN: "v" } },
      "[base] [dev] source_profile=base",
      "base",
      "dev",
      "keys base (base: user-has-no-mfa, dev: role-takes-keys) > role dev v 1h ← default",
    ],
    [
      "a command for the code",
      {},
      "[a] mfa_serial=me; mfa_process=/bin/code",
      "a",
      "a",
      "keys a > session a 1h ← default, mfa me by /bin/code",
    ],
    [
      "a role on a single sign-on",
      {},
      "[s] sso_start_url=u; sso_region=x; sso_account_id=1; sso_role_name=n [a] source_profile=s; role_arn=r",
      "",
      "a",
      "sso s u x 1 n > role a r 1h ← default",
    ],
    [
      "a role beside a single sign-on is not assumed",
      {},
      "[s] sso_start_url=u; role_arn=r",
      "",
      "s",
      "sso s u undefined undefined undefined",
    ],
    [
      "a token",
      {},
      "[w] role_arn=r; web_identity_token_file=/t; duration_seconds=900",
      "",
      "w",
      "token w r web_identity_token_file 15m ← line 5",
    ],
    [
      "a token without a role",
      {},
      "[w] web_identity_token_process=/t",
      "",
      "w",
      "token w undefined web_identity_token_process 1h ← default",
    ],
    ["a command", {}, "[c] credential_process=/bin/c", "", "c", "command c /bin/c"],
    ["no way, no calls", {}, "[a] role_arn=r", "", "a", ""],
    ["no way out of a circle", {}, "[a] source_profile=b [b] source_profile=a", "", "a", ""],

    ["the flag", { duration: 900 }, "[a]", "a", "a", "keys a > session a 15m ← flag"],
    [
      "the flag over all",
      { duration: 900, variables: { AWS_SESSION_TOKEN_TTL: "2h" } },
      "[a]",
      "a",
      "a",
      "keys a > session a 15m ← flag",
    ],
    ["no flag", { duration: 0 }, "[a]", "a", "a", "keys a > session a 1h ← default"],
    [
      "a variable",
      { variables: { AWS_SESSION_TOKEN_TTL: "2h" } },
      "[a]",
      "a",
      "a",
      "keys a > session a 2h ← AWS_SESSION_TOKEN_TTL",
    ],
    [
      "a variable without a unit is none",
      { variables: { AWS_SESSION_TOKEN_TTL: "43200" } },
      "[a]",
      "a",
      "a",
      "keys a > session a 1h ← default",
    ],
    [
      "another variable for a source",
      { variables: { AWS_SESSION_TOKEN_TTL: "2h", AWS_CHAINED_SESSION_TOKEN_TTL: "3h" } },
      DEV,
      "base",
      "dev",
      "keys base > session base 3h ← AWS_CHAINED_SESSION_TOKEN_TTL, mfa me > role dev r 1h ← default, chained mfa",
    ],
    [
      "a role's own time",
      {},
      "[a] role_arn=r; duration_seconds=900",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 15m ← line 4",
    ],
    [
      "a variable over a role's own time",
      { variables: { AWS_ASSUME_ROLE_TTL: "20m" } },
      "[a] role_arn=r; duration_seconds=900",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 20m ← AWS_ASSUME_ROLE_TTL",
    ],
    [
      "zero is no time",
      { variables: { AWS_ASSUME_ROLE_TTL: "0s" } },
      "[a] role_arn=r; duration_seconds=900",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 15m ← line 4",
    ],
    [
      "zero in the file is no time, and [default] has one",
      {},
      "[default] duration_seconds=1200 [a] role_arn=r; duration_seconds=0",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 20m ← line 3",
    ],
    [
      "a number as Go writes it",
      {},
      "[a] role_arn=r; duration_seconds=0x384",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 15m ← line 4",
    ],
    [
      "a role on own keys may be long",
      {},
      "[a] role_arn=r; duration_seconds=7200",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 2h ← line 4",
    ],

    [
      "a session is cached",
      { caching: true },
      "[a]",
      "a",
      "a",
      "keys a > session a 1h ← default, cached sts.GetSessionToken:a:",
    ],
    [
      "a role is not, where the session was",
      { caching: true },
      DEV,
      "base",
      "dev",
      "keys base > session base 8h ← default, mfa me, cached sts.GetSessionToken:base:me > role dev r 1h ← default, chained mfa",
    ],
    [
      "a role without a code is not",
      { caching: true },
      "[a] role_arn=r",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 1h ← default",
    ],
    [
      "a role with a code is",
      { caching: true },
      "[a] role_arn=r; mfa_serial=me",
      "a",
      "a",
      "keys a (a: role-takes-keys) > role a r 1h ← default, mfa me, cached sts.AssumeRole:a:me",
    ],
    [
      "a token's role is, without a device",
      { caching: true },
      "[w] role_arn=r; web_identity_token_file=/t; mfa_serial=me",
      "",
      "w",
      "token w r web_identity_token_file 1h ← default, cached sts.AssumeRoleWithWebIdentity:w:",
    ],
    [
      "a single sign-on is, by its start URL",
      { caching: true },
      "[s] sso_start_url=u",
      "",
      "s",
      "sso s u undefined undefined undefined, cached sso.GetRoleCredentials:s:u",
    ],
    [
      "a command's answer is",
      { caching: true },
      "[c] credential_process=/bin/c; mfa_serial=me",
      "",
      "c",
      "command c /bin/c, cached credential_process:c:",
    ],
  ])("%s", (_, told, config, stored, profile, plan) => {
    for (const tool of AWS_VAULT) expect(tellPlan(planOf(tool, config, stored, profile, told)), tool).toBe(plan);
  });
});

describe("plans that differ between the two aws-vaults", () => {
  test.each<OfEither>([
    [
      "one role for more than an hour goes without a session",
      {},
      LONG_DEV,
      "dev",
      "keys base (base: one-long-role, dev: role-takes-keys) > role dev r 2h ← line 8, mfa me",
      "keys base (base: role-too-long-for-chaining, dev: role-takes-keys) > role dev r 2h ← line 8, mfa me",
    ],
    [
      "two roles for more than an hour",
      { duration: 43_200 },
      TWO_ROLES,
      "b",
      "keys base > session base 12h ← flag, mfa me > role a ra 1h ← chaining, not 12h ← flag, chained mfa > role b rb 1h ← chaining, not 12h ← flag, chained mfa",
      "keys base (base: role-too-long-for-chaining, a: role-takes-keys) > role a ra 12h ← flag, mfa me > role b rb 12h ← flag, mfa me",
    ],
    [
      "the flag and a source's session",
      { duration: 1800 },
      DEV,
      "dev",
      "keys base > session base 30m ← flag, mfa me > role dev r 30m ← flag, chained mfa",
      "keys base > session base 8h ← default, mfa me > role dev r 30m ← flag, chained mfa",
    ],
    [
      "a role on own keys that serves another role",
      {},
      "[default] mfa_serial=me [base] role_arn=rb [dev] source_profile=base; role_arn=r",
      "dev",
      "keys base > session base 8h ← default, mfa me > role base rb 1h ← default, chained mfa > role dev r 1h ← default, chained mfa",
      "keys base (base: role-takes-keys) > role base rb 1h ← default, mfa me > role dev r 1h ← default, mfa me",
    ],
    [
      "a role that a second one caps, without any session",
      { noSession: true },
      "[base] [a] source_profile=base; role_arn=ra; duration_seconds=7200 [b] source_profile=a; role_arn=rb; duration_seconds=7200",
      "b",
      "keys base (base: no-session-flag, a: no-session-flag) > role a ra 2h ← line 6 > role b rb 1h ← chaining, not 2h ← line 10",
      "keys base (base: no-session-flag, a: role-takes-keys) > role a ra 2h ← line 6 > role b rb 2h ← line 10",
    ],
    [
      "the source's command for the code",
      {},
      "[base] mfa_process=/bin/code [dev] source_profile=base; role_arn=r; mfa_serial=me",
      "dev",
      "keys base (base: no-mfa, dev: role-takes-keys) > role dev r 1h ← default, mfa me by /bin/code",
      "keys base (base: no-mfa, dev: role-takes-keys) > role dev r 1h ← default, mfa me",
    ],
    [
      "the command of a source that is not needed",
      {},
      "[code] mfa_process=/bin/code [base] source_profile=code; mfa_serial=me",
      "base",
      "keys base > session base 1h ← default, mfa me by /bin/code",
      "keys base > session base 1h ← default, mfa me",
    ],
  ])("%s", (_, told, config, profile, byteness, designs) => {
    expect(tellPlan(planOf(BYTENESS, config, "base", profile, told))).toBe(byteness);
    expect(tellPlan(planOf(OLD, config, "base", profile, told))).toBe(designs);
  });

  test("what it says of a role that is too long", () => {
    const [keys] = planOf(OLD, LONG_DEV, "base", "dev", {}).calls;
    assert(keys?.kind === "stored-keys");
    expect(keys.withoutSession.map(({ says }) => says)).toEqual([
      "duration 2h0m0s in profile 'dev' is greater than the AWS maximum 1h0m0s for chaining MFA",
      undefined,
    ]);
  });
});

test("a plan tells the chain, also where it leads nowhere", () => {
  const config = "[a] source_profile=b [b] source_profile=c [c]";
  expect(planOf(BYTENESS, config, "c", "a", {}).chain).toEqual(["a", "b", "c"]);
  expect(planOf(BYTENESS, config, "b", "a", {}).chain).toEqual(["a", "b"]);
  expect(planOf(BYTENESS, config, "", "a", {}).chain).toEqual(["a", "b", "c"]);
});

test.each<[string | undefined, string]>([
  [undefined, "5m ← default"],
  ["10m", "10m ← AWS_MIN_TTL"],
  ["0", "0s ← AWS_MIN_TTL"],
  ["300", "5m ← default"],
])("with AWS_MIN_TTL=%s a session is used while it lasts %s", (value, expected) => {
  const variables = value === undefined ? {} : { AWS_MIN_TTL: value };
  expect(tellDuration(planOf(BYTENESS, "[a]", "a", "a", { variables }).reuse)).toBe(expected);
});

test("the console's session has a variable of its own", () => {
  const variables = { AWS_FEDERATION_TOKEN_TTL: "2h", AWS_SESSION_TOKEN_TTL: "3h" };
  expect(tellDuration(federationDuration(settingsOf({ variables })))).toBe("2h ← AWS_FEDERATION_TOKEN_TTL");
  expect(tellDuration(federationDuration(settingsOf({ variables, duration: 900 })))).toBe("15m ← flag");
  expect(tellDuration(federationDuration(settingsOf({})))).toBe("1h ← default");
});

describe("whatever stands in the file", () => {
  const name = fc.constantFrom("a", "b", "c", "a.b", "default");
  const line = fc.oneof(
    name.map((value) => `source_profile=${value}`),
    name.map((value) => `include_profile=${value}`),
    fc.constantFrom(
      "role_arn=r",
      "role_arn=",
      "mfa_serial=me",
      "mfa_serial=you",
      "mfa_serial=",
      "credential_process=p",
    ),
    fc.constantFrom("sso_session=s", "sso_start_url=u", "sso_start_url=", "web_identity_token_file=t", "mfa_process=m"),
    fc
      .constantFrom("900", "7200", "43200", "0", "soon", "1h", "-1", "99999999999")
      .map((one) => `duration_seconds=${one}`),
  );
  const section = fc
    .tuple(name, fc.array(line, { maxLength: 5 }))
    .map(([one, lines]) => `[${one}] ${lines.join("; ")}`);
  const config = fc
    .array(section, { minLength: 1, maxLength: 5 })
    .map((all) => `${all.join(" ")} [sso-session s] sso_start_url=u`);
  const ttl = fc.option(fc.constantFrom("2h", "90m", "x", "0", "-3h", "3601s", "1h0.5s"), { nil: "" });
  const told = fc.record({
    noSession: fc.boolean(),
    caching: fc.boolean(),
    duration: fc.option(fc.constantFrom(900, 3600, 43_200), { nil: 0 }),
    variables: fc.record({ AWS_ASSUME_ROLE_TTL: ttl, AWS_CHAINED_SESSION_TOKEN_TTL: ttl, AWS_MIN_TTL: ttl }),
  });
  const stored = fc.subarray(["a", "b", "c", "a.b", "default", "z"]).map((all) => all.join(" "));

  test("there is a plan where there is a route, and no role behind a session or a role lasts more than an hour", () => {
    fc.assert(
      fc.property(config, told, stored, name, fc.constantFrom(...AWS_VAULT), (file, settings, keys, profile, tool) => {
        const reading = readingOf(tool, file);
        const route = routeInAwsVault(profile, reading, around(keys));
        const { calls, chain } = sessionPlan(profile, route, reading, settingsOf(settings));
        expect(calls.length > 0).toBe(route.found);
        expect(chain[0]).toBe(profile);
        expect(new Set(chain).size).toBe(chain.length);
        const roles = calls.filter(({ kind }) => kind === "AssumeRole").map((call) => call.profile);
        if (route.found)
          expect(roles).toEqual(hops(route).flatMap((hop) => (hop.kind === "role" ? [hop.profile] : [])));
        for (const [index, call] of calls.entries()) {
          if (call.kind !== "AssumeRole" || tool === OLD) continue;
          const { kind } = calls[index - 1]!;
          if (kind === "GetSessionToken" || kind === "AssumeRole")
            expect(call.duration.seconds).toBeLessThanOrEqual(3600);
        }
        if (!settings.caching) for (const call of calls) expect("cache" in call && call.cache).toBeFalsy();
      }),
      { numRuns: 2000 },
    );
  });

  test("one profile's way is the same alone as among all", () => {
    fc.assert(
      fc.property(config, stored, fc.constantFrom(...AWS_VAULT), (file, keys, tool) => {
        const reading = readingOf(tool, file);
        for (const [profile, route] of routes(reading, around(keys))) {
          const alone = routeInAwsVault(profile, reading, around(keys));
          expect(alone.found).toBe(route.found);
          if (route.found) expect(tellRoute(alone)).toBe(tellRoute(route));
        }
      }),
    );
  });
});

describe("Go's durations", () => {
  test.each<[string, number | undefined]>([
    ["1h30m", 5400],
    ["43200", undefined],
    ["43200s", 43_200],
    ["", undefined],
    ["0", 0],
    ["+0", 0],
    ["0s", 0],
    ["1.5h", 5400],
    [".5m", 30],
    ["1.m", 60],
    [".m", undefined],
    ["-90m", -5400],
    ["+90m", 5400],
    ["--1s", undefined],
    ["1m1m", 120],
    ["1m 1s", undefined],
    [" 1s", undefined],
    ["1d", undefined],
    ["1H", undefined],
    ["1500ms", 1.5],
    ["1500000us", 1.5],
    ["1500000µs", 1.5],
    ["1500000μs", 1.5],
    ["1h0.5s", 3600.5],
    ["2562047h", 9_223_369_200],
    ["2562048h", undefined],
  ])("'%s' is %s seconds", (text, seconds) => {
    const parsed = parseGoDuration(text);
    if (seconds === undefined) expect(parsed).toBeUndefined();
    else expect(parsed).toBeCloseTo(seconds, 9);
  });

  test.each<[number, string]>([
    [0, "0s"],
    [3600, "1h0m0s"],
    [43_200, "12h0m0s"],
    [90, "1m30s"],
    [90.5, "1m30.5s"],
    [59, "59s"],
    [0.25, "250ms"],
    [-3661, "-1h1m1s"],
  ])("%s seconds are written '%s'", (seconds, text) => expect(formatGoDuration(seconds)).toBe(text));

  test("what is written is read", () => {
    fc.assert(
      fc.property(fc.integer(), (seconds) => {
        expect(parseGoDuration(formatGoDuration(seconds))).toBe(seconds);
      }),
    );
  });

  test.each<[string, bigint | undefined]>([
    ["3600", 3600n],
    ["0", 0n],
    ["010", 8n],
    ["0o10", 8n],
    ["0b11", 3n],
    ["0XfF", 255n],
    ["3_600", 3600n],
    ["3__600", undefined],
    ["_1", undefined],
    ["08", undefined],
    ["-1", undefined],
    ["+1", undefined],
    ["1.5", undefined],
    ["", undefined],
    ["18446744073709551615", 18_446_744_073_709_551_615n],
    ["18446744073709551616", undefined],
  ])("'%s' is the number %s", (text, number) => expect(parseGoWhole(text)).toBe(number));
});

describe("tags", () => {
  test.each<[string, Record<string, string> | undefined]>([
    ["team=blue", { team: "blue" }],
    [" team = blue , cost=1=2", { team: "blue", cost: "1=2" }],
    ["team=blue,team=red", { team: "red" }],
    ["=", { "": "" }],
    ["team", undefined],
    ["team=blue,", undefined],
    ["", undefined],
  ])("'%s' says %o", (text, tags) => {
    const parsed = parseSessionTags(text);
    expect(parsed && Object.fromEntries(parsed)).toEqual(tags);
  });

  test.each<[string, string[]]>([
    ["team, cost ,", ["team", "cost"]],
    ["", []],
  ])("'%s' hands on %o", (text, keys) => expect(parseTransitiveTags(text)).toEqual(keys));
});

describe("names in the store", () => {
  const key = { type: "sts.GetSessionToken", profile: "work", mfa: "arn:aws:iam::111:mfa/me", expires: 1_700_000_000 };
  const name = "sts.GetSessionToken,d29yaw,YXJuOmF3czppYW06OjExMTptZmEvbWU,1700000000";

  test("a session's", () => {
    expect(formatSessionKey(key)).toBe(name);
    expect(parseSessionKey(name)).toEqual(key);
    expect(sessionKeyPrefix({ ...key, mfa: "" })).toBe("sts.GetSessionToken,d29yaw,,");
  });

  test.each([
    "work",
    "a,b,c",
    "t,d29yaw,,",
    "t,d29yaw,,12x",
    "t,d29ya=,,1",
    "t,d29ya,,1",
    "t,d2 yaw,,1",
    ",d29yaw,,1",
    "t,d29yaw,,9223372036854775808",
  ])("'%s' is none", (other) => {
    expect(parseSessionKey(other)).toBeUndefined();
    expect(isLegacySessionKey(other)).toBe(false);
    expect(isProfileKey(other)).toBe(true);
  });

  test.each(["session,d29yaw,,1700000000", "session:work:me:1700000000", "session:work::soon", "work session (31)"])(
    "'%s' is an older version's",
    (old) => {
      expect(isLegacySessionKey(old)).toBe(true);
      expect(isProfileKey(old)).toBe(false);
    },
  );

  test("neither a session nor a token is a profile", () => {
    expect([name, "oidc:https://x.example/start", "work", "oidc"].filter(isProfileKey)).toEqual(["work", "oidc"]);
  });

  test("what is written is read, whatever the profile is called", () => {
    const any = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(any, any, fc.nat(), (profile, mfa, expires) => {
        const written = { type: "credential_process", profile, mfa, expires };
        expect(parseSessionKey(formatSessionKey(written))).toEqual(written);
      }),
    );
  });
});

test("an expiry is written in UTC, to the second", () => {
  expect(timestamp(new Date("2024-02-29T23:59:59.999+01:00"))).toBe("2024-02-29T22:59:59Z");
});
