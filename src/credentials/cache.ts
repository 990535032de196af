import { UserError } from "../errors.ts";
import type { SessionId } from "../model/session.ts";
import { parseSessionKey, sessionKeyPrefix } from "../routes/session-key.ts";
import { FileTrouble } from "../system/system.ts";
import { listingOf, removeAll } from "../vault/listing.ts";
import { readSession, sessionItem } from "../vault/session.ts";
import { waitingFor } from "./alone.ts";
import type { Credentials } from "./credentials.ts";
import type { Means } from "./means.ts";

/** What a session is asked for: where the names of aws-vault's cache leave that open, this decides. */
export interface Wanted {
  readonly id: SessionId;
  /** All that AWS is asked, but for the code and the time. */
  readonly question: Readonly<Record<string, unknown>>;
  /** Undefined where AWS alone decides. */
  readonly seconds: number | undefined;
  /**
   * Nobody has asked for a time: so a session for any serves. Else a profile and the roles that start from it would take
   * their shared session from each other, for their defaults differ, and each time a person would be asked for a code.
   */
  readonly anyTime: boolean;
  /** How much life it must have left. */
  readonly reuseSeconds: number;
}

export interface Kept {
  readonly credentials: Credentials;
  readonly isFromCache: boolean;
}

/**
 * A session out of the store, or a new one that is put there. Many who want the same at one time, in this process or in
 * others, make it once: one asks, and the others wait and find it.
 */
export async function kept(wanted: Wanted, means: Means, make: () => Promise<Credentials>): Promise<Kept> {
  const found = await find(wanted, means);
  if (found !== undefined) return { credentials: found, isFromCache: true };
  return waitingFor(`${sessionKeyPrefix(wanted.id)}${means.store.name}`, means, async () => {
    const other = await find(wanted, means);
    if (other !== undefined) return { credentials: other, isFromCache: true };
    const credentials = await make();
    await keep(credentials, wanted, means);
    return { credentials, isFromCache: false };
  });
}

async function find(wanted: Wanted, { store, system, log }: Means): Promise<Credentials | undefined> {
  const prefix = sessionKeyPrefix(wanted.id);
  const now = system.now().getTime() / 1000;
  const left = (key: string): number => (parseSessionKey(key)?.expires ?? 0) - now;
  const keys = (await store.list()).filter((key) => key.startsWith(prefix) && left(key) >= wanted.reuseSeconds);
  for (const key of keys.sort((one, other) => left(other) - left(one))) {
    const item = await store.get(key).catch((error: unknown) => {
      // What cannot be read any more is as good as not there. A wrong passphrase is another matter.
      if (error instanceof UserError && error.code === "DAMAGED_ITEM") return undefined;
      throw error;
    });
    const session = item && readSession(item);
    if (session === undefined) continue;
    if (isMadeFor(wanted, session.madeFor, left(key), system)) return session;
    log(`a session of '${wanted.id.profile}' was made for something else, and is not used`);
  }
  return undefined;
}

function isMadeFor(wanted: Wanted, madeFor: string | undefined, left: number, system: Means["system"]): boolean {
  const { id, seconds = 0, anyTime } = wanted;
  if (madeFor !== undefined) {
    const [question, time] = madeFor.split(" ");
    return question === fingerprint(wanted, system) && (anyTime || time === String(seconds));
  }
  // aws-vault does not say what it has made a session for. One of a user's own keys can only be for another time, and one
  // that lasts no longer than what is asked for is good; a role might be any other.
  return id.type === "sts.GetSessionToken" && (anyTime || left <= seconds);
}

const fingerprint = ({ question }: Wanted, system: Means["system"]): string => system.sha1(JSON.stringify(question));

/** Takes the place of older ones, and of what nobody can use any more. To keep nothing is no reason to give nothing. */
async function keep(credentials: Credentials, wanted: Wanted, means: Means): Promise<void> {
  const { store, system, note } = means;
  const { sessionToken, expires } = credentials;
  if (sessionToken === undefined || expires === undefined) return;
  const session = {
    ...credentials,
    sessionToken,
    expires,
    madeFor: `${fingerprint(wanted, system)} ${wanted.seconds ?? 0}`,
  };
  try {
    const item = sessionItem(wanted.id, session);
    const before = await listingOf(store);
    await store.put(item);
    const now = system.now().getTime() / 1000;
    const prefix = sessionKeyPrefix(wanted.id);
    const old = before.sessions.filter(
      ({ key, expires: end }) => key !== item.key && (key.startsWith(prefix) || end < now),
    );
    await removeAll(store, [...old, ...before.legacy.map((key) => ({ key }))]);
  } catch (error) {
    if (!(error instanceof FileTrouble || error instanceof UserError)) throw error;
    const why = error instanceof FileTrouble ? error.inFull : error.message;
    note(`the session could not be kept for the next time: ${why}`);
  }
}
