import { isLegacySessionKey, isProfileKey, parseSessionKey, type SessionKey } from "../routes/session-key.ts";
import { startUrlOf } from "./sso-token.ts";
import type { Store } from "./store.ts";

/** What is in a store, by its keys alone: nothing is opened. */
export interface Listing {
  /** Profiles with an access key of their own. */
  readonly profiles: readonly string[];
  readonly sessions: readonly ListedSession[];
  readonly tokens: readonly ListedToken[];
  /** Keys of sessions as aws-vault's first releases wrote them. Nobody reads those any more. */
  readonly legacy: readonly string[];
}

export interface ListedSession extends SessionKey {
  readonly key: string;
}

export interface ListedToken {
  readonly key: string;
  readonly startUrl: string;
}

export async function listingOf(store: Store): Promise<Listing> {
  const keys = await store.list();
  return {
    profiles: keys.filter(isProfileKey),
    sessions: keys.flatMap((key) => {
      const session = parseSessionKey(key);
      return session === undefined ? [] : [{ key, ...session }];
    }),
    tokens: keys.flatMap((key) => {
      const startUrl = startUrlOf(key);
      return startUrl === undefined ? [] : [{ key, startUrl }];
    }),
    legacy: keys.filter((key) => parseSessionKey(key) === undefined && isLegacySessionKey(key)),
  };
}

/** Removes items, and counts those that were there. */
export async function removeAll(store: Store, items: readonly { readonly key: string }[]): Promise<number> {
  let count = 0;
  for (const { key } of items) if (await store.remove(key)) count++;
  return count;
}

/** Removes the sessions of a profile, and says how many there were. */
export async function removeSessionsOf(profile: string, store: Store): Promise<number> {
  const { sessions } = await listingOf(store);
  return removeAll(
    store,
    sessions.filter((session) => session.profile === profile),
  );
}
