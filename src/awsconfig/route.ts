import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { Hop, NoRoute, Route } from "../model/route.ts";
import { isAwsVault } from "../model/tool.ts";
import { setting } from "./profiles.ts";

/** What lies outside the two files and decides a route all the same. */
export interface Surroundings {
  /** Profiles that may have a key in aws-vault's store; undefined when the store cannot be listed. */
  readonly stored: ReadonlySet<string> | undefined;
  /** False when the credentials file is not part of what is judged: a profile may be there. */
  readonly seesCredentials: boolean;
}

/**
 * The way of every profile to its credentials, in one tool's reading. Chains share their tails, so the cost is that of
 * one step a profile, however long the chains are.
 */
export function routes(reading: Reading, surroundings: Surroundings): ReadonlyMap<string, Route> {
  const known = new Map<string, Route>();
  for (const first of reading.profiles.values()) {
    if (!known.has(first.name)) walk(first, reading, surroundings, known);
  }
  return known;
}

/** Goes up from a profile until a route is known, and gives each profile on the way its own. */
function walk(first: Profile, reading: Reading, surroundings: Surroundings, known: Map<string, Route>): void {
  const pending: Profile[] = [];
  const visiting = new Set<string>();
  let profile = first;
  let tail = known.get(profile.name);
  while (tail === undefined) {
    const step = firstStep(profile, reading, surroundings);
    if ("route" in step) {
      tail = step.route;
      known.set(profile.name, tail);
      break;
    }
    visiting.add(profile.name);
    pending.push(profile);
    if (visiting.has(step.source.name)) {
      tail = lost(profile, "loop", step.by);
      break;
    }
    profile = step.source;
    tail = known.get(profile.name);
  }
  for (const above of pending.reverse()) {
    tail = tail.found ? withRole(above, tail) : tail;
    known.set(above.name, tail);
  }
}

type Step = { readonly route: Route } | { readonly source: Profile; readonly by: Setting };

/** Where a profile's credentials start: in itself, or in the profile that it names as its source. */
function firstStep(profile: Profile, reading: Reading, surroundings: Surroundings): Step {
  const inAwsVault = isAwsVault(reading.tool);
  const role = setting(profile, "role_arn");
  const source = setting(profile, "source_profile");
  if (inAwsVault && surroundings.stored?.has(profile.name) === true) {
    return { route: withRole(profile, start({ kind: "stored", profile: profile.name })) };
  }
  const namesSource = source !== undefined && source.value !== "" && (inAwsVault || role !== undefined);
  if (namesSource && source.value !== profile.name) {
    const target = reading.profiles.get(source.value);
    // The keys of a source are used as they are, also where it has a role of its own.
    const key = target && !inAwsVault ? staticKey(target) : undefined;
    if (key !== undefined)
      return { route: withRole(profile, start({ kind: "static", profile: target!.name, by: key })) };
    if (target !== undefined) return { source: target, by: source };
    if (!inAwsVault && surroundings.seesCredentials) return { route: lost(profile, "source-not-found", source) };
    // aws-vault reads no credentials file; a name it finds in no section may still have a key in the store.
    if (!inAwsVault || surroundings.stored?.has(source.value) !== false) {
      return { route: withRole(profile, start({ kind: "stored", profile: source.value })) };
    }
    return { route: lost(profile, "source-not-found", source) };
  }
  if (namesSource && !inAwsVault && staticKey(profile) === undefined) return { route: lost(profile, "loop", source) };
  const own = ownHop(profile, inAwsVault, role !== undefined && !namesSource);
  // The token is the role's already; and what aws-vault finds in the profile itself, it uses without the role.
  if (own !== undefined)
    return { route: inAwsVault || own.kind === "web-identity" ? start(own) : withRole(profile, start(own)) };
  // A profile without any setting of its own kind may have its key in the store, where we cannot look.
  if (inAwsVault ? surroundings.stored === undefined : !surroundings.seesCredentials && role === undefined) {
    return { route: withRole(profile, start({ kind: "stored", profile: profile.name })) };
  }
  if (role !== undefined) return { route: lost(profile, "role-without-source", role) };
  return { route: lost(profile, "nothing", undefined) };
}

function ownHop(profile: Profile, inAwsVault: boolean, isBareRole: boolean): Hop | undefined {
  const { name } = profile;
  const by = (setting_: string): Setting | undefined => setting(profile, setting_);
  const webIdentity = by("web_identity_token_file") ?? (inAwsVault ? by("web_identity_token_process") : undefined);
  const sso = by("sso_session") ?? by("sso_start_url");
  const key = inAwsVault ? undefined : by("aws_access_key_id");
  const process = by("credential_process");
  const namedSource = inAwsVault ? undefined : by("credential_source");
  const login = inAwsVault ? undefined : by("login_session");
  if (isBareRole && !inAwsVault) {
    // A role without source_profile starts from a token or a named source; the profile's own keys do not count.
    if (webIdentity) return { kind: "web-identity", profile: name, by: webIdentity };
    return namedSource ? { kind: "named-source", profile: name, by: namedSource } : undefined;
  }
  if (inAwsVault && sso) return { kind: "sso", profile: name, by: sso };
  if (webIdentity) return { kind: "web-identity", profile: name, by: webIdentity };
  if (sso) return { kind: "sso", profile: name, by: sso };
  if (key) return { kind: "static", profile: name, by: key };
  if (login) return { kind: "login", profile: name, by: login };
  return process ? { kind: "process", profile: name, by: process } : undefined;
}

/** The route with the profile's own role on top, if it has one. */
function withRole(profile: Profile, from: Route): Route {
  const by = setting(profile, "role_arn");
  return by === undefined ? from : { found: true, hop: { kind: "role", profile: profile.name, by }, from };
}

const start = (hop: Hop): Route => ({ found: true, hop, from: undefined });
const staticKey = (profile: Profile): Setting | undefined =>
  setting(profile, "aws_secret_access_key") && setting(profile, "aws_access_key_id");

const lost = (profile: Profile, because: NoRoute, by: Setting | undefined): Route => ({
  found: false,
  because,
  by,
  profile: profile.name,
});
