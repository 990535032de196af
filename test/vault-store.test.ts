import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, assert, describe, expect, test } from "vitest";
import { UserError } from "../src/errors.ts";
import { Secret } from "../src/secret.ts";
import { thisMachine } from "../src/system/node.ts";
import { type System, UNFINISHED } from "../src/system/system.ts";
import { fileStore } from "../src/vault/file-store.ts";
import type { Passphrase } from "../src/vault/passphrase.ts";
import type { Item, Store } from "../src/vault/store.ts";
import { sealToken } from "../src/vault/token.ts";
import { type FakeFile, fakeSystem } from "./fake-system.ts";

const CANARY = "CaNaRy0/sEcReT+kEy1abcdefghijklmnopqrstu";
const PASSPHRASE = "hunter2canary";

const item = (key: string, data: string | Uint8Array = CANARY): Item => ({
  key,
  data: typeof data === "string" ? Secret.ofText(data) : Secret.ofBytes(data),
  label: `aws-vault (${key})`,
  description: "",
  isGuarded: true,
  staysHere: false,
});

const folder = mkdtempSync(join(tmpdir(), "avd-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

const passphrase = async (): Promise<Passphrase> => ({ secret: Secret.ofText(PASSPHRASE), isTyped: true });

const KEYS = "/home/user/.awsvault/keys";

async function storeWith(
  files: Readonly<Record<string, FakeFile>>,
  more: { passphrase?: string; isTyped?: boolean } = {},
): Promise<{ store: Store; system: System; asked: () => number }> {
  const planted = Object.fromEntries(Object.entries(files).map(([name, file]) => [`${KEYS}/${name}`, file]));
  const system = fakeSystem({ files: planted });
  let asked = 0;
  const store = fileStore(system, KEYS, async () => {
    asked++;
    return { secret: Secret.ofText(more.passphrase ?? PASSPHRASE), isTyped: more.isTyped ?? false };
  });
  return { store, system, asked: () => asked };
}

async function sealed(key: string): Promise<string> {
  const { store, system } = await storeWith({});
  await store.put(item(key));
  return new TextDecoder().decode(system.files.read(`${KEYS}/${key}`, 10_000));
}

async function troubleOf(work: Promise<unknown>): Promise<UserError> {
  try {
    await work;
  } catch (error) {
    assert.instanceOf(error, UserError);
    return error;
  }
  throw new Error("no trouble");
}

describe("the passphrase", () => {
  test("is not asked for by listing, removing or looking for what is not there", async () => {
    const { store, asked } = await storeWith({ work: await sealed("work") });
    await store.list();
    await store.get("nobody");
    await store.remove("work");
    expect(asked()).toBe(0);
  });

  test("is not asked for when none would open the file", async () => {
    const { store, asked } = await storeWith({ work: "not a token" });
    expect((await troubleOf(store.get("work"))).code).toBe("DAMAGED_ITEM");
    expect(asked()).toBe(0);
  });

  test("when wrong, is told apart from a damaged file", async () => {
    const good = await sealed("work");
    const changed = good.replace(/(?<=\.)[^.](?=[^.]*$)/, (first) => (first === "A" ? "B" : "A"));
    const wrong = await troubleOf((await storeWith({ work: good }, { passphrase: "another" })).store.get("work"));
    const damaged = await troubleOf((await storeWith({ work: changed })).store.get("work"));
    expect([wrong.code, damaged.code]).toEqual(["WRONG_PASSPHRASE", "DAMAGED_ITEM"]);
    expect(wrong.message).toBe(`the passphrase does not open it: '${KEYS}/work'`);
    expect(damaged.message).toContain("the passphrase is right, but");
    for (const { message, hint, stack } of [wrong, damaged]) {
      expect(message + String(hint) + String(stack)).not.toMatch(/hunter2|another\b.*passphrase|CaNaRy/);
    }
  });
});

describe("a passphrase that was typed", () => {
  const put = async (files: Record<string, FakeFile>, more: { passphrase: string; isTyped: boolean }) => {
    const { store } = await storeWith(files, more);
    await store.put(item("new"));
    return store.list();
  };
  test("seals nothing when it opens nothing that is there", async () => {
    const files = { broken: "x", dev: await sealed("dev"), prod: await sealed("prod") };
    const trouble = await troubleOf(put(files, { passphrase: "hunter2canarz", isTyped: true }));
    expect(trouble.code).toBe("WRONG_PASSPHRASE");
    expect(trouble.message + String(trouble.hint)).not.toContain("hunter2");
  });
  test.each([
    ["a variable held it", "another", false, true],
    ["it opens one of them", PASSPHRASE, true, true],
    ["there is no item yet", "another", true, false],
  ])("seals when %s", async (_, typed, isTyped, isFull) => {
    const files: Record<string, FakeFile> = { broken: "x", big: "x".repeat(1024 * 1024 + 1) };
    if (isFull) files["dev"] = await sealed("dev");
    expect(await put(files, { passphrase: typed, isTyped })).toContain("new");
  });
});

test.each([
  ["is sealed with when it is the same again", PASSPHRASE, ["first", "second"], 1],
  ["seals nothing when it is another one the second time", "hunter2canarz", [], 1],
])("the first passphrase of a folder %s", async (_, second, expected, times) => {
  const system = fakeSystem({});
  let asked = 0;
  const typed = { secret: Secret.ofText(PASSPHRASE), isTyped: true };
  const again = async (): Promise<Secret> => (asked++, Secret.ofText(second));
  const store = fileStore(system, KEYS, async () => ({ ...typed, again }));
  const put = (async () => {
    for (const name of ["first", "second"]) await store.put(item(name));
  })();
  if (expected.length === 0) expect((await troubleOf(put)).code).toBe("WRONG_PASSPHRASE");
  else await put;
  expect([await store.list(), asked]).toEqual([expected, times]);
});

describe("a foreign folder", () => {
  test("is passed over where it holds what is no item", async () => {
    const { store } = await storeWith({
      "a%2Fb": "x",
      [`${UNFINISHED}rest`]: "x",
      pipe: { kind: "special" },
      "sub/file": "x",
      gone: { link: "nowhere" },
    });
    expect(await store.list()).toEqual(["a/b"]);
  });

  test("has a limit to its files", async () => {
    const { store } = await storeWith(Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`f${at}`, ""])));
    await expect(store.list()).rejects.toThrow("holds more than 10000 files");
  });

  test("has a limit to their size, and opens no pipe", async () => {
    const { store, asked } = await storeWith({ big: "x".repeat(1024 * 1024 + 1), pipe: { kind: "special" } });
    await expect(store.get("big")).rejects.toThrow("files above 1 MB are not read");
    await expect(store.get("pipe")).rejects.toThrow("is not a regular file");
    expect(asked()).toBe(0);
  });

  test("cannot make one profile's key that of another", async () => {
    const { store } = await storeWith({ prod: await sealed("dev") });
    expect((await troubleOf(store.get("prod"))).message).toContain("it was sealed as 'dev'");
  });

  test.each(["hello", "[]", "null", `{"Key":"work","Data":5}`, `{"Key":"work","Data":"*"}`, `{"Key":["${CANARY}"]}`])(
    "may hold sealed nonsense: %s",
    async (text) => {
      const world = { now: new Date(0), random: (count: number) => new Uint8Array(count) };
      const token = sealToken(Secret.ofText(text), Secret.ofText(PASSPHRASE), world);
      const { store } = await storeWith({ work: token });
      const { code, message } = await troubleOf(store.get("work"));
      expect(code).toBe("DAMAGED_ITEM");
      expect(message).not.toContain("CaNaRy");
    },
  );
});

describe("on this disk", () => {
  const keys = join(folder, "modes", "keys");
  const store = fileStore(thisMachine("/"), keys, passphrase);

  test.skipIf(process.platform === "win32").each([0o000, 0o077])(
    "a file is for its owner alone, whatever the umask (%o)",
    async (umask) => {
      const before = process.umask(umask);
      try {
        await store.put(item(`work-${umask}`));
      } finally {
        process.umask(before);
      }
      expect(statSync(join(keys, `work-${umask}`)).mode & 0o777).toBe(0o600);
      expect(statSync(keys).mode & 0o777).toBe(0o700);
    },
  );

  test("nothing is left beside it, and nothing is readable in it", async () => {
    await store.put(item("work"));
    expect(readdirSync(keys).filter((name) => name.startsWith("."))).toEqual([]);
    const text = readFileSync(join(keys, "work"), "latin1");
    expect(text).not.toMatch(/CaNaRy|hunter2|\n/);
    expect(text).not.toContain(Buffer.from(CANARY).toString("base64").slice(4, 20));
    assert.isTrue(existsSync(join(keys, "work")));
  });
});
