import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { Secret } from "../secret.ts";

/**
 * How secrets travel on the bus: encrypted under a key that this process and the keyring agree on, so that nobody who
 * listens on the bus reads them; in the open only for a keyring that knows nothing else.
 * https://specifications.freedesktop.org/secret-service-spec/latest/transfer-secrets.html
 */
export interface SecretSession {
  readonly path: string;
  open(secret: WireSecret): Secret;
  close(secret: Secret, type: string): WireSecret;
}

/** The session, what the value is encrypted with, the value, and what it is. */
export type WireSecret = readonly [session: string, parameters: Uint8Array, value: Uint8Array, type: string];

const ENCRYPTED = "dh-ietf1024-sha256-aes128-cbc-pkcs7";
const GROUP = "modp2"; // RFC 2409, the second Oakley group
const CIPHER = "aes-128-cbc";
const KEY_BYTES = 16;
const NUMBER_BYTES = 128;

type Open = (algorithm: string, input: readonly [type: string, value: unknown]) => Promise<readonly unknown[]>;

export async function openSession(open: Open): Promise<SecretSession> {
  const pair = newPair();
  try {
    const [theirs, path] = await open(ENCRYPTED, ["ay", pair.number]);
    const [, [number]] = theirs as readonly [unknown, readonly [Uint8Array]];
    return encrypted(path as string, pair.keyWith(number));
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== NOT_SUPPORTED) throw error;
    const [, path] = await open("plain", ["s", ""]);
    return plain(path as string);
  }
}

const NOT_SUPPORTED = "org.freedesktop.DBus.Error.NotSupported";

/** Half of a key exchange: the number that the other side gets, and the key that its number gives. */
export interface Pair {
  readonly number: Uint8Array;
  keyWith(number: Uint8Array): Buffer;
}

/** Node's types know nothing of this kind. */
const generateDhPair = generateKeyPairSync as unknown as (
  type: "dh",
  options: { readonly group: string },
) => { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

/** By way of key objects and their DER form (RFC 3279 2.3.3), because Node's older class tests the known prime for 90 ms. */
export function newPair(): Pair {
  let privateKey: KeyObject;
  let ours: Buffer;
  do {
    const pair = generateDhPair("dh", { group: GROUP });
    privateKey = pair.privateKey;
    ours = pair.publicKey.export({ type: "spki", format: "der" });
  } while (ours.length !== DER_BYTES);
  return {
    number: ours.subarray(-NUMBER_BYTES),
    keyWith(number) {
      const integer = der(0x02, unsigned(number));
      const spki = der(0x30, ours.subarray(...DER_OF_GROUP), der(0x03, Buffer.of(0), integer));
      const publicKey = createPublicKey({ key: spki, type: "spki", format: "der" });
      const shared = diffieHellman({ privateKey, publicKey });
      return Buffer.from(hkdfSync("sha256", shared, Buffer.alloc(0), Buffer.alloc(0), KEY_BYTES));
    },
  };
}

/** Of a public key whose number has no zero in front: the length of it all, and where the group stands in it. */
const DER_BYTES = 292;
const DER_OF_GROUP = [4, 156] as const;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), body]);
}

/** Without zeros in front, but for the one that keeps the number from being negative. */
function unsigned(number: Uint8Array): Uint8Array {
  const start = number.findIndex((byte) => byte !== 0);
  const plain = number.subarray(start < 0 ? number.length : start);
  return (plain[0] ?? 0x80) < 0x80 ? plain : Buffer.concat([Buffer.of(0), plain]);
}

const encrypted = (path: string, key: Buffer): SecretSession => ({
  path,
  open([, iv, value]) {
    const decipher = createDecipheriv(CIPHER, key, iv);
    return Secret.ofBytes(Buffer.concat([decipher.update(value), decipher.final()]));
  },
  close(secret, type) {
    const iv = randomBytes(16);
    const cipher = createCipheriv(CIPHER, key, iv);
    return [path, iv, Buffer.concat([cipher.update(secret.revealBytes()), cipher.final()]), type];
  },
});

const plain = (path: string): SecretSession => ({
  path,
  open: ([, , value]) => Secret.ofBytes(Uint8Array.from(value)),
  close: (secret, type) => [path, Buffer.alloc(0), Buffer.from(secret.revealBytes()), type],
});
