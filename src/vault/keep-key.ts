import { EXIT, UserError } from "../errors.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { listingOf, removeSessionsOf } from "./listing.ts";
import { isSameKey, type LongTermKey, longTermKeyItem, readLongTermKey } from "./long-term-key.ts";
import type { Store } from "./store.ts";

/**
 * Puts a profile's key into a store and reads it back: when this returns, the store gives the very key that it was given.
 * What has its name already stays as it is: the same key is enough, another one is refused. Throws a UserError, and then
 * the store is as it was.
 */
export async function keepKey(profile: string, key: LongTermKey, store: Store): Promise<"stored" | "there already"> {
  if (!isProfileKey(profile)) throw refused(`'${profile}' would be taken for a session, and not for a profile`);
  const { profiles } = await listingOf(store);
  if (profiles.includes(profile)) {
    const item = await store.get(profile);
    if (item !== undefined && isSameKey(readLongTermKey(item), key)) return "there already";
    throw refused(
      `the vault has another key for '${profile}' already`,
      `find out which of the two is the right one; \`aws-vault-doctor vault remove ${profile}\` takes out the one in the vault`,
    );
  }
  await store.put(longTermKeyItem(profile, key));
  try {
    const item = await store.get(profile);
    if (item === undefined || !isSameKey(readLongTermKey(item), key))
      throw refused(`${store.name} gives back another key than it was given`);
  } catch (error) {
    await store.remove(profile);
    throw error;
  }
  await removeSessionsOf(profile, store);
  return "stored";
}

const refused = (message: string, hint?: string): UserError =>
  new UserError("KEY_NOT_KEPT", message, { exitCode: EXIT.failed, ...(hint === undefined ? {} : { hint }) });
