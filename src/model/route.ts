import type { Setting } from "./reading.ts";

/**
 * How a profile comes to credentials in one tool: its last hop and the route that this one goes on from, or why there
 * is none. Profiles with the same source share the way up to it.
 */
export type Route =
  | { readonly found: true; readonly hop: Hop; readonly from: Route | undefined }
  | {
      readonly found: false;
      readonly because: NoRoute;
      /** The setting at fault, or the one that asks for those that are missing. */
      readonly by: Setting | undefined;
      readonly missing: readonly string[];
      readonly profile: string;
    };

/** The route of every profile, by its name, in the order of the profiles. */
export interface Routes extends Iterable<readonly [string, Route]> {
  get(profile: string): Route | undefined;
}

/** `by` is the setting that decided the hop; the profile is the one whose section it stands in. */
export type Hop =
  | { readonly kind: "static"; readonly profile: string; readonly by: Setting }
  | { readonly kind: "stored"; readonly profile: string }
  | { readonly kind: "sso"; readonly profile: string; readonly by: Setting }
  | { readonly kind: "web-identity"; readonly profile: string; readonly by: Setting }
  | { readonly kind: "process"; readonly profile: string; readonly by: Setting }
  | { readonly kind: "named-source"; readonly profile: string; readonly by: Setting }
  | { readonly kind: "login"; readonly profile: string; readonly by: Setting }
  | { readonly kind: "role"; readonly profile: string; readonly by: Setting };

export type NoRoute =
  /** The profile has no way to credentials. */
  | "nothing"
  /** source_profile names nothing. */
  | "source-not-found"
  /** The chain comes back to itself. */
  | "loop"
  /** include_profile comes back to itself. */
  | "include-loop"
  /** role_arn, and nothing to assume it from. */
  | "role-without-source"
  /** Both source_profile and credential_source. */
  | "two-sources"
  /** credential_source is none of the names that there are. */
  | "source-unknown"
  /** web_identity_token_file, and no role to take with it. */
  | "token-without-role"
  /** One of aws_access_key_id and aws_secret_access_key without the other. */
  | "half-a-key"
  /** Some of the settings that single sign-on takes, and not all of them. */
  | "sso-incomplete"
  /** sso_session names no section. */
  | "sso-session-not-found"
  /** The profile and its sso-session section say different things. */
  | "sso-session-conflict"
  /** The tool gives up on a value in the chain. */
  | "value-refused";

/** The hops in the order in which they are taken. */
export function hops(route: Route): Hop[] {
  const all: Hop[] = [];
  for (let at: Route | undefined = route; at?.found; at = at.from) all.push(at.hop);
  return all.reverse();
}
