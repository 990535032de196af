import { assert, describe, expect, test } from "vitest";
import { parseSessionKey } from "../src/routes/session-key.ts";
import { Secret } from "../src/secret.ts";
import { JsonError, parseTime } from "../src/vault/go-json.ts";
import { formatItem, parseItem } from "../src/vault/item.ts";
import { longTermKeyItem, readLongTermKey } from "../src/vault/long-term-key.ts";
import { readSession, sessionItem } from "../src/vault/session.ts";
import { readSsoToken, ssoTokenItem, startUrlOf } from "../src/vault/sso-token.ts";
import type { Item } from "../src/vault/store.ts";

const CANARY = "CaNaRy0/sEcReT+kEy1abcdefghijklmnopqrstu";
const KEY = "AKIAIOSFODNN7EXAMPLE";

const item = (data: string): Item => ({
  key: "work",
  data: Secret.ofText(data),
  label: "",
  description: "",
  isGuarded: false,
  staysHere: false,
});

describe("an item", () => {
  test.each([
    ["plain", "label"],
    [`quotes " and \\`, "<label> & \u2028\u2029"],
    ["new\nline\ttab\u0001", "é 🔑 \u007f"],
    ["half a pair: \ud800", "\ufffd"],
  ])("comes back from its JSON: %j", (key, label) => {
    const bytes = Uint8Array.from([0, 255, 254, 10]);
    const before = { ...item(""), key, label, data: Secret.ofBytes(bytes), isGuarded: true, staysHere: true };
    const json = formatItem(before);
    expect(json.reveal()).toMatch(/^[^<>&\u2028\u2029\n]+$/);
    const after = parseItem(json);
    expect({ ...after, data: [...after.data.revealBytes()] }).toEqual({
      ...before,
      key: key.replace("\ud800", "\ufffd"),
      data: [...bytes],
    });
  });

  test.each([
    [`{}`, { key: "", label: "" }],
    [`{"KEY":"a","lAbEl":"b","more":[1]}`, { key: "a", label: "b" }],
    [`{"Key":null,"Data":null}`, { key: "" }],
    [`{"Key":"a","key":"b"}`, { key: "b" }],
    [`{"__proto__":{"Key":"x"},"Key":"a"}`, { key: "a" }],
    [`{"Data":"ZQ=\\n="}`, { key: "" }],
  ])("is read as Go reads it: %s", (json, expected) => {
    expect(parseItem(Secret.ofText(json))).toMatchObject(expected);
  });

  test.each([
    "",
    "x",
    "[]",
    `"x"`,
    "null",
    `{"Key":1}`,
    `{"Data":"a"}`,
    `{"Data":"aGk"}`,
    `{"Label":{}} x`,
    "\ufeff{}",
  ])("is not read where Go would not: %s", (json) => {
    expect(() => parseItem(Secret.ofText(json))).toThrow(JsonError);
  });
});

describe("a long-term key", () => {
  const key = { accessKeyId: Secret.ofText(KEY), secretAccessKey: Secret.ofText(CANARY) };

  test("is written as aws-vault writes it", () => {
    const made = longTermKeyItem("work", key);
    expect(made.data.reveal()).toBe(
      `{"AccessKeyID":"${KEY}","SecretAccessKey":"${CANARY}","SessionToken":"","Source":"","CanExpire":false,"Expires":"0001-01-01T00:00:00Z","AccountID":""}`,
    );
    expect(made).toMatchObject({ key: "work", label: "aws-vault (work)", description: "", isGuarded: true });
    expect(readLongTermKey(made).secretAccessKey.reveal()).toBe(CANARY);
  });

  test("is read in any spelling, with and without the rest", () => {
    const read = readLongTermKey(item(`{"accesskeyid":"${KEY}","SECRETACCESSKEY":"${CANARY}","Extra":1}`));
    expect([read.accessKeyId.reveal(), read.secretAccessKey.reveal()]).toEqual([KEY, CANARY]);
  });

  test.each([
    CANARY,
    "{}",
    `{"AccessKeyID":"${KEY}"}`,
    `{"SecretAccessKey":["${CANARY}"]}`,
    `{"AccessKeyID":"${CANARY}"`,
  ])("is told to be none, without a word of it: %s", (data) => {
    try {
      readLongTermKey(item(data));
      assert.fail("it was read");
    } catch (error) {
      expect(String((error as Error).stack)).toContain("Invalid data in keyring for 'work'");
      expect(String((error as Error).stack)).not.toMatch(/CaNaRy|AKIA/);
    }
  });
});

