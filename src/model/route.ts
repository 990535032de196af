import type { Setting } from "./reading.ts";

/**
 * How a profile comes to credentials in one tool: its last hop and the route that this one goes on from, or why there
 * is none. Profiles with the same source share the way up to it.
 */
export type Route =
  | { readonly found: true; readonly hop: Hop; readonly from: Route | undefined }
  | { readonly found: false; readonly because: NoRoute; readonly by: Setting | undefined; readonly profile: string };

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

/**
 * `source-not-found`: source_profile names nothing. `loop`: the chain comes back to itself.
 * `role-without-source`: role_arn, and nothing to assume it from. `nothing`: the profile has no way to credentials.
 * `include-loop`: include_profile comes back to itself. `value-refused`: the tool gives up on a value in the chain.
 */
export type NoRoute =
  | "source-not-found"
  | "loop"
  | "include-loop"
  | "role-without-source"
  | "value-refused"
  | "nothing";

/** The hops in the order in which they are taken. */
export function hops(route: Route): Hop[] {
  const all: Hop[] = [];
  for (let at: Route | undefined = route; at?.found; at = at.from) all.push(at.hop);
  return all.reverse();
}
