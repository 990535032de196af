import { assert, describe, expect, test } from "vitest";
import { openStore } from "../src/vault/open.ts";
import { passphraseOf } from "../src/vault/passphrase.ts";
import { type FakeOptions, fakeSystem } from "./fake-system.ts";

const nothing = { backend: undefined, fileDir: undefined };

function opened(options: FakeOptions, wanted: Partial<Record<"backend" | "fileDir", string>> = {}) {
  const notes: string[] = [];
  const store = openStore({ ...nothing, ...wanted }, fakeSystem(options), (line) => notes.push(line));
  return { name: store.name, notes };
}

describe("the store that is opened", () => {
  test.each([
    [{}, {}, "/home/user/.awsvault/keys"],
    [{ AWS_VAULT_FILE_DIR: "~/vault/" }, {}, "/home/user/vault"],
    [{ AWS_VAULT_FILE_DIR: "" }, {}, "/home/user/.awsvault/keys"],
    [{ AWS_VAULT_FILE_DIR: "~/vault" }, { fileDir: "/other" }, "/other"],
    [{ AWS_VAULT_BACKEND: "pass" }, { backend: "file" }, "/home/user/.awsvault/keys"],
    [{ AWS_VAULT_BACKEND: "file" }, { fileDir: "keys" }, "/home/user/keys"],
  ])("with %j and %j is %s", (environment, wanted, folder) => {
    expect(opened({ environment }, wanted).name).toBe(`the folder '${folder}'`);
  });

  test.each(["keychain", "wincred", "secret-service", "kwallet", "pass", "passage", "op"])(
    "is not yet %s",
    (backend) => {
      expect(() => opened({}, { backend })).toThrow(`the backend '${backend}' is not built yet; use --backend=file`);
      expect(() => opened({ environment: { AWS_VAULT_BACKEND: backend } })).toThrow("not built yet");
    },
  );

  test.each([
    [{ os: "darwin" }, "keychain"],
    [{ os: "win32" }, "wincred"],
    [{ environment: { DBUS_SESSION_BUS_ADDRESS: "unix:path=/x" } }, "secret-service"],
    [{ files: { "/run/user/1000/bus": { kind: "special" } } }, "secret-service"],
  ] as const)("is named where aws-vault would look elsewhere: %j", (options, other) => {
    expect(opened(options).notes.join()).toContain(`where aws-vault would take '${other}'`);
    expect(opened(options, { backend: "file" }).notes).toEqual([]);
  });

  test("is not named where aws-vault has none that works", () => assert.isEmpty(opened({}).notes));
});

describe("the passphrase", () => {
  test("is asked for once", async () => {
    const system = fakeSystem({ answers: ["one", "two"] });
    const passphrase = passphraseOf("/keys", system);
    expect([(await passphrase()).secret.reveal(), (await passphrase()).secret.reveal()]).toEqual(["one", "one"]);
    expect((await passphrase()).isTyped).toBe(true);
    expect(system.asked).toEqual(['Enter passphrase to unlock "/keys":']);
  });

  test.each(["correct horse", ""])("is not asked for when a variable holds it: %j", async (told) => {
    const system = fakeSystem({ environment: { AWS_VAULT_FILE_PASSPHRASE: told } });
    const { secret, isTyped } = await passphraseOf("/keys", system)();
    expect([secret.reveal(), isTyped]).toEqual([told, false]);
    expect(system.asked).toEqual([]);
  });

  test("without a terminal is told how to be given", async () => {
    await expect(passphraseOf("/keys", fakeSystem())()).rejects.toMatchObject({
      code: "NO_TERMINAL",
      hint: "AWS_VAULT_FILE_PASSPHRASE can hold it",
    });
  });
});
