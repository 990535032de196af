import type { Profile, Reading, Setting } from "../model/reading.ts";
import type { Hop, Route } from "../model/route.ts";
import { namedSourceRoute } from "./own-aws.ts";
import { lost, type Step, type Surroundings, start } from "./step.ts";
import { loader } from "./vault-loading.ts";
import { ssoSettings, vaultSetting } from "./vault-settings.ts";

/** How the two aws-vaults start from a profile. They read no credentials file; keys are in their store. */
export function stepsInAwsVault(
  reading: Reading,
  { stored, takesNamedSources }: Surroundings,
): (profile: Profile) => Step {
  const load = loader(reading);
  const step = (profile: Profile): Step => {
    const { source, trouble } = load(profile);
    if (trouble !== undefined) return { route: trouble };
    // A key in the store wins over everything that the files say.
    if (stored?.has(profile.name) === true) return fromStore(profile);
    if (source === undefined) {
      const named = takesNamedSources === true ? fromNamedSource(profile) : undefined;
      return named ?? fromItself(profile, reading, stored === undefined);
    }
    const isMadeUp = !reading.profiles.has(source.profile.name);
    return isMadeUp && leadsNowhere(step(source.profile))
      ? { route: lost(profile, "source-not-found", source.by) }
      : { source: source.profile, by: source.by };
  };
  return step;
}

/** The route with the profile's own role on top, if it has one. */
export function withVaultRole(profile: Profile, from: Route): Route {
  const by = vaultSetting(profile, "role_arn");
  return by === undefined ? from : { found: true, hop: { kind: "role", profile: profile.name, by }, from };
}

const fromStore = (profile: Profile): Step => ({
  route: withVaultRole(profile, start({ kind: "stored", profile: profile.name })),
});

function fromNamedSource(profile: Profile): Step | undefined {
  const by = vaultSetting(profile, "credential_source");
  if (by === undefined || vaultSetting(profile, "role_arn") === undefined) return undefined;
  const route = namedSourceRoute(profile, by);
  return { route: route.found ? withVaultRole(profile, route) : route };
}

const leadsNowhere = (step: Step): boolean => "route" in step && !step.route.found;

function fromItself(profile: Profile, reading: Reading, mayBeStored: boolean): Step {
  // What it finds in the profile itself, it uses without the role.
  const own = ownHop(profile, reading);
  if (own !== undefined) return { route: start(own) };
  // A profile without any setting of its own kind may have its key in the store, where we cannot look.
  if (mayBeStored) return fromStore(profile);
  const role = vaultSetting(profile, "role_arn");
  return { route: lost(profile, role ? "role-without-source" : "nothing", role) };
}

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
