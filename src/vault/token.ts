import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createHmac,
  pbkdf2Sync,
  timingSafeEqual,
} from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { Secret } from "../secret.ts";

/**
 * The sealed form of an item in aws-vault's file backend: a JWE in five parts (RFC 7516), its key derived from the
 * passphrase (PBES2, RFC 7518 4.8). It is read as jose2go reads it, and the least odd form is written. The parts are
 * taken apart here and not by a library, because a library tells nobody whether the passphrase or the content was wrong.
 */

/** A token that was taken apart, and not yet opened. */
export interface Token {
  /** Signed as the encoded text, which jose2go writes anew: padding does not count. */
  readonly header: string;
  readonly alg: Derivation;
  readonly enc: Encryption;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly isDeflated: boolean;
  readonly wrappedKey: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

export type TokenFault =
  /** It is no such token, or not all of it. */
  | "malformed"
  /** It is one, in a way that nobody writes here. */
  | "unsupported"
  /** The passphrase is another one, unless the first half of the token is damaged: nobody can tell these apart. */
  | "locked"
  /** The passphrase is the right one, and what it protects has been changed. */
  | "damaged";

/** Why a token cannot be opened. Its message tells nothing of what is inside. */
export class TokenError extends Error {
  override readonly name = "TokenError";
  readonly fault: TokenFault;

