import type { Profile, Reading, Section, Setting } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import type { Tool } from "../model/tool.ts";
import { ssoRoute } from "./sso-aws.ts";
import { lost, type Surroundings, start } from "./step.ts";

/** A profile may be asked for by its name, or because another one names it as its source. */
export type Reason = "asked for" | "source";

/** The credentials that a profile holds itself: the first kind that it has a setting of decides, also when it is wrong. */
export function ownRoute(profile: Profile, reading: Reading, surroundings: Surroundings, reason: Reason): Route {
  for (const kind of ORDER[reading.tool === "cli" ? "cli" : "sdk"][reason]) {
    const route = FIND[kind](profile, reading);
    if (route?.found === false && route.because === "half-a-key" && !surroundings.seesCredentials) break;
    if (route !== undefined) return route;
  }
  if (!surroundings.seesCredentials) return start({ kind: "stored", profile: profile.name });
  // The AWS CLI does not look for a secret key without an ID.
  const secret = profile.get(SECRET);
  return lost(profile, "nothing", secret, secret === undefined ? [] : [ID]);
}

type Kind =
  | "named source"
  | "token"
  | "sso"
  | "keys in credentials"
  | "keys in config"
  | "keys"
  | "half a key"
  | "login"
  | "process";

/**
 * The order in which kinds are looked for. That of the AWS CLI stands in botocore's credentials.py; of the SDKs there
 * is none that all have: this is what most of them do when a profile holds two kinds.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
const CLI: readonly Kind[] = ["token", "sso", "keys in credentials", "login", "process", "keys in config"];
const SDK: readonly Kind[] = ["named source", "token", "sso", "keys", "login", "process", "half a key"];
const ORDER: Readonly<Record<"cli" | "sdk", Readonly<Record<Reason, readonly Kind[]>>>> = {
  cli: { "asked for": CLI, source: CLI },
  sdk: { "asked for": SDK, source: ["keys", ...SDK] },
};

type Find = (profile: Profile, reading: Reading) => Route | undefined;

const ID = "aws_access_key_id";
const SECRET = "aws_secret_access_key";

const FIND: Readonly<Record<Kind, Find>> = {
  "named source": (profile) => {
    const by = profile.get("credential_source");
    return by && namedSourceRoute(profile, by);
  },
  token: (profile) => {
    const by = profile.get("web_identity_token_file");
    if (by === undefined || by.value === "") return undefined;
    if (!profile.get("role_arn")?.value) return lost(profile, "token-without-role", by, ["role_arn"]);
    return start({ kind: "web-identity", profile: profile.name, by });
  },
  sso: ssoRoute,
  "keys in credentials": (profile) => keysOf(profile, "credentials"),
  "keys in config": (profile) => keysOf(profile, "config"),
  keys: (profile) => {
    const by = profile.get(ID);
    return by && profile.get(SECRET) && start({ kind: "static", profile: profile.name, by });
  },
  "half a key": (profile) => {
    const id = profile.get(ID);
    const by = id ?? profile.get(SECRET);
    return by && lost(profile, "half-a-key", by, [id === undefined ? ID : SECRET]);
  },
  login: (profile) => {
    const by = profile.get("login_session");
    return by && start({ kind: "login", profile: profile.name, by });
  },
  process: (profile) => {
    const by = profile.get("credential_process");
    return by && start({ kind: "process", profile: profile.name, by });
  },
};

/** The AWS CLI takes both halves of a key from one file. */
function keysOf(profile: Profile, file: Section["file"]): Route | undefined {
  const section = profile.layers.find(({ kind }) => kind === file)?.section;
  const by = section?.get(ID);
  if (by === undefined) return undefined;
  return section!.get(SECRET) === undefined
    ? lost(profile, "half-a-key", by, [SECRET])
    : start({ kind: "static", profile: profile.name, by });
}

/** The AWS CLI stops a chain at half a key, the SDKs at a whole one. */
export const hasKeysThatEndAChain = (profile: Profile, tool: Tool): boolean =>
  tool === "cli" ? hasAnyKey(profile) : [ID, SECRET].every((name) => profile.get(name) !== undefined);

export const hasAnyKey = (profile: Profile): boolean => [ID, SECRET].some((name) => profile.get(name) !== undefined);

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html */
const NAMED_SOURCES: readonly string[] = ["Environment", "EcsContainer", "Ec2InstanceMetadata"];

/** Where a profile leads that takes its credentials from the machine it is used on. */
export const namedSourceRoute = (profile: Profile, by: Setting): Route =>
  NAMED_SOURCES.includes(by.value)
    ? start({ kind: "named-source", profile: profile.name, by })
    : lost(profile, "source-unknown", by);
