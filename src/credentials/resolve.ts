import { EXIT, UserError } from "../errors.ts";
import type { Reading } from "../model/reading.ts";
import type { Route } from "../model/route.ts";
import type { Call, SessionSettings } from "../model/session.ts";
import { didYouMean } from "../nearest.ts";
import { routeInAwsVault } from "../routes/route-aws-vault.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { sessionPlan } from "../routes/sessions.ts";
import { readLongTermKey } from "../vault/long-term-key.ts";
import type { Store } from "../vault/store.ts";
import type { Credentials } from "./credentials.ts";

/**
 * The credentials of a profile, by the same plan that the doctor judges. So far those that take no call to AWS: keys of
 * the store, without a session. Throws a UserError for others, and where the plan leads nowhere.
 */
export async function credentialsOf(
  profile: string,
  reading: Reading,
  store: Store,
  settings: SessionSettings,
): Promise<Credentials> {
  const stored = new Set((await store.list()).filter(isProfileKey));
  // The abandoned aws-vault takes a mistyped name for a profile like [default].
  if (!reading.profiles.has(profile) && !stored.has(profile)) throw unknown(profile, reading, stored);
  const route = routeInAwsVault(profile, reading, { stored, seesCredentials: false });
  if (!route.found) throw nowhere(route);
  const { calls } = sessionPlan(profile, route, reading, settings);
  const call = calls.find(({ kind }) => kind !== "stored-keys");
  if (call !== undefined) throw notBuilt(profile, call);
  const [keys] = calls;
  const item = keys && (await store.get(keys.profile));
  if (item === undefined) throw failed("NOT_STORED", `profile ${profile}: credentials missing`);
  return { ...readLongTermKey(item), sessionToken: undefined, expires: undefined };
}

function unknown(profile: string, reading: Reading, stored: ReadonlySet<string>): UserError {
  const near = didYouMean(profile, new Set([...reading.profiles.keys(), ...stored]));
  return failed(
    "NO_PROFILE",
    `profile '${profile}' not found in ~/.aws/config and no stored credentials exist for it${near}`,
    "`aws-vault-doctor vault list` shows what there is",
  );
}

function nowhere({ because, profile }: Extract<Route, { found: false }>): UserError {
  const message =
    because === "loop" || because === "include-loop"
      ? `Loop detected in config file for profile '${profile}'`
      : `Error getting temporary credentials: profile ${profile}: credentials missing`;
  return failed("NO_ROUTE", message, `\`aws-vault-doctor check --profile ${profile}\` says what is wrong`);
}

function notBuilt(profile: string, { kind }: Call): UserError {
  const hint =
    kind === "GetSessionToken" ? "--no-session takes the stored key itself, which does not expire" : undefined;
  return failed("NOT_BUILT", `profile '${profile}' takes ${kind}, and calls to AWS are not built yet`, hint);
}

const failed = (code: string, message: string, hint?: string): UserError =>
  new UserError(code, message, { exitCode: EXIT.failed, ...(hint === undefined ? {} : { hint }) });
