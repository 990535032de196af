import { spawnSync } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { expect } from "vitest";
import { main } from "../../src/main.ts";
import type { SessionId } from "../../src/model/session.ts";
import { parseSessionKey } from "../../src/routes/session-key.ts";
import { Secret } from "../../src/secret.ts";
import { fileStore } from "../../src/vault/file-store.ts";
import { formatItem, parseItem } from "../../src/vault/item.ts";
import { longTermKeyItem, readLongTermKey } from "../../src/vault/long-term-key.ts";
import { fileNameOf, keyOf, percentEncode } from "../../src/vault/names.ts";
import { readSession, sessionItem } from "../../src/vault/session.ts";
import { readSsoToken, ssoTokenItem, startUrlOf } from "../../src/vault/sso-token.ts";
import type { Item } from "../../src/vault/store.ts";
import { openToken, parseToken, TokenError } from "../../src/vault/token.ts";
import { fakeSystem } from "../fake-system.ts";
import { holds, vectors } from "./data.ts";

const KEYS = "/home/user/.awsvault/keys";

/* Items that aws-vault's own Go code sealed. */

interface Fixture {
  readonly dir: string;
  readonly passphrase: string;
  readonly file: string;
  readonly key: string;
  readonly token: string;
  readonly plaintext: string;
  readonly item: Readonly<{
    Key: string;
    Data: string;
    Label: string;
    Description: string;
    KeychainNotTrustApplication: boolean;
    KeychainNotSynchronizable: boolean;
  }>;
}

const { fixtures } = vectors<{ fixtures: Fixture[] }>("keyring-file-backend/fixtures.json", { fixtures: [] });

holds(
  "items sealed by aws-vault",
  fixtures,
  ({ dir, key }) => `${dir}/${key}`,
  async ({ file, key, token, passphrase, plaintext, item: expected }) => {
    const system = fakeSystem({ files: { [`${KEYS}/${file}`]: token } });
    const store = fileStore(system, KEYS, async () => ({ secret: Secret.ofText(passphrase), isTyped: true }));
    expect(await store.list()).toEqual([key]);
    expect(fileNameOf(key)).toBe(file);
    const item = await store.get(key);
    expect({
      Key: item?.key,
      Data: Buffer.from(item!.data.revealBytes()).toString("base64"),
      Label: item?.label,
      Description: item?.description,
      KeychainNotTrustApplication: item?.isGuarded,
      KeychainNotSynchronizable: item?.staysHere,
    }).toEqual(expected);
    expect(openToken(parseToken(token), Secret.ofText(passphrase)).reveal()).toBe(plaintext);
    expect(formatItem(item!).reveal(), "we write the JSON that Go writes").toBe(plaintext);
  },
);

holds(
  "what those items hold",
  fixtures.filter(({ item }) => item.Label.startsWith("aws-vault")),
  ({ dir, key }) => `${dir}/${key}`,
  ({ key, plaintext }) => {
    const item = parseItem(Secret.ofText(plaintext));
    const session = parseSessionKey(key);
    const startUrl = startUrlOf(key);
    let again: Item;
    if (session !== undefined) again = sessionItem(session as SessionId, readSession(item)!);
    else if (startUrl !== undefined) again = ssoTokenItem(startUrl, readSsoToken(item)!);
    else again = longTermKeyItem(key, readLongTermKey(item));
    // Go counts nanoseconds, and a Date milliseconds.
    const toMilliseconds = (text: string): string => text.replace(/(\.\d{3})\d+Z/, "$1Z");
    expect(again.data.reveal()).toBe(toMilliseconds(item.data.reveal()));
    expect({ ...again, data: "" }).toEqual({ ...item, data: "" });
  },
);

/* Damaged, foreign and unusual tokens: what Go accepts, and what it refuses. */

interface Edge {
  readonly name: string;
  readonly token: string;
  readonly passphrase: string;
  readonly readings: Readonly<Record<"jose2go_head", { readonly accepted: boolean; readonly plaintext?: string }>>;
}

const edges = vectors<{ tokens: Edge[] }>("keyring-file-backend/edge-tokens.json", { tokens: [] });
const plain = fixtures.find(({ dir, key }) => dir === "plain" && key === "default")?.plaintext;

holds(
  "edge tokens",
  edges.tokens,
  ({ name }) => name,
  ({ token, passphrase, readings: { jose2go_head: go } }) => {
    const open = (): string => openToken(parseToken(token), Secret.ofText(passphrase)).reveal();
    if (go.accepted) expect(open()).toBe(go.plaintext!.startsWith("(") ? plain : go.plaintext);
    else expect(open).toThrow(TokenError);
  },
);

/* Vectors of JOSE. */

interface Jwe {
  readonly name: string;
  readonly token: string;
  readonly passphrase: string;
  readonly expect: { readonly plaintext?: string; readonly error?: true };
}

interface KeyWrap {
  readonly name: string;
  readonly passphrase: string;
  readonly alg: string;
  readonly p2s: string;
  readonly p2c: number;
  readonly cekHex: string;
  readonly encryptedKey: string;
}

