import { AWS_VAULT, isAwsVault, list, ownSetting, type Profile, rule, type Setting, suffering } from "#rule";

const LEAKS = [
  "source_profile",
  "role_arn",
  "sso_session",
  "sso_start_url",
  "credential_process",
  "web_identity_token_file",
];
const OWN = [...LEAKS, "include_profile"];

export default rule({
  id: "default-settings-leak-in-aws-vault",
  severity: "warning",
  category: "profiles",
  for: AWS_VAULT,
  summary: "a setting of [default] that changes how aws-vault comes to another profile's credentials",
  why: "aws-vault fills what a profile lacks from [default]: a source_profile or a role of [default] becomes that of a profile with single sign-on or a process of its own, which the other tools do not do.",
  remedy:
    "move the settings from [default] to a profile with a name, and include that where it is wanted (include_profile)",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/config.md#include_profile"],
  about: { settings: LEAKS },
  needs: ["config", "profiles"],
  *check({ config, profiles }) {
    if (LEAKS.every((name) => config.linesNamed(name).length === 0)) return;
    const bare = new Map<string, { by: Setting; names: string[] }>();
    const told = new Map<string, { by: Setting; names: Set<string>; first: Setting }>();
    for (const tool of profiles.tools.filter(isAwsVault)) {
      const reading = profiles.readings.get(tool)!;
      const shared = reading.profiles.get("default");
      const leaking = shared === undefined ? [] : LEAKS.filter((name) => shared.has(name));
      if (leaking.length === 0) continue;
      for (const profile of reading.profiles.values()) {
        const own =
          profile === shared
            ? undefined
            : OWN.map((name) => ownSetting(profile, name)).find((one) => one !== undefined);
        if (profile !== shared && own === undefined && !profile.has("aws_access_key_id")) {
          const by = leaking
            .map((name) => profile.get(name))
            .find((one) => one !== undefined && one.value !== profile.name);
          if (by !== undefined) bare.set(by.name, { by, names: [...(bare.get(by.name)?.names ?? []), profile.name] });
        }
        if (own === undefined || ownSetting(profile, "include_profile") !== undefined) continue;
        const leak = leaking.map((name) => leakInto(profile, name, own)).find((one) => one !== undefined);
        if (leak === undefined) continue;
        const known = told.get(leak.name) ?? { by: leak, names: new Set<string>(), first: own };
        told.set(leak.name, known);
        known.names.add(profile.name);
      }
    }
    for (const { by, names } of bare.values()) {
      if (told.has(by.name)) continue;
      yield {
        at: by.at,
        says: `aws-vault hands ${by.name} of [default] on to ${list(names.slice(0, 3).map((name) => `'${name}'`))}, and does not stop at ${names.length === 1 ? "its key" : "their keys"}`,
        severity: "info",
        profiles: names,
        ...suffering(AWS_VAULT, profiles),
      };
    }
    for (const { by, names, first } of told.values()) {
      yield {
        at: by.at,
        says: `aws-vault hands ${by.name} of [default] on to ${list([...names].slice(0, 3).map((name) => `'${name}'`))}, which ${names.size === 1 ? "has" : "have"} a way of ${names.size === 1 ? "its" : "their"} own`,
        also: [{ at: first.at, says: "a way of its own" }],
        profiles: [...names],
        ...suffering(AWS_VAULT, profiles),
      };
    }
  },
});

/** What is handed on and counts: a source before anything that the profile has itself. */
function leakInto(profile: Profile, name: string, own: Setting): Setting | undefined {
  if (ownSetting(profile, name) !== undefined) return undefined;
  const found = profile.get(name);
  if (found === undefined || found.value === "" || found.value === profile.name) return undefined;
  if (name === "source_profile") return own.name === "role_arn" ? undefined : found;
  if (name === "role_arn") return own.name === "source_profile" ? found : undefined;
  return undefined;
}