  constructor(fault: TokenFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** jose2go, from 1.6 on, goes no higher either. A stranger's file must not buy an hour of work. */
export const ITERATIONS_MAX = 1_300_000;

const INFLATED_BYTES_MAX = 1024 * 1024; // A few kilobytes are usual; a small file must not fill the memory.

interface Derivation {
  readonly hash: string;
  readonly bytes: number;
  readonly cipher: string;
}

const DERIVATIONS: Readonly<Record<string, Derivation>> = {
  "PBES2-HS256+A128KW": { hash: "sha256", bytes: 16, cipher: "id-aes128-wrap" },
  "PBES2-HS384+A192KW": { hash: "sha384", bytes: 24, cipher: "id-aes192-wrap" },
  "PBES2-HS512+A256KW": { hash: "sha512", bytes: 32, cipher: "id-aes256-wrap" },
};

type Encryption =
  | { readonly kind: "gcm"; readonly bytes: number; readonly cipher: CipherGCMTypes }
  | { readonly kind: "cbc"; readonly bytes: number; readonly cipher: string; readonly hash: string };

const ENCRYPTIONS: Readonly<Record<string, Encryption>> = {
  A128GCM: { kind: "gcm", bytes: 16, cipher: "aes-128-gcm" },
  A192GCM: { kind: "gcm", bytes: 24, cipher: "aes-192-gcm" },
  A256GCM: { kind: "gcm", bytes: 32, cipher: "aes-256-gcm" },
  "A128CBC-HS256": { kind: "cbc", bytes: 32, cipher: "aes-128-cbc", hash: "sha256" },
  "A192CBC-HS384": { kind: "cbc", bytes: 48, cipher: "aes-192-cbc", hash: "sha384" },
  "A256CBC-HS512": { kind: "cbc", bytes: 64, cipher: "aes-256-cbc", hash: "sha512" },
};

/** Takes a token apart, without the passphrase. Throws a TokenError for what no passphrase could open. */
export function parseToken(text: string): Token {
  const parts = text.split(".");
  if (parts.length !== 5) throw malformed(`it has ${parts.length} of the 5 parts of a sealed item`);
  const [header, wrappedKey, iv, ciphertext, tag] = parts.map(decodeBase64);
  const { alg, enc, p2s, p2c, zip, crit } = parseHeader(header!);
  const derivation = known(DERIVATIONS, alg, "alg");
  const encryption = known(ENCRYPTIONS, enc, "enc");
  if (crit !== undefined) throw unsupported("its header asks for extensions ('crit')");
  if (zip !== undefined && zip !== "DEF") throw unsupported("its header names an unknown compression ('zip')");
  if (typeof p2s !== "string") throw malformed("its header has no salt ('p2s')");
  mustHave(wrappedKey!, encryption.bytes + 8, "inner key");
  mustHave(iv!, encryption.kind === "gcm" ? 12 : 16, "initial vector");
  mustHave(tag!, encryption.kind === "gcm" ? 16 : encryption.bytes / 2, "tag");
  return {
    header: header!.toString("base64url"),
    alg: derivation,
    enc: encryption,
    salt: Buffer.concat([Buffer.from(`${String(alg)}\0`), decodeBase64(p2s)]),
    iterations: iterationsOf(p2c),
    isDeflated: zip === "DEF",
    wrappedKey: wrappedKey!,
    iv: iv!,
    ciphertext: ciphertext!,
    tag: tag!,
  };
}

/** What is sealed in a token. Throws a TokenError: `locked` for another passphrase, `damaged` for a changed content. */
export function openToken(token: Token, passphrase: Secret): Secret {
  const key = unwrapKey(token, passphrase);
  try {
    const plain = token.enc.kind === "gcm" ? openGcm(token, token.enc, key) : openCbc(token, token.enc, key);
    return Secret.ofBytes(token.isDeflated ? inflate(plain) : plain);
  } finally {
    key.fill(0);
  }
}

const ITERATIONS = 8192; // What aws-vault writes. It reads more, but releases of it are out there that time has not tried.
const ALG = "PBES2-HS256+A128KW";

/** Seals in the form that aws-vault writes. The names in its header stand in alphabetical order, as Go writes them. */
export function sealToken(
  plain: Secret,
  passphrase: Secret,
  world: { readonly now: Date; random(count: number): Uint8Array },
): string {
  const salt = world.random(12);
  const header = { alg: ALG, created: goTime(world.now), enc: "A256GCM", p2c: ITERATIONS, p2s: base64Url(salt) };
  const protectedHeader = base64Url(Buffer.from(JSON.stringify(header)));
  const saltInput = Buffer.concat([Buffer.from(`${ALG}\0`), salt]);
  const wrapping = deriveKey(passphrase, saltInput, ITERATIONS, DERIVATIONS[ALG]!);
  const key = Buffer.from(world.random(32));
  try {
    const wrapper = createCipheriv(DERIVATIONS[ALG]!.cipher, wrapping, WRAP_IV);
    const wrappedKey = Buffer.concat([wrapper.update(key), wrapper.final()]);
    const iv = world.random(12);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(protectedHeader));
    const ciphertext = Buffer.concat([cipher.update(plain.revealBytes()), cipher.final()]);
    return [protectedHeader, ...[wrappedKey, iv, ciphertext, cipher.getAuthTag()].map(base64Url)].join(".");
  } finally {
    wrapping.fill(0);
    key.fill(0);
  }
}

/* ────────────────────────────── the header ────────────────────────────── */

function parseHeader(bytes: Buffer): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(bytes.toString());
  } catch {
    throw malformed("its header is not JSON"); // The parser's own message would quote from it.
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw malformed("its header is no object");
  return header as Readonly<Record<string, unknown>>;
}

function known<T>(all: Readonly<Record<string, T>>, name: unknown, field: string): T {
  if (typeof name !== "string" || !Object.hasOwn(all, name)) {
    throw unsupported(`its header has a method that is not known here ('${field}')`);
  }
  return all[name]!;
}

function mustHave(part: Buffer, bytes: number, what: string): void {
  if (part.length !== bytes) throw malformed(`its ${what} has ${part.length} bytes, and not ${bytes}`);
}

function iterationsOf(p2c: unknown): number {
  if (typeof p2c !== "number") throw malformed("its header does not say how often the passphrase is hashed ('p2c')");
  if (!Number.isInteger(p2c) || p2c < 1)
    throw malformed("its header has the passphrase hashed an impossible number of times");
  if (p2c > ITERATIONS_MAX) {
    throw unsupported(`it wants the passphrase hashed ${p2c} times; more than ${ITERATIONS_MAX} are not done`);
  }
  return p2c;
}

/**
 * As Go decodes what jose2go hands it: both alphabets, padding or none, and line ends that keep the length in step. But
 * the bits beyond the last byte must be zero: no two texts are the same bytes by a change of one bit.
 */
function decodeBase64(part: string): Buffer {
  const padded = part.length % 4 === 0 ? part : part + "=".repeat(4 - (part.length % 4));
  const plain = padded
    .replace(/[\r\n]/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  const bytes = Buffer.from(plain, "base64");
  if (bytes.toString("base64") !== plain) throw malformed("one of its parts is not base64");
  return bytes;
}

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** `2023-05-24 21:30:06.123 +0000 UTC`, as Go prints a time. */
function goTime(time: Date): string {
  const [day, clock] = time.toISOString().slice(0, -1).split("T");
  return `${day} ${clock!.replace(/\.?0*$/, "")} +0000 UTC`;
}

/* ─────────────────────────────── the keys ─────────────────────────────── */

const WRAP_IV = Buffer.alloc(8, 0xa6); // RFC 3394 2.2.3.1

function unwrapKey({ alg, salt, iterations, wrappedKey }: Token, passphrase: Secret): Buffer {
  const wrapping = deriveKey(passphrase, salt, iterations, alg);
  try {
    const unwrapper = createDecipheriv(alg.cipher, wrapping, WRAP_IV);
    return Buffer.concat([unwrapper.update(wrappedKey), unwrapper.final()]);
  } catch {
    throw new TokenError("locked", "the passphrase does not open it");
  } finally {
    wrapping.fill(0);
  }
}

const deriveKey = (passphrase: Secret, salt: Buffer, iterations: number, { bytes, hash }: Derivation): Buffer =>
  pbkdf2Sync(passphrase.revealBytes(), salt, iterations, bytes, hash);

/* ────────────────────────────── the content ───────────────────────────── */

type Gcm = Extract<Encryption, { kind: "gcm" }>;
type Cbc = Extract<Encryption, { kind: "cbc" }>;

function openGcm({ header, iv, ciphertext, tag }: Token, { cipher }: Gcm, key: Buffer): Buffer {
  try {
    const decipher = createDecipheriv(cipher, key, iv).setAAD(Buffer.from(header)).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw damaged(CHANGED);
  }
}

/** RFC 7518 5.2: half of the key is for the tag, which is over the header, the vector, the ciphertext and a length. */
function openCbc({ header, iv, ciphertext, tag }: Token, { cipher, hash }: Cbc, key: Buffer): Buffer {
  const half = key.length / 2;
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(header.length * 8));
  const signed = [Buffer.from(header), iv, ciphertext, length];
  const mac = createHmac(hash, key.subarray(0, half)).update(Buffer.concat(signed)).digest().subarray(0, half);
  if (!timingSafeEqual(mac, tag)) throw damaged(CHANGED);
  try {
    const decipher = createDecipheriv(cipher, key.subarray(half), iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw damaged(CHANGED);
  }
}

function inflate(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: INFLATED_BYTES_MAX });
  } catch {
    throw damaged("its content cannot be unpacked, or is too large when it is");
  } finally {
    bytes.fill(0);
  }
}

const CHANGED = "its content is not what was sealed";

const malformed = (message: string): TokenError => new TokenError("malformed", message);
const unsupported = (message: string): TokenError => new TokenError("unsupported", message);
const damaged = (message: string): TokenError => new TokenError("damaged", message);
