import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { Hop } from "../model/route.ts";
import { setting } from "./profiles.ts";
import { lost, type Step, type Surroundings, start, withRole } from "./step.ts";

/** How the AWS CLI and the SDKs start from a profile. */
export function stepInAws(profile: Profile, reading: Reading, surroundings: Surroundings): Step {
  const role = setting(profile, "role_arn");
  const source = setting(profile, "source_profile");
  const namesSource = source !== undefined && source.value !== "" && role !== undefined;
  if (namesSource && source.value !== profile.name) {
    const target = reading.profiles.get(source.value);
    // The keys of a source are used as they are, also where it has a role of its own.
    const key = target && staticKey(target);
    if (key !== undefined)
      return { route: withRole(profile, start({ kind: "static", profile: target!.name, by: key })) };
    if (target !== undefined) return { source: target, by: source };
    if (surroundings.seesCredentials) return { route: lost(profile, "source-not-found", source) };
    return { route: withRole(profile, start({ kind: "stored", profile: source.value })) };
  }
  if (namesSource && staticKey(profile) === undefined) return { route: lost(profile, "loop", source) };
  const own = ownHop(profile, role !== undefined && !namesSource);
  // The token is the role's already.
  if (own !== undefined) return { route: own.kind === "web-identity" ? start(own) : withRole(profile, start(own)) };
  if (role !== undefined) return { route: lost(profile, "role-without-source", role) };
  if (!surroundings.seesCredentials) return { route: start({ kind: "stored", profile: profile.name }) };
  return { route: lost(profile, "nothing", undefined) };
}

function ownHop(profile: Profile, isBareRole: boolean): Hop | undefined {
  const { name } = profile;
  const by = (setting_: string): Setting | undefined => setting(profile, setting_);
  const webIdentity = by("web_identity_token_file");
  if (isBareRole) {
    // A role without source_profile starts from a token or a named source; the profile's own keys do not count.
    if (webIdentity) return { kind: "web-identity", profile: name, by: webIdentity };
    const namedSource = by("credential_source");
    return namedSource ? { kind: "named-source", profile: name, by: namedSource } : undefined;
  }
  if (webIdentity) return { kind: "web-identity", profile: name, by: webIdentity };
  const sso = by("sso_session") ?? by("sso_start_url");
  if (sso) return { kind: "sso", profile: name, by: sso };
  const key = by("aws_access_key_id");
  if (key) return { kind: "static", profile: name, by: key };
  const login = by("login_session");
  if (login) return { kind: "login", profile: name, by: login };
  const process = by("credential_process");
  return process ? { kind: "process", profile: name, by: process } : undefined;
}

const staticKey = (profile: Profile): Setting | undefined =>
  setting(profile, "aws_secret_access_key") && setting(profile, "aws_access_key_id");
