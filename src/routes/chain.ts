import type { Candidate, CandidateKind, Chain, Flaw, Standing } from "../model/chain.ts";
import type { Environment } from "../model/facts.ts";
import type { Place } from "../model/place.ts";
import type { Profile, Reading } from "../model/reading.ts";
import { type Hop, hops, type Route, type Routes } from "../model/route.ts";
import type { Tool } from "../model/tool.ts";
import { chainedRole } from "./step-aws.ts";

/** The profile that is in use, and what chose it: a flag (or a program's own code), a variable, or nobody. */
export interface Chosen {
  readonly name: string;
  readonly by: "flag" | Place | undefined;
}

interface Situation {
  readonly chosen: Chosen;
  readonly environment: Environment;
  readonly reading: Reading;
  readonly routes: Routes;
}

/**
 * Where a tool looks for credentials, in its order; the first that is there decides.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html#cli-chap-authentication-precedence
 */
export function chain(situation: Situation): Chain {
  const { chosen, reading } = situation;
  const { tool } = reading;
  const sights = orderFor(situation).map((kind) => [kind, LOOK[kind](situation)] as const);
  const candidates: Candidate[] = [];
  let end: Candidate | undefined;
  for (const [kind, sight] of sights) {
    const isLeftOut = chosen.by === "flag" && NOT_WITH_A_FLAG.includes(kind);
    const standing = isLeftOut ? LEFT_OUT[sight.is] : end === undefined ? FIRST[sight.is] : LATER[sight.is];
    const { at, because, route } = sight;
    const candidate = { kind, standing, at, because, route };
    candidates.push(candidate);
    if (standing === "wins" || standing === "fails" || standing === "maybe") end = candidate;
  }
  return { tool, profile: chosen.name, candidates, end };
}

/**
 * The AWS CLI takes a profile's role before a token of the environment, and all else that a profile holds after it. The
 * SDKs do not agree: Java, Go, Kotlin, Ruby and PHP take the token first, which this is; Rust, JavaScript and C++ do not.
 */
const ORDER: Readonly<Record<Tool, Readonly<Record<"role" | "own", readonly CandidateKind[]>>>> = {
  cli: {
    role: ["environment-keys", "profile", "environment-token", "container", "instance-metadata"],
    own: ["environment-keys", "environment-token", "profile", "container", "instance-metadata"],
  },
  sdk: {
    role: ["environment-keys", "environment-token", "profile", "container", "instance-metadata"],
    own: ["environment-keys", "environment-token", "profile", "container", "instance-metadata"],
  },
  "aws-vault-byteness": { role: ["profile"], own: ["profile"] },
  "aws-vault-99designs": { role: ["profile"], own: ["profile"] },
};

/** Who names a profile by hand wants that profile: the environment's own credentials do not count. A variable is no hand. */
const NOT_WITH_A_FLAG: readonly CandidateKind[] = ["environment-keys", "environment-token"];

function orderFor({ chosen, reading }: Situation): readonly CandidateKind[] {
  const profile = reading.profiles.get(chosen.name);
  const order = ORDER[reading.tool][profile !== undefined && chainedRole(profile) !== undefined ? "role" : "own"];
  // The AWS CLI reads its files, and looks for the profile's name, before all else.
  const stopsAtOnce = reading.refused.length > 0 || (profile === undefined && chosen.by !== undefined);
  return reading.tool === "cli" && stopsAtOnce ? ["profile", ...order.filter((kind) => kind !== "profile")] : order;
}

/** What is there: all of it, too little (which is an error, or is not even noticed), nothing, or nobody knows. */
type Presence = "whole" | "wrong" | "part" | "none" | "unknown";

interface Sight {
  readonly is: Presence;
  readonly at: readonly Place[];
  readonly because: Flaw | undefined;
  readonly route: Route | undefined;
}

const FIRST: Readonly<Record<Presence, Standing>> = {
  whole: "wins",
  wrong: "fails",
  part: "passed-over",
  none: "absent",
  unknown: "maybe",
};
const LATER: typeof FIRST = {
  whole: "loses",
  wrong: "loses",
  part: "passed-over",
  none: "absent",
  unknown: "absent",
};
const LEFT_OUT: typeof FIRST = {
  whole: "left-out",
  wrong: "left-out",
  part: "left-out",
  none: "absent",
  unknown: "absent",
};

const sight = (is: Presence, at: readonly Place[], because?: Flaw, route?: Route): Sight => ({
  is,
  at,
  because,
  route,
});

const LOOK: Readonly<Record<CandidateKind, (situation: Situation) => Sight>> = {
  "environment-keys": lookAtKeys,
  "environment-token": lookAtToken,
  profile: lookAtProfile,
  container: lookAtContainer,
  "instance-metadata": lookAtInstance,
};

const ID = "AWS_ACCESS_KEY_ID";
const SECRET = "AWS_SECRET_ACCESS_KEY";
const TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN = "AWS_ROLE_ARN";
const CONTAINER = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
const METADATA_DISABLED = "AWS_EC2_METADATA_DISABLED";

