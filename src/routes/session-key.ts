import type { SessionId } from "../model/session.ts";

/** The names of the items in aws-vault's store: profiles have their own, sessions and tokens stand beside them. */

export interface SessionKey extends Omit<SessionId, "type"> {
  /** One of the five types, but others are taken, too. */
  readonly type: string;
  /** Unix time in seconds. */
  readonly expires: number;
}

/** `<type>,<profile>,<mfa>,<expiry>`, the two in the middle in base64url without padding. */
export const formatSessionKey = (key: SessionKey): string => `${sessionKeyPrefix(key)}${Math.floor(key.expires)}`;

/** A cached session is looked for by this: the expiry is not known beforehand. */
export const sessionKeyPrefix = ({ type, profile, mfa }: Pick<SessionKey, "type" | "profile" | "mfa">): string =>
  `${type},${toBase64Url(profile)},${toBase64Url(mfa)},`;

export function parseSessionKey(name: string): SessionKey | undefined {
  const [, type, profile, mfa, expires] = /^([^,]+),([^,]+),([^,]*),([0-9]+)$/.exec(name) ?? [];
  if (type === undefined || !isBase64Url(profile!) || !isBase64Url(mfa!)) return undefined;
  if (BigInt(expires!) >= 2n ** 63n) return undefined;
  return { type, profile: fromBase64Url(profile!), mfa: fromBase64Url(mfa!), expires: Number(expires) };
}

// Of earlier versions; aws-vault deletes them when it sees them.
const LEGACY = [/^session,[^,]+,[^,]*,[0-9]{2,}$/, /^session:[^ ]+:[^ ]*:[^:]+$/, /^.+? session \([0-9]+\)$/];

export const isLegacySessionKey = (name: string): boolean => LEGACY.some((pattern) => pattern.test(name));

/** What is left are the names of profiles that have a key in the store. */
export const isProfileKey = (name: string): boolean =>
  !name.startsWith("oidc:") && parseSessionKey(name) === undefined && !isLegacySessionKey(name);

const isBase64Url = (text: string): boolean => /^[\w-]*$/.test(text) && text.length % 4 !== 1;
const toBase64Url = (text: string): string => Buffer.from(text).toString("base64url");
const fromBase64Url = (text: string): string => Buffer.from(text, "base64url").toString();