describe("a session", () => {
  const session = {
    accessKeyId: Secret.ofText("ASIAIOSFODNN7EXAMPLE"),
    secretAccessKey: Secret.ofText(CANARY),
    sessionToken: Secret.ofText("token<>&"),
    expires: new Date("2099-01-02T03:04:05.670Z"),
  };
  const id = { type: "sts.AssumeRole", profile: "team/dev 100%", mfa: "arn:aws:iam::111122223333:mfa/jane" } as const;

  test("is kept under what it is found by", () => {
    const made = sessionItem(id, session);
    expect(parseSessionKey(made.key)).toEqual({ ...id, expires: Date.parse("2099-01-02T03:04:05Z") / 1000 });
    expect(made.label).toBe("aws-vault session for team/dev 100% (expires 2099-01-02T03:04:05Z)");
    expect(made.data.reveal()).toBe(
      `{"AccessKeyId":"ASIAIOSFODNN7EXAMPLE","Expiration":"2099-01-02T03:04:05.67Z","SecretAccessKey":"${CANARY}","SessionToken":"token\\u003c\\u003e\\u0026"}`,
    );
    const read = readSession(made)!;
    expect(read.expires).toEqual(session.expires);
    expect(read.sessionToken.reveal()).toBe("token<>&");
  });

  test.each([
    "x",
    "{}",
    `{"AccessKeyId":"a","SecretAccessKey":"b","SessionToken":"c"}`,
    `{"AccessKeyId":"a","SecretAccessKey":"b","Expiration":"soon"}`,
  ])("that cannot be read is none: %s", (data) => {
    expect(readSession(item(data))).toBeUndefined();
  });
});

describe("an SSO token", () => {
  const startUrl = "https://example.awsapps.com/start";
  const token = {
    accessToken: Secret.ofText(CANARY),
    idToken: undefined,
    refreshToken: Secret.ofText("again"),
    tokenType: "Bearer",
    lifetime: 28_800,
    expires: new Date("2090-04-10T01:19:03Z"),
  };

  test("is kept under its start URL", () => {
    const made = ssoTokenItem(startUrl, token);
    expect([made.key, startUrlOf(made.key)]).toEqual([`oidc:${startUrl}`, startUrl]);
    expect(made.label).toBe(`aws-vault oidc token for ${startUrl} (expires 2090-04-10T01:19:03Z)`);
    expect(made.data.reveal()).toBe(
      `{"Token":{"AccessToken":"${CANARY}","ExpiresIn":28800,"IdToken":null,"RefreshToken":"again","TokenType":"Bearer","ResultMetadata":{}},"Expiration":"2090-04-10T01:19:03Z"}`,
    );
    const read = readSsoToken(made)!;
    expect(read).toMatchObject({ idToken: undefined, tokenType: "Bearer", lifetime: 28_800, expires: token.expires });
    expect(read.accessToken.reveal()).toBe(CANARY);
  });

  test.each(["x", "{}", `{"Token":[],"Expiration":"2090-04-10T01:19:03Z"}`, `{"Token":{"AccessToken":"x"}}`])(
    "that cannot be read is none: %s",
    (data) => {
      expect(readSsoToken(item(data))).toBeUndefined();
    },
  );

  test("other keys have no start URL", () => assert.isUndefined(startUrlOf("work")));
});

test.each([
  ["2026-01-15T12:00:00Z", "2026-01-15T12:00:00.000Z"],
  ["2026-01-15T12:00:00.123456789+02:00", "2026-01-15T10:00:00.123Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
])("the time %s is read", (text, expected) => expect(parseTime(text).toISOString()).toBe(expected));

test.each(["", "2026-01-15", "2026-01-15 12:00:00Z", "2026-13-45T12:00:00Z", "2026-01-15T12:00:00", "1768478400"])(
  "%j is no time",
  (text) => {
    expect(() => parseTime(text)).toThrow(JsonError);
  },
);
