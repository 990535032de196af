import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { Hop, Route } from "../model/route.ts";
import { lost, type Step, type Surroundings, start } from "./step.ts";
import { loadingTroubles } from "./vault-loading.ts";
import { profileNamed, sourceOf, ssoSettings, vaultSetting } from "./vault-settings.ts";

/** How the two aws-vaults start from a profile. They read no credentials file; keys are in their store. */
export function stepsInAwsVault(reading: Reading, { stored }: Surroundings): (profile: Profile) => Step {
  const troubleOf = loadingTroubles(reading);
  return (profile) => {
    const trouble = troubleOf(profile.name);
    return trouble === undefined ? step(profile, reading, stored) : { route: trouble };
  };
}

/** The route with the profile's own role on top, if it has one. */
export function withVaultRole(profile: Profile, from: Route): Route {
  const by = vaultSetting(profile, "role_arn");
  return by === undefined ? from : { found: true, hop: { kind: "role", profile: profile.name, by }, from };
}

function step(profile: Profile, reading: Reading, stored: Surroundings["stored"]): Step {
  const fromStore = (): Step => ({
    route: withVaultRole(profile, start({ kind: "stored", profile: profile.name })),
  });
  // A key in the store wins over everything that the files say.
  if (stored?.has(profile.name) === true) return fromStore();
  const source = sourceOf(profile);
  if (source !== undefined) {
    const target = profileNamed(source.value, reading);
    const isMadeUp = !reading.profiles.has(source.value);
    return isMadeUp && leadsNowhere(step(target, reading, stored))
      ? { route: lost(profile, "source-not-found", source) }
      : { source: target, by: source };
  }
  // What it finds in the profile itself, it uses without the role.
  const own = ownHop(profile, reading);
  if (own !== undefined) return { route: start(own) };
  // A profile without any setting of its own kind may have its key in the store, where we cannot look.
  if (stored === undefined) return fromStore();
  const role = vaultSetting(profile, "role_arn");
  return { route: lost(profile, role ? "role-without-source" : "nothing", role) };
}

const leadsNowhere = (one: Step): boolean => "route" in one && !one.route.found;

function ownHop(profile: Profile, reading: Reading): Hop | undefined {
  const { name } = profile;
  const by = (setting: string): Setting | undefined => vaultSetting(profile, setting);
  const isSso = profile.has("sso_session") || profile.has("sso_start_url");
  const sso = isSso ? ssoSettings(profile, reading).by : undefined;
  if (sso) return { kind: "sso", profile: name, by: sso };
  const webIdentity = by("web_identity_token_file") ?? by("web_identity_token_process");
  if (webIdentity) return { kind: "web-identity", profile: name, by: webIdentity };
  const process = by("credential_process");
  return process ? { kind: "process", profile: name, by: process } : undefined;
}
