import { roleDuration } from "../routes/session-durations.ts";
import { profileNamed } from "../routes/vault-settings.ts";
import type { Credentials } from "./credentials.ts";
import type { Means } from "./means.ts";
import { credentialsOf } from "./resolve.ts";
import { forProfile } from "./trouble.ts";
import { whereFor } from "./where.ts";

/** Credentials that are good whenever they are asked for: of a profile, or of any role that its credentials may assume. */
export type Source = (roleArn?: string) => Promise<Credentials>;

const ROLE_CHAINING_MAX = 3600; // What AWS allows a role that is assumed with temporary credentials.

/** Asks AWS again when what it has is about to end, and once for all who ask at the same time. */
export function credentialSource(profile: string, means: Means): Source {
  const known = new Map<string, Promise<Credentials>>();
  const make = async (roleArn: string | undefined): Promise<Credentials> => {
    if (roleArn === undefined) return credentialsOf(profile, means);
    return assume(roleArn, profile, await fresh(undefined), means);
  };
  const fresh = async (roleArn: string | undefined): Promise<Credentials> => {
    const key = roleArn ?? "";
    const before = known.get(key);
    if (before !== undefined && isFresh(await before.catch(() => undefined), means)) return before;
    // Somebody else may have asked while this one looked.
    const other = known.get(key);
    if (other !== undefined && other !== before) return other;
    const made = make(roleArn);
    known.set(key, made);
    return made;
  };
  return fresh;
}

const FRESH_SECONDS = 60; // Below the least that a cached session has left, so that a new one is to be had then.

function isFresh(credentials: Credentials | undefined, { system }: Means): boolean {
  if (credentials === undefined) return false;
  const { expires } = credentials;
  return expires === undefined || expires.getTime() - system.now().getTime() > FRESH_SECONDS * 1000;
}

/** As aws-vault's server does it: without MFA, tags or an external id. */
async function assume(role: string, name: string, base: Credentials, means: Means): Promise<Credentials> {
  const profile = profileNamed(name, means.reading);
  const asked = Math.floor(roleDuration(profile, means.settings).seconds);
  const { assumeRole } = await import("../aws/sts.ts");
  try {
    const { credentials } = await assumeRole(whereFor("sts", profile, name, means, role), base, {
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
