import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { assert, describe, test } from "vitest";
import { Secret } from "../src/secret.ts";

const VALUE = "hunter2-hunter2";
const secret = (): Secret => Secret.ofText(VALUE);

const WAYS_OUT: Readonly<Record<string, (one: Secret) => unknown>> = {
  String: (one) => String(one),
  "a template": (one) => `<${one as unknown as string}>`,
  "a sum": (one) => "a " + (one as unknown as string),
  "a join": (one) => [one].join(),
  JSON: (one) => JSON.stringify({ one, list: [one] }),
  inspect: (one) => inspect({ one }, { depth: Infinity, showHidden: true, getters: true, customInspect: true }),
  "inspect without custom texts": (one) => inspect(one, { customInspect: false, showHidden: true, getters: true }),
  format: (one) => format("%s %o %O %j", one, one, one, one),
  "an error": (one) => inspect(new Error(`no such key: ${String(one)}`, { cause: one })),
  "its names": (one) =>
    JSON.stringify([Object.keys(one), Object.entries(one), Object.assign({}, one), Reflect.ownKeys(one)]),
  "a copy": (one) => inspect(structuredClone(one), { showHidden: true }),
  "the engine's own format": (one) => serialize(one).toString("latin1"),
};

describe("a secret does not come out by", () => {
  test.each(Object.entries(WAYS_OUT))("%s", (_, way) => {
    const told = String(way(secret()));
    assert.notInclude(told, "hunter2");
    assert.notInclude(told, Buffer.from(VALUE).toString("hex").slice(0, 12));
    assert.notInclude(told, [...Buffer.from(VALUE)].slice(0, 4).join(", "));
  });
});

test("it comes out by reveal, as text and as bytes", () => {
  assert.equal(secret().reveal(), VALUE);
  assert.deepEqual(Buffer.from(secret().revealBytes()).toString(), VALUE);
  assert.equal(Secret.ofText("\ufeffpässwörd 🔑 ").reveal(), "\ufeffpässwörd 🔑 ");
  assert.isTrue(Secret.ofText("").isEmpty);
  assert.isFalse(secret().isEmpty);
});

test("wiped out, its bytes are zeros and it gives no more", () => {
  const bytes = new TextEncoder().encode(VALUE);
  const one = Secret.ofBytes(bytes);
  one.wipe();
  assert.deepEqual([...bytes], [...bytes].fill(0));
  assert.isTrue(one.isEmpty);
  assert.throws(() => one.reveal(), /wiped out/);
  one.wipe();
});
