import type { UserError } from "../errors.ts";
import type { Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import type { SessionPlan } from "../model/session.ts";
import { didYouMean } from "../nearest.ts";
import { routeInAwsVault } from "../routes/route-aws-vault.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { sessionPlan } from "../routes/sessions.ts";
import type { Credentials } from "./credentials.ts";
import type { Means } from "./means.ts";
import { badTags, failed, forProfile } from "./trouble.ts";
import { Walk } from "./walk.ts";

/**
 * The credentials of a profile, by the same plan that the doctor judges: out of the cache, or with all the calls it takes.
 * Throws a UserError where the plan leads nowhere, or where AWS or the person refuses.
 */
export async function credentialsOf(profile: string, means: Means): Promise<Credentials> {
  const plan = await planOf(profile, means);
  try {
    return await new Walk(profile, plan, means).credentials();
  } catch (error) {
    throw forProfile(profile, error);
  }
}

/**
 * The plan of a profile, with one call at least: aws-vault's, and where it has none for a role, one that starts from what
 * `credential_source` names. Throws a UserError where there is none.
 */
export async function planOf(
  profile: string,
  { reading, store, settings }: Means,
  takesNamedSources = true,
): Promise<SessionPlan> {
  const stored = new Set((await store.list()).filter(isProfileKey));
  // The abandoned aws-vault takes a mistyped name for a profile like [default].
  if (!reading.profiles.has(profile) && !stored.has(profile)) throw unknown(profile, reading, stored);
  const route = routeInAwsVault(profile, reading, { stored, seesCredentials: false, takesNamedSources });
  if (!route.found) throw nowhere(route, reading.profiles.keys());
  return sessionPlan(profile, route, reading, settings);
}

function unknown(profile: string, reading: Reading, stored: ReadonlySet<string>): UserError {
  const near = didYouMean(profile, new Set([...reading.profiles.keys(), ...stored]));
  return failed(
    "NO_PROFILE",
    `profile '${profile}' not found in ~/.aws/config and no stored credentials exist for it${near}`,
    "`aws-vault-doctor vault list` shows what there is",
  );
}

/** As aws-vault says it, and what it leaves out: which line is behind it. */
function nowhere({ because, by, profile }: Extract<Route, { found: false }>, known: Iterable<string>): UserError {
  const check = `\`aws-vault-doctor check --profile ${profile}\` says what is wrong`;
  const told = (message: string, hint = check): UserError => failed("NO_ROUTE", message, hint);
  const line = by?.at.span === undefined ? "" : `line ${by.at.span.line} of ${by.at.path}`;
  if (because === "loop" || because === "include-loop")
    return told(`Loop detected in config file for profile '${profile}'`);
  if (because === "value-refused" && by?.name === "session_tags")
    return badTags(`they are those of '${profile}', ${line}`);
  if (because === "value-refused")
    return told(`${line}: ${by?.name} of '${profile}' is no whole number of seconds, such as 3600`);
  const missing = `Error getting temporary credentials: profile ${profile}: credentials missing`;
  if (because === "source-not-found")
    return told(
      `${missing}: its source_profile '${by?.value}' is not in ~/.aws/config${didYouMean(by?.value ?? "", known)}`,
    );
  if (because === "role-without-source")
    return told(`${missing}: it has a role_arn, and no source_profile or key of its own`);
  return told(missing, `\`aws-vault-doctor vault add ${profile}\` stores a key for it; ${check}`);
}
