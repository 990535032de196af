import type { UserError } from "../errors.ts";
import type { SessionPlan } from "../model/session.ts";
import { didYouMean } from "../nearest.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { profileNamed } from "../routes/vault-settings.ts";
import type { Credentials } from "./credentials.ts";
import type { Means } from "./means.ts";
import { credentialsOf, planOf } from "./resolve.ts";
import { failed, forProfile } from "./trouble.ts";
import { whereFor } from "./where.ts";

/** The accounts that profiles' credentials have to belong to, by the profiles' names. */
export type Accounts = ReadonlyMap<string, string>;

/**
 * The credentials of a profile, if they belong to the account that is expected of it. Throws a UserError where they belong to
 * another one, and for a name in the list that is no profile: a slip there would leave the real one without its guard.
 */
export async function expectedCredentials(profile: string, means: Means, accounts: Accounts): Promise<Credentials> {
  if (accounts.size > 0) {
    const stored = (await means.store.list()).filter(isProfileKey);
    mustBeProfiles(accounts, new Set([...means.reading.profiles.keys(), ...stored]));
  }
  const credentials = await credentialsOf(profile, means);
  const expected = accounts.get(profile);
  if (expected === undefined) return credentials;
  const account = accountIn(await planOf(profile, means)) ?? (await askAccount(profile, credentials, means));
  if (account !== expected) throw wrongAccount(profile, account, expected);
  return credentials;
}

/** Throws a UserError for a name in the list that is no profile. */
export function mustBeProfiles(accounts: Accounts, known: ReadonlySet<string>): void {
  for (const name of accounts.keys()) {
    if (known.has(name)) continue;
    const message = `expect_account names '${name}', and there is no such profile${didYouMean(name, known)}`;
    throw failed("NO_PROFILE", message, "it stands in aws-vault-doctor.ini, here or in ~/.config/aws-vault-doctor");
  }
}

export const wrongAccount = (profile: string, account: string, expected: string): UserError =>
  failed(
    "WRONG_ACCOUNT",
    `the credentials of '${profile}' belong to account ${account}, and expect_account says ${expected}`,
    "nothing was done with them; correct the profile, or expect_account in aws-vault-doctor.ini",
  );

/** Of a role: AWS gives the credentials of no other account for its ARN. Undefined where only AWS can tell. */
function accountIn({ calls }: SessionPlan): string | undefined {
  const last = calls.at(-1);
  if (last?.kind === "GetRoleCredentials") return last.account?.value;
  const role = last?.kind === "AssumeRole" || last?.kind === "AssumeRoleWithWebIdentity" ? last.role?.value : undefined;
  return role?.split(":")[4];
}

async function askAccount(profile: string, credentials: Credentials, means: Means): Promise<string> {
  const { getCallerIdentity } = await import("../aws/sts.ts");
  try {
    return (await getCallerIdentity(whereFor("sts", profileNamed(profile, means.reading), profile, means), credentials))
      .account;
  } catch (error) {
    throw forProfile(profile, error);
  }
}
