import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { Hop } from "../model/route.ts";
import { setting } from "./profiles.ts";
import { lost, type Step, type Surroundings, start, withRole } from "./step.ts";

/** How the two aws-vaults start from a profile. They read no credentials file; keys are in their store. */
export function stepInAwsVault(profile: Profile, reading: Reading, { stored }: Surroundings): Step {
  const fromStore = (name: string): Step => ({
    route: withRole(profile, start({ kind: "stored", profile: name })),
  });
  if (stored?.has(profile.name) === true) return fromStore(profile.name);
  const source = setting(profile, "source_profile");
  if (source !== undefined && source.value !== "" && source.value !== profile.name) {
    const target = reading.profiles.get(source.value);
    if (target !== undefined) return { source: target, by: source };
    // A name that stands in no section may still have a key in the store.
    return stored?.has(source.value) === false
      ? { route: lost(profile, "source-not-found", source) }
      : fromStore(source.value);
  }
  // What it finds in the profile itself, it uses without the role.
  const own = ownHop(profile);
  if (own !== undefined) return { route: start(own) };
  // A profile without any setting of its own kind may have its key in the store, where we cannot look.
  if (stored === undefined) return fromStore(profile.name);
  const role = setting(profile, "role_arn");
  return { route: lost(profile, role ? "role-without-source" : "nothing", role) };
}

function ownHop(profile: Profile): Hop | undefined {
  const { name } = profile;
  const by = (setting_: string): Setting | undefined => setting(profile, setting_);
  const sso = by("sso_session") ?? by("sso_start_url");
  if (sso) return { kind: "sso", profile: name, by: sso };
  const webIdentity = by("web_identity_token_file") ?? by("web_identity_token_process");
  if (webIdentity) return { kind: "web-identity", profile: name, by: webIdentity };
  const process = by("credential_process");
  return process ? { kind: "process", profile: name, by: process } : undefined;
}
