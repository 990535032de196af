import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import { hasAnyKey, hasKeysThatEndAChain, namedSourceRoute, ownRoute } from "./own-aws.ts";
import { lost, type Step, type Surroundings, start, withRole } from "./step.ts";

/**
 * How the AWS CLI and the SDKs start from a profile that they are asked for: its role comes before its own keys.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export function stepInAws(profile: Profile, reading: Reading, surroundings: Surroundings): Step {
  const role = chainedRole(profile);
  if (role === undefined) return { route: ownRoute(profile, reading, surroundings, "asked for") };
  const source = profile.get("source_profile");
  const namedSource = profile.get("credential_source");
  if (source !== undefined && namedSource !== undefined) return { route: lost(profile, "two-sources", namedSource) };
  if (namedSource !== undefined) return { route: onTopOf(namedSourceRoute(profile, namedSource), profile) };
  if (source === undefined || source.value === "") return { route: lost(profile, "role-without-source", role) };
  if (source.value === profile.name) {
    // A profile may be its own source for the sake of its keys, and for nothing else.
    if (!hasAnyKey(profile)) return { route: lost(profile, "loop", source) };
    return { route: onTopOf(ownRoute(profile, reading, surroundings, "source"), profile) };
  }
  const target = reading.profiles.get(source.value);
  if (target !== undefined) return { source: target, by: source };
  if (surroundings.seesCredentials) return { route: lost(profile, "source-not-found", source) };
  return { route: withRole(profile, start({ kind: "stored", profile: source.value })) };
}

/** How they start from a profile that is another one's source: keys of its own come before its role. */
export function stepFromSource(profile: Profile, reading: Reading, surroundings: Surroundings): Step {
  if (chainedRole(profile) === undefined || hasKeysThatEndAChain(profile, reading.tool))
    return { route: ownRoute(profile, reading, surroundings, "source") };
  return stepInAws(profile, reading, surroundings);
}

/** The route with the role of a profile on top, where there is one to go on from. */
export const onTopOf = (route: Route, profile: Profile): Route => (route.found ? withRole(profile, route) : route);

/** The role that is taken with other credentials; with a token, it is taken without any. */
export const chainedRole = (profile: Profile): Setting | undefined =>
  profile.get("web_identity_token_file") === undefined ? profile.get("role_arn") : undefined;