/** Nothing but blanks is nothing to the SDKs, and a value to the AWS CLI. */
function isSet({ environment, reading }: Situation, name: string): boolean {
  const value = environment.get(name)?.value ?? "";
  return (reading.tool === "cli" ? value : value.trim()) !== "";
}

const places = (situation: Situation, names: readonly string[]): Place[] =>
  names.filter((name) => isSet(situation, name)).map((variable) => ({ kind: "environment", variable }));

/** Half a key is an error for the AWS CLI when it is the first half; the SDKs look elsewhere. */
function lookAtKeys(situation: Situation): Sight {
  const at = places(situation, [ID, SECRET]);
  if (at.length !== 1) return sight(at.length === 2 ? "whole" : "none", at);
  const isError = situation.reading.tool === "cli" && isSet(situation, ID);
  return sight(isError ? "wrong" : "part", at, "half-a-key");
}

/** The AWS CLI takes the role from the profile when the environment has no such variable, be it an empty one. */
function lookAtToken(situation: Situation): Sight {
  const { chosen, environment, reading } = situation;
  if (!isSet(situation, TOKEN_FILE)) return sight("none", []);
  const at = places(situation, [TOKEN_FILE, ROLE_ARN]);
  if (at.length === 2) return sight("whole", at);
  const profile = reading.tool === "cli" && !environment.has(ROLE_ARN) ? reading.profiles.get(chosen.name) : undefined;
  const role = profile && profile.get("role_arn");
  return role?.value ? sight("whole", [...at, role.at]) : sight("wrong", at, "token-without-role");
}

function lookAtProfile(situation: Situation): Sight {
  const { chosen, reading, routes } = situation;
  if (reading.refused.length > 0)
    return sight(
      "wrong",
      reading.refused.map(({ at }) => at),
      "file-refused",
    );
  const profile = reading.profiles.get(chosen.name);
  const route = routes.get(chosen.name);
  if (profile === undefined || route === undefined) {
    if (chosen.by === undefined) return sight("none", []);
    return sight("wrong", chosen.by === "flag" ? [] : [chosen.by], "profile-not-found");
  }
  if (!route.found) return withoutRoute(situation, profile, route);
  const all = hops(route);
  const at = all.map((hop) => placeOf(hop, profile));
  if (route.hop.kind === "web-identity" && hasEmptyRole(situation))
    return sight("wrong", [...at, { kind: "environment", variable: ROLE_ARN }], "token-without-role", route);
  return isAbsentSource(situation, all[0]!)
    ? sight("wrong", at, "source-absent", route)
    : sight("whole", at, undefined, route);
}

/** For the AWS CLI, the environment's role takes the place of the profile's, also when it is none. */
const hasEmptyRole = ({ chosen, environment, reading }: Situation): boolean =>
  reading.tool === "cli" && chosen.by !== "flag" && environment.get(ROLE_ARN)?.value === "";

function withoutRoute(situation: Situation, profile: Profile, route: Route & { found: false }): Sight {
  const { because, by } = route;
  const at = by === undefined ? [] : [by.at];
  // A profile may have nothing, but not the source of its role.
  if (because === "nothing" && chainedRole(profile) === undefined)
    return sight(by === undefined ? "none" : "part", at, because, route);
  // For the AWS CLI, the environment may give the role to a profile's token; not to that of its source.
  const { chosen, reading } = situation;
  if (because === "token-without-role" && reading.tool === "cli" && route.profile === chosen.name) {
    const role = chosen.by === "flag" ? [] : places(situation, [ROLE_ARN]);
    if (role.length > 0) return sight("whole", [...at, ...role], undefined, route);
  }
  return sight("wrong", at, because, route);
}

const placeOf = (hop: Hop, profile: Profile): Place => ("by" in hop ? hop.by.at : profile.layers[0]!.section.headerAt);

/** credential_source means what this machine has: its keys, its container or its instance. */
function isAbsentSource(situation: Situation, start: Hop): boolean {
  if (start.kind !== "named-source") return false;
  switch (start.by.value) {
    case "Environment":
      return lookAtKeys(situation).is !== "whole";
    case "EcsContainer":
      return lookAtContainer(situation).is !== "whole";
    default:
      return lookAtInstance(situation).is === "none";
  }
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
function lookAtContainer(situation: Situation): Sight {
  const { environment, reading } = situation;
  // An empty address is one for the AWS CLI: it asks there, and stops.
  const isThere = (name: string): boolean => (reading.tool === "cli" ? environment.has(name) : isSet(situation, name));
  const at: Place[] = CONTAINER.filter(isThere).map((variable) => ({ kind: "environment", variable }));
  return sight(at.length > 0 ? "whole" : "none", at);
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html */
function lookAtInstance({ environment }: Situation): Sight {
  const isDisabled = environment.get(METADATA_DISABLED)?.value.toLowerCase() === "true";
  return isDisabled ? sight("none", [{ kind: "environment", variable: METADATA_DISABLED }]) : sight("unknown", []);
}
