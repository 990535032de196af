import { createHmac, timingSafeEqual } from "node:crypto";
import { Secret } from "../secret.ts";

/** Tokens of both servers: 256 bits that nobody can foresee, compared in a time that tells nothing. */

const TOKEN_BYTES = 32;

export type TokenCheck = (given: string) => boolean;

/** One token for a whole run. */
export function newToken(random: (count: number) => Uint8Array): {
  readonly token: Secret;
  readonly isToken: TokenCheck;
} {
  const text = Buffer.from(random(TOKEN_BYTES)).toString("base64url");
  const bytes = Buffer.from(text);
  // How long a token is, is no secret.
  const isToken = (given: string): boolean =>
    Buffer.byteLength(given) === bytes.length && timingSafeEqual(Buffer.from(given), bytes);
  return { token: Secret.ofText(text), isToken };
}

/** Tokens that end, as IMDSv2 has them. None need be kept: each says when it ends, and a seal proves that we have made it. */
export interface SessionTokens {
  make(seconds: number): string;
  isGood(token: string): boolean;
}

/** Of those that were found good; a client asks with one of them again and again. */
const FOUND_MAX = 256;
const NONCE_BYTES = 12;
const TIME_BYTES = 6;
const SEAL_BYTES = 32;

export function sessionTokens(random: (count: number) => Uint8Array, now: () => Date): SessionTokens {
  const key = random(TOKEN_BYTES);
  const found = new Map<string, number>();
  const seal = (head: Uint8Array): Buffer => createHmac("sha256", key).update(head).digest();
  return {
    make(seconds) {
      const head = Buffer.alloc(NONCE_BYTES + TIME_BYTES);
      head.set(random(NONCE_BYTES));
      head.writeUIntBE(now().getTime() + seconds * 1000, NONCE_BYTES, TIME_BYTES);
      return Buffer.concat([head, seal(head)]).toString("base64url");
    },
    isGood(token) {
      const end = found.get(token) ?? endOf(token);
      if (end === undefined || now().getTime() >= end) {
        found.delete(token);
        return false;
      }
      if (found.size >= FOUND_MAX) found.clear();
      found.set(token, end);
      return true;
    },
  };

  /** When a token ends, in milliseconds since 1970. Undefined for what is none of ours. */
  function endOf(token: string): number | undefined {
    const bytes = Buffer.from(token, "base64url");
    if (bytes.length !== NONCE_BYTES + TIME_BYTES + SEAL_BYTES) return undefined;
    const head = bytes.subarray(0, NONCE_BYTES + TIME_BYTES);
    if (!timingSafeEqual(seal(head), bytes.subarray(head.length))) return undefined;
    return head.readUIntBE(NONCE_BYTES, TIME_BYTES);
  }
}
