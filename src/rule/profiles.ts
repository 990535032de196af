import { profilesBySource, profilesWith, sourceNames } from "../awsconfig/profiles.ts";
import type { Profiles } from "../model/facts.ts";
import type { Profile, Reading, Section } from "../model/reading.ts";
import { type Tool } from "../model/tool.ts";

/** The profiles that assume a role straight from long-term keys, in the readings where they have no MFA device. */
export function* rolesWithoutMfa({
  readings,
  routes,
}: Profiles): Iterable<{ tool: Tool; reading: Reading; profile: Profile }> {
  for (const [tool, reading] of readings) {
    for (const profile of profilesWith(reading, "role_arn", "mfa_serial")) {
      const route = routes.get(tool)!.get(profile.name)!;
      if (!route.found || route.hop.kind !== "role" || route.hop.profile !== profile.name || !route.from?.found)
        continue;
      const { kind } = route.from.hop;
      // A temporary key is a session already, and can carry no new MFA code.
      if ("by" in route.from.hop && route.from.hop.by.hidden?.looksLike === "temporary key") continue;
      if (kind === "static" || kind === "stored") yield { tool, reading, profile };
    }
  }
}

/** The profile that a header opens; none for the headers of sessions and services, and above the first one. */
export const profilesOf = (header: string | undefined): { profiles?: string[] } =>
  header === undefined || /^(?:sso-session|services)\s/.test(header)
    ? {}
    : { profiles: [header.replace(/^profile\s+/, "")] };

/** The section that a profile is written in: the config file's, or else the credentials file's. */
export const ownSection = ({ layers }: Profile): Section =>
  (layers.find(({ kind }) => kind === "config") ?? layers[0]!).section;

/** The profiles that lean on one as their source, near or far, itself included. */
export function dependents(reading: Reading, name: string): Set<string> {
  const found = new Set([name]);
  // Most profiles are nobody's source, and to see that takes less than to look for all whose source they are.
  if (!sourceNames(reading).has(name)) return found;
  const bySource = profilesBySource(reading);
  for (const one of found) for (const other of bySource.get(one) ?? []) found.add(other.name);
  return found;
}

/** The names of all profiles that any tool reads. */
export const allProfiles = ({ readings }: Profiles): string[] =>
  [...readings.values()].flatMap(({ profiles }) => [...profiles.keys()]);