const jose = vectors<{ pbes2Tokens: Jwe[]; pbes2KeyWrap: KeyWrap[] }>("jose/jwe-vectors.json", {
  pbes2Tokens: [],
  pbes2KeyWrap: [],
});

holds(
  "tokens of jose2go's tests",
  jose.pbes2Tokens,
  ({ name }) => name,
  ({ token, passphrase, expect: expected }) => {
    const open = (): string => openToken(parseToken(token), Secret.ofText(passphrase)).reveal();
    if (expected.error) expect(open).toThrow(TokenError);
    else expect(open()).toBe(expected.plaintext);
  },
  {
    TestDecrypt_PBSE2_HS512_A256KW_A256CBC_HS512_MinIterationViolation: "the test asks for limits of its own",
    TestDecrypt_PBSE2_HS512_A256KW_A256CBC_HS512_MaxIterationViolation: "the test asks for limits of its own",
  },
);

holds(
  "key wraps of RFC 7517",
  jose.pbes2KeyWrap,
  ({ name }) => name,
  ({ passphrase, alg, p2s, p2c, cekHex, encryptedKey }) => {
    const header = Buffer.from(JSON.stringify({ alg, enc: "A256GCM", p2c, p2s })).toString("base64url");
    const cipher = createCipheriv("aes-256-gcm", Buffer.from(cekHex, "hex"), Buffer.alloc(12));
    cipher.setAAD(Buffer.from(header));
    const content = Buffer.concat([cipher.update("wrapped"), cipher.final()]).toString("base64url");
    const iv = Buffer.alloc(12).toString("base64url");
    const token = [header, encryptedKey, iv, content, cipher.getAuthTag().toString("base64url")].join(".");
    expect(openToken(parseToken(token), Secret.ofText(passphrase)).reveal()).toBe("wrapped");
  },
);

interface CookbookPage {
  readonly input: { readonly plaintext?: string; readonly pwd?: string };
  readonly output: { readonly compact: string };
}

const PAGE = "jose/rfc7520-cookbook/5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2.json";
const page = vectors<CookbookPage | undefined>(PAGE, undefined);

holds(
  "the cookbook's page on passphrases (RFC 7520 5.3)",
  page === undefined ? [] : [page],
  () => "5.3",
  ({ input, output }) => {
    const opened = openToken(parseToken(output.compact), Secret.ofText(input.pwd!)).reveal();
    expect(opened).toBe(typeof input.plaintext === "string" ? input.plaintext : JSON.stringify(input.plaintext));
  },
);

/* Names. */

interface Run {
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly keyring?: Readonly<Record<string, { readonly AccessKeyID: string; readonly SecretAccessKey: string }>>;
  readonly stdout?: string;
  readonly exit?: number;
}

interface Names {
  readonly filenameEscape: readonly { readonly key: string; readonly expect: string }[];
  readonly cli: readonly Run[];
  readonly percentEscape: readonly { readonly input: string; readonly chars: string; readonly expect: string }[];
}

const names = vectors<Names>("aws-vault/misc-vectors.json", {
  filenameEscape: [],
  percentEscape: [],
  cli: [],
});

holds(
  "names of files",
  names.filenameEscape,
  ({ key }) => key,
  ({ key, expect: expected }) => {
    expect(fileNameOf(key)).toBe(expected);
    expect(keyOf(expected)).toBe(key);
  },
);

holds(
  "percent signs",
  names.percentEscape,
  ({ input, chars }) => `${input} without ${chars}`,
  ({ input, chars, expect: expected }) => {
    expect(percentEncode(input, chars)).toBe(expected);
    expect(keyOf(expected)).toBe(input);
  },
);

holds(
  "runs of aws-vault's own tests",
  names.cli,
  ({ command }) => command,
  async ({ command, env = {}, config, keyring = {}, stdout = "", exit = 0 }) => {
    const system = fakeSystem({
      files: config === undefined ? {} : { "/home/user/.aws/config": config },
      environment: { AWS_VAULT_FILE_PASSPHRASE: "password", ...env },
      run: (program, args, environment) => {
        const done = spawnSync(program, args, { env: environment, encoding: "utf8" });
        system.written.out += done.stdout;
        return done.status ?? 1;
      },
    });
    const store = fileStore(system, KEYS, async () => ({ secret: Secret.ofText("password"), isTyped: false }));
    for (const [profile, { AccessKeyID, SecretAccessKey }] of Object.entries(keyring)) {
      const key = { accessKeyId: Secret.ofText(AccessKeyID), secretAccessKey: Secret.ofText(SecretAccessKey) };
      await store.put(longTermKeyItem(profile, key));
    }
    const words = Array.from(command.matchAll(/"([^"]*)"|\S+/g), ([word, inQuotes]) => inQuotes ?? word);
    expect(await main(["vault", ...words], system), system.written.errors).toBe(exit);
    expect(system.written.out).toBe(stdout);
  },
);
