import { roleDuration } from "../routes/session-durations.ts";
import { profileNamed } from "../routes/vault-settings.ts";
import type { Credentials } from "./credentials.ts";
import { type Accounts, expectedCredentials } from "./expected.ts";
import type { Means } from "./means.ts";
import { forProfile } from "./trouble.ts";
import { whereFor } from "./where.ts";

/** Where a server has its credentials from. Each call makes some: whoever calls keeps them. */
export interface Source {
  /** Those of the profile. */
  own(): Promise<Credentials>;
  /** Those of a role that the profile's own may assume. */
  role(arn: string, own: Credentials): Promise<Credentials>;
}

const ROLE_CHAINING_MAX = 3600; // What AWS allows a role that is assumed with temporary credentials.

export const credentialSource = (profile: string, means: Means, accounts: Accounts): Source => ({
  own: () => expectedCredentials(profile, means, accounts),
  role: (arn, own) => assume(arn, profile, own, means),
});

/** As aws-vault's server does it: without MFA, tags or an external id. */
async function assume(role: string, name: string, base: Credentials, means: Means): Promise<Credentials> {
  const profile = profileNamed(name, means.reading);
  const asked = Math.floor(roleDuration(profile, means.settings).seconds);
  const { assumeRole } = await import("../aws/sts.ts");
  try {
    const { credentials } = await assumeRole(whereFor("sts", profile, name, means, { arn: role }), base, {
      role,
      sessionName: `${means.system.now().getTime()}000000`,
      seconds: base.sessionToken === undefined ? asked : Math.min(asked, ROLE_CHAINING_MAX),
      externalId: undefined,
      tags: new Map(),
      transitiveTags: [],
      sourceIdentity: undefined,
      mfa: undefined,
    });
    return credentials;
  } catch (error) {
    throw forProfile(name, error);
  }
}
