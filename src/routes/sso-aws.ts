import type { Profile, Reading, Section, Setting } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import { lost, start } from "./step.ts";

interface Manners {
  /** One of these settings is enough to make the tool go for single sign-on. */
  readonly signs: readonly string[];
  /** The session's own settings may also stand in the profile alone. */
  readonly sharesSession: boolean;
  /** What may not differ between the profile and its session: these, or everything. */
  readonly same: readonly string[] | "all";
}

const ROLE = ["sso_account_id", "sso_role_name"];
const SESSION = ["sso_start_url", "sso_region"];

const MANNERS: Readonly<Record<"cli" | "sdk", Manners>> = {
  cli: { signs: ROLE, sharesSession: true, same: "all" },
  sdk: { signs: ["sso_session", ...SESSION, ...ROLE], sharesSession: false, same: SESSION },
};

/**
 * Single sign-on takes four settings: the account and the role from the profile, the start URL and the region from the
 * session that it names, or from itself where it names none. A session alone gives a token, and no credentials.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function ssoRoute(profile: Profile, reading: Reading): Route | undefined {
  const manners = MANNERS[reading.tool === "cli" ? "cli" : "sdk"];
  const sign = manners.signs.map((name) => profile.get(name)).find((found) => found !== undefined);
  if (sign === undefined) return undefined;
  const named = profile.get("sso_session");
  const session = named && reading.ssoSessions.get(named.value);
  if (named !== undefined && session === undefined) return lost(profile, "sso-session-not-found", named);
  const conflict = session && conflicting(profile, session, manners.same);
  if (conflict !== undefined) return lost(profile, "sso-session-conflict", conflict);
  const isThere = (name: string): boolean =>
    SESSION.includes(name) && session !== undefined && !manners.sharesSession
      ? session.get(name) !== undefined
      : (profile.get(name) ?? session?.get(name)) !== undefined;
  const missing = [...ROLE, ...SESSION].filter((name) => !isThere(name));
  const by = named ?? profile.get("sso_start_url") ?? sign;
  return missing.length > 0
    ? lost(profile, "sso-incomplete", by, missing)
    : start({ kind: "sso", profile: profile.name, by });
}

/** The profile's setting that says something else than the session. What is hidden cannot be compared. */
function conflicting(profile: Profile, session: Section, same: Manners["same"]): Setting | undefined {
  for (const theirs of session.all()) {
    if (same !== "all" && !same.includes(theirs.name)) continue;
    const own = profile.get(theirs.name);
    if (own !== undefined && own.value !== theirs.value && !own.hidden && !theirs.hidden) return own;
  }
  return undefined;
}
