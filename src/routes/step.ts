import type { Profile, Setting } from "../model/reading.ts";
import type { Hop, NoRoute, Route } from "../model/route.ts";

/** What lies outside the two files and decides a route all the same. */
export interface Surroundings {
  /** Profiles that may have a key in aws-vault's store; undefined when the store cannot be listed. */
  readonly stored: ReadonlySet<string> | undefined;
  /** False when the credentials file is not part of what is judged: a profile may be there. */
  readonly seesCredentials: boolean;
  /** A `credential_source` counts in aws-vault too, as it does in the vault of this program. */
  readonly takesNamedSources?: boolean;
}

/** Where a profile's credentials start: in itself, or in the profile that it names as its source. */
export type Step = { readonly route: Route } | { readonly source: Profile; readonly by: Setting };

/** The route with the profile's own role on top, if it has one. */
export function withRole(profile: Profile, from: Route): Route {
  const by = profile.get("role_arn");
  return by === undefined ? from : { found: true, hop: { kind: "role", profile: profile.name, by }, from };
}

export const start = (hop: Hop): Route => ({ found: true, hop, from: undefined });

export const lost = (
  profile: Profile,
  because: NoRoute,
  by: Setting | undefined,
  missing: readonly string[] = [],
): Route => ({ found: false, because, by, missing, profile: profile.name });
