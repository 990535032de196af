import * as fc from "fast-check";
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";
import { assert, describe, expect, test } from "vitest";
import { Secret } from "../src/secret.ts";
import { ITERATIONS_MAX, openToken, parseToken, sealToken, TokenError } from "../src/vault/token.ts";
import { cost } from "./cost.ts";
import { fakeSystem } from "./fake-system.ts";

const PASSPHRASE = "correct horse";
const system = fakeSystem({ now: "2026-01-15T12:00:00.120Z" });
const world = { now: system.now(), random: (count: number) => system.random(count) };

const seal = (text: string, passphrase = PASSPHRASE): string =>
  sealToken(Secret.ofText(text), Secret.ofText(passphrase), world);
const open = (token: string, passphrase = PASSPHRASE): string =>
  openToken(parseToken(token), Secret.ofText(passphrase)).reveal();

/** An independent library, as the judge of what we write. */
async function openWithJose(token: string, passphrase: string): Promise<string> {
  const options = { keyManagementAlgorithms: ["PBES2-HS256+A128KW"], contentEncryptionAlgorithms: ["A256GCM"] };
  const { plaintext } = await compactDecrypt(token, new TextEncoder().encode(passphrase), options);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(plaintext);
}

const sealWithJose = (text: string, passphrase: string, alg: string, enc: string, p2c: number): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg, enc })
    .setKeyManagementParameters({ p2c, p2s: new Uint8Array(16).fill(7) })
    .encrypt(new TextEncoder().encode(passphrase));

function faultOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.instanceOf(error, TokenError);
    return error.fault;
  }
  return "none";
}

const wellFormed = fc.string({ unit: "grapheme" }); // Halves of surrogate pairs have no bytes.

describe("what we seal", () => {
  test("jose opens, whatever it is", () =>
    fc.assert(
      fc.asyncProperty(wellFormed, wellFormed, async (text, passphrase) => {
        const token = seal(text, passphrase);
        expect(await openWithJose(token, passphrase)).toBe(text);
        expect(open(token, passphrase)).toBe(text);
      }),
      { numRuns: 25 },
    ));

  test("has the header that aws-vault writes", () => {
    const token = seal("x");
    const header = Buffer.from(token.split(".")[0]!, "base64url").toString();
    const salt = decodeProtectedHeader(token)["p2s"] as string;
    const created = "2026-01-15 12:00:00.12 +0000 UTC";
    expect(header).toBe(
      `{"alg":"PBES2-HS256+A128KW","created":"${created}","enc":"A256GCM","p2c":8192,"p2s":"${salt}"}`,
    );
    assert.lengthOf(Buffer.from(salt, "base64url"), 12);
    expect(token).toMatch(/^[\w-]+(?:\.[\w-]+){4}$/);
  });

  test("never has the same salt, key or vector twice", () => {
    const [one, other] = [seal("x").split("."), seal("x").split(".")];
    for (const part of [0, 1, 2, 3, 4]) expect(one[part]).not.toBe(other[part]);
  });
});

describe("what jose seals", () => {
  test.each([
    ["PBES2-HS256+A128KW", "A256GCM", 8192],
    ["PBES2-HS256+A128KW", "A128GCM", 1000],
    ["PBES2-HS384+A192KW", "A192CBC-HS384", 2000],
    ["PBES2-HS512+A256KW", "A256CBC-HS512", 310_000],
  ])("with %s, %s and %d rounds, we open", async (alg, enc, p2c) => {
    expect(open(await sealWithJose("text ✓", "pä$$", alg, enc, p2c), "pä$$")).toBe("text ✓");
  });
});

describe("what cannot be opened", () => {
  const token = seal("hunter2canary");
  const [header = "", key = "", iv = "", content = "", tag = ""] = token.split(".");
  const withHeader = (change: object): string => {
    const fields = { ...JSON.parse(Buffer.from(header, "base64url").toString()), ...change };
    return [Buffer.from(JSON.stringify(fields)).toString("base64url"), key, iv, content, tag].join(".");
  };
  const cases: readonly (readonly [string, string, string])[] = [
    ["a passphrase that is another", token, "locked"],
    ["nothing", "", "malformed"],
    ["a token that was cut off", token.slice(0, 200), "malformed"],
    ["a tag that was cut off", token.slice(0, -2), "malformed"],
    ["a key that was cut off", [header, key.slice(0, -4), iv, content, tag].join("."), "malformed"],
    ["a content that was cut off", [header, key, iv, content.slice(0, -2), tag].join("."), "damaged"],
    ["the content of another", [header, key, iv, seal("other").split(".")[3], tag].join("."), "damaged"],
    ["a line end behind it", `${token}\n`, "malformed"],
    ["a method of elsewhere", withHeader({ alg: "dir" }), "unsupported"],
    ["a method by the name of a built-in", withHeader({ enc: "constructor" }), "unsupported"],
    ["an extension", withHeader({ crit: ["x"] }), "unsupported"],
    ["an unknown compression", withHeader({ zip: "LZ4" }), "unsupported"],
    ["no rounds", withHeader({ p2c: undefined }), "malformed"],
    ["half a round", withHeader({ p2c: 0.5 }), "malformed"],
    ["too many rounds", withHeader({ p2c: ITERATIONS_MAX + 1 }), "unsupported"],
    ["more rounds than there are numbers", withHeader({ p2c: 1e300 }), "unsupported"],
    ["a changed header", withHeader({ created: "yesterday" }), "damaged"],
    ["another salt", withHeader({ p2s: "AAAAAAAAAAAAAAAA" }), "locked"],
  ];
  test.each(cases)("%s", (what, text, fault) => {
    expect(faultOf(() => open(text, what.startsWith("a passphrase") ? "another" : PASSPHRASE))).toBe(fault);
  });

  test("a hostile number of rounds costs nothing, and needs no passphrase", () => {
    const refuse = (): void =>
      expect(faultOf(() => parseToken(withHeader({ p2c: 2_000_000_000 })))).toBe("unsupported");
    expect(cost(refuse, 40)).toBeLessThan(50);
  });

  test("one changed bit, wherever it is", async () => {
    const good = await sealWithJose("hunter2canary", PASSPHRASE, "PBES2-HS256+A128KW", "A256GCM", 1000);
    for (let at = 0; at < good.length; at++) {
      for (const bit of [1, 2, 4, 64]) {
        const changed = String.fromCharCode(good.charCodeAt(at) ^ bit);
        const bad = good.slice(0, at) + changed + good.slice(at + 1);
        expect(
          faultOf(() => open(bad)),
          `bit ${bit} at ${at}: ${changed}`,
        ).not.toBe("none");
      }
    }
  });

  test("is told without a word of it", () => {
    for (const [, text] of cases) {
      try {
        open(text, "wrong-passphrase");
      } catch (error) {
        expect(String((error as Error).stack) + JSON.stringify(error)).not.toMatch(/hunter2|wrong-passphrase/);
        expect((error as Error).cause).toBeUndefined();
      }
    }
  });
});

test("a content that unpacks to gigabytes is refused", async () => {
  const { deflateRawSync } = await import("node:zlib");
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  const token = await new CompactEncrypt(bomb)
    .setProtectedHeader({ alg: "PBES2-HS256+A128KW", enc: "A256GCM" })
    .setKeyManagementParameters({ p2c: 1000, p2s: new Uint8Array(16) })
    .encrypt(new TextEncoder().encode(PASSPHRASE));
  const parsed = parseToken(token);
  expect(faultOf(() => openToken({ ...parsed, isDeflated: true }, Secret.ofText(PASSPHRASE)))).toBe("damaged");
});
