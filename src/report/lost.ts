import type { NoRoute } from "../model/route.ts";

/** Why a profile leads to no credentials, in words. */
export function lostText({ because, missing }: { because: NoRoute; missing: readonly string[] }): string {
  const gap = missing.length > 0 ? ` (missing: ${missing.join(", ")})` : "";
  return LOST[because] + gap;
}

const LOST: Readonly<Record<NoRoute, string>> = {
  nothing: "the profile has no way to credentials",
  "source-not-found": "source_profile names no profile",
  loop: "the chain comes back to itself",
  "include-loop": "include_profile comes back to itself",
  "role-without-source": "role_arn, and nothing to assume it from",
  "two-sources": "both source_profile and credential_source",
  "source-unknown": "credential_source is none of the names that there are",
  "token-without-role": "web_identity_token_file, and no role to take with it",
  "half-a-key": "half a key",
  "sso-incomplete": "not all the settings of single sign-on",
  "sso-session-not-found": "sso_session names no section",
  "sso-session-conflict": "the profile and its sso-session say different things",
  "value-refused": "a value that the tool gives up on",
};
