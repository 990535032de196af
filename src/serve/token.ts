import { createHash, createHmac, timingSafeEqual } from "node:crypto";
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
  const digest = sha256(text);
  return { token: Secret.ofText(text), isToken: (given) => timingSafeEqual(sha256(given), digest) };
}

/** Of digests, which have one length whatever was given. */
const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Tokens that end, as IMDSv2 has them. None is kept: each says when it ends, and a seal proves that we have made it. */
export interface SessionTokens {
  make(seconds: number): string;
  isGood(token: string): boolean;
}

const NONCE_BYTES = 12;
const TIME_BYTES = 6;
const SEAL_BYTES = 32;

export function sessionTokens(random: (count: number) => Uint8Array, now: () => Date): SessionTokens {
  const key = random(TOKEN_BYTES);
  const seal = (head: Uint8Array): Buffer => createHmac("sha256", key).update(head).digest();
  return {
    make(seconds) {
      const head = Buffer.alloc(NONCE_BYTES + TIME_BYTES);
      head.set(random(NONCE_BYTES));
      head.writeUIntBE(now().getTime() + seconds * 1000, NONCE_BYTES, TIME_BYTES);
      return Buffer.concat([head, seal(head)]).toString("base64url");
    },
    isGood(token) {
      const bytes = Buffer.from(token, "base64url");
      if (bytes.length !== NONCE_BYTES + TIME_BYTES + SEAL_BYTES) return false;
      const head = bytes.subarray(0, NONCE_BYTES + TIME_BYTES);
      if (!timingSafeEqual(seal(head), bytes.subarray(head.length))) return false;
      return now().getTime() < head.readUIntBE(NONCE_BYTES, TIME_BYTES);
    },
  };
}
