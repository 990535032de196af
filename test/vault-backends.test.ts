import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { Secret } from "../src/secret.ts";
import { credentialManager } from "../src/system/credential-manager.ts";
import { thisMachine } from "../src/system/node.ts";
import type { Captured, System } from "../src/system/system.ts";
import { keychainStore } from "../src/vault/keychain-store.ts";
import { longTermKeyItem, readLongTermKey } from "../src/vault/long-term-key.ts";
import { passStore } from "../src/vault/pass-store.ts";
import { secretServiceStore } from "../src/vault/secret-service-store.ts";
import type { Item } from "../src/vault/store.ts";
import { wincredStore } from "../src/vault/wincred-store.ts";
import { fakeSystem } from "./fake-system.ts";
import { fakeSecrets } from "./support/fake-secrets.ts";
import { fakeSecurity } from "./support/fake-security.ts";
import { hasKeyring, type KeyringSession, startKeyring } from "./support/keyring.ts";
import { hasPass, makePasswordStore, type PasswordStore } from "./support/password-store.ts";

/** What is particular to a backend: its layout, its troubles, and that no secret of it shows anywhere. */

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "CaNaRy0/sEcReT+kEy1abcdefghijklmnopqrstu";
const key = { accessKeyId: Secret.ofText(ID), secretAccessKey: Secret.ofText(SECRET) };
const item = (profile: string): Item => longTermKeyItem(profile, key);
const isShown = (text: string): boolean =>
  text.includes(SECRET) || text.includes(Buffer.from(SECRET).toString("base64").slice(4, 40));

const folder = mkdtempSync(join(tmpdir(), "avd-backends-"));
afterAll(() => rmSync(folder, { recursive: true }));

const on = (environment: System["environment"]): System => ({ ...thisMachine("/"), environment });
const troubleOf = async (
  work: Promise<unknown>,
): Promise<{ code: string; message: string; hint: string | undefined }> => {
  const trouble = await work.then(() => undefined).catch((error: unknown) => error);
  expect(trouble).toHaveProperty("hint");
  return trouble as { code: string; message: string; hint: string | undefined };
};

describe("the password store", () => {
  const place = {
    command: "pass",
    folder: "/home/user/store",
    prefix: "",
    variable: "PASSWORD_STORE_DIR",
    ending: ".gpg",
  } as const;
  const failing = (said: Captured) =>
    fakeSystem({
      files: { "/usr/bin/pass": { mode: 0o755 }, "/home/user/store/.gpg-id": "x", "/home/user/store/work.gpg": "x" },
      says: () => said,
    });

  test.each<[Captured, string, string | undefined]>([
    [
      { ended: true, code: 2, output: "", errors: "gpg: encrypted with…\ngpg: decryption failed: No secret key\n" },
      "'pass' cannot show 'work': gpg: decryption failed: No secret key",
      "the item is for a GPG key that is not here",
    ],
    [
      {
        ended: true,
        code: 2,
        output: "",
        errors: "gpg: public key decryption failed: Inappropriate ioctl for device\n",
      },
      "'pass' cannot show 'work': gpg: public key decryption failed",
      "`export GPG_TTY=$(tty)`",
    ],
    [
      { ended: true, code: 1, output: "", errors: "" },
      "'pass' cannot show 'work': it ended with exit code 1",
      undefined,
    ],
    [{ ended: false, trouble: "gave no answer within 300 s" }, "'pass' cannot show 'work': gave no answer", undefined],
    [
      { ended: true, code: 0, output: `a password\nand ${SECRET}\n`, errors: "" },
      "'work' is no item of a vault, or a damaged one: it is not JSON",
      "with --pass-prefix",
    ],
  ])("says what %j means", async (said, message, hint) => {
    const trouble = await troubleOf(passStore(failing(said), place).get("work"));
    expect(trouble.message).toContain(message);
    expect(String(trouble.hint)).toContain(hint ?? "undefined");
    expect(isShown(JSON.stringify(trouble))).toBe(false);
  });

  test("that is none yet is told how to become one, and a program that is not there is named", async () => {
    const empty = fakeSystem({ files: { "/usr/bin/pass": { mode: 0o755 } } });
    expect(await troubleOf(passStore(empty, place).put(item("work")))).toMatchObject({ code: "NO_PASS_STORE" });
    const none = passStore(failing({ ended: false, trouble: "" }), { ...place, command: "gopass" });
    expect((await troubleOf(none.get("work"))).message).toBe("the program 'gopass' is not available");
  });

  test("lists the names of files alone, and not those of Git or of others", async () => {
    const files = { "a/b.gpg": "", ".git/x.gpg": "", "note.txt": "", "oidc:https:/x.awsapps.com/start.gpg": "" };
    const planted = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/home/user/store/${name}`, text]));
    const store = passStore(fakeSystem({ files: planted }), place);
    expect(await store.list()).toEqual(["a/b", "oidc:https://x.awsapps.com/start"]);
  });

  test.runIf(hasPass)(
    "sees no secret among its arguments or in its files, and an item under another's name is refused",
    async () => {
      const real: PasswordStore = makePasswordStore();
      try {
        // Looks at all processes while it runs, itself first of all.
        const spy = join(folder, "spy");
        const seen = join(folder, "seen");
        writeFileSync(
          spy,
          `#!/bin/sh\ncat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\000' ' ' >>${seen}\nexec pass "$@"\n`,
        );
        chmodSync(spy, 0o755);
        const store = passStore(on({ ...real.environment, AWS_VAULT_FILE_PASSPHRASE: SECRET }), {
          ...place,
          command: spy,
          folder: real.folder,
          prefix: "aws",
        });
        await store.put(item("work"));
        await store.put(item("other"));
        expect(readLongTermKey((await store.get("work"))!).secretAccessKey.reveal()).toBe(SECRET);
        writeFileSync(join(real.folder, "aws/work.gpg"), readFileSync(join(real.folder, "aws/other.gpg")));
        expect((await troubleOf(store.get("work"))).message).toContain("it was sealed as 'other'");
        const told = readFileSync(seen, "latin1");
        expect(told).toContain("aws/work");
        expect(isShown(told)).toBe(false);
        expect(isShown(readFileSync(join(real.folder, "aws/work.gpg"), "latin1"))).toBe(false);
      } finally {
        real.stop();
      }
    },
  );
});

describe("the keyring", () => {
  test("gets and gives secrets encrypted, under aws-vault's attribute and label", async () => {
    const keyring = fakeSecrets({ isLocked: true, collections: ["awsvault"] });
    const store = secretServiceStore(fakeSystem({ bus: keyring.bus }), "awsvault");
    await store.put(item("work"));
    await store.get("work");
    const [stored] = [...keyring.collections.get("/org/freedesktop/secrets/collection/awsvault")!.items.values()];
    expect(stored).toMatchObject({ label: "work", profile: "work" });
    expect(JSON.parse(stored!.value.toString())).toMatchObject({ Key: "work", Label: "aws-vault (work)" });
    expect(keyring.heard.length).toBeGreaterThan(5);
    expect(keyring.heard.filter(isShown)).toEqual([]);
    expect(keyring.asked).toEqual(["unlock"]);
  });

  test("that nobody unlocks, or that is not there, is told of", async () => {
    const locked = fakeSecrets({ isLocked: true, collections: ["awsvault"], answer: "no" });
    for (const act of [
      (store: ReturnType<typeof secretServiceStore>) => store.list(),
      (store: ReturnType<typeof secretServiceStore>) => store.put(item("work")),
    ])
      expect(await troubleOf(act(secretServiceStore(fakeSystem({ bus: locked.bus }), "awsvault")))).toMatchObject({
        code: "KEYRING_LOCKED",
        message: "the keyring was to unlock it, and nobody allowed it",
      });
    expect(await troubleOf(secretServiceStore(fakeSystem(), "awsvault").list())).toMatchObject({
      code: "NO_KEYRING",
      message: "the keyring cannot be used: there is no D-Bus session here",
    });
  });

  describe.runIf(hasKeyring)("of GNOME", () => {
    let session: KeyringSession;
    beforeAll(async () => {
      session = await startKeyring();
      await session.makeCollection("awsvault");
    });
    afterAll(() => session.stop());
    const machine = (): System => ({ ...on(session.environment), bus: () => session.bus() });

    test("is what is taken where nobody chose, and locked it is not opened without the person", {
      timeout: 20_000,
    }, async () => {
      const system = machine();
      const written = { out: "", errors: "" };
      const stream = (sink: "out" | "errors") => ({
        isTerminal: false,
        columns: 80,
        write: (text: string) => void (written[sink] += text),
      });
      const told: System = {
        ...system,
        terminal: { ...system.terminal, output: stream("out"), errors: stream("errors") },
      };
      const store = secretServiceStore(system, "awsvault");
      await store.put(item("work"));
      expect(await main(["vault", "list", "--credentials", "--debug"], told)).toBe(0);
      expect(written.out).toBe("work\n");
      expect(written.errors).toContain("backend 'secret-service': a keyring is on this session's D-Bus");
      await session.lock("awsvault");
      expect(await troubleOf(store.get("work"))).toMatchObject({ code: "KEYRING_LOCKED" });
      expect(await troubleOf(secretServiceStore(system, "none").put(item("work")))).toMatchObject({
        code: "KEYRING_LOCKED",
      });
      expect(await secretServiceStore(system, "none").list()).toEqual([]);
    });
  });
});

describe("the keychain", () => {
  const mac = (more: Partial<Parameters<typeof fakeSystem>[0]> = {}) => {
    const security = fakeSecurity((path) => system.files.replace(path, new Uint8Array(), 0o600));
    const system = fakeSystem({
      os: "darwin",
      files: { "/home/user/Library/Keychains/x": "" },
      says: security.says,
      ...more,
    });
    return { store: keychainStore(system, "aws-vault"), security };
  };

  test("gets its secrets by its input, and asks at each reading of a long-term key", async () => {
    const { store, security } = mac();
    await store.put(item("work"));
    expect(readLongTermKey((await store.get("work"))!).secretAccessKey.reveal()).toBe(SECRET);
    expect(security.run).toEqual([
      "create-keychain -P /home/user/Library/Keychains/aws-vault.keychain-db",
      "-i",
      "find-generic-password -s aws-vault -a work -w /home/user/Library/Keychains/aws-vault.keychain-db",
    ]);
    expect(security.read.join()).toMatch(
      /^add-generic-password -U -s aws-vault -a "work" -l "aws-vault \(work\)" -T "" -X [0-9a-f]+ "/,
    );
    await store.put({ ...item("session"), isGuarded: false, description: "aws-vault session" });
    expect(security.read.at(-1)).toMatch(/-D "aws-vault session" -X/);
  });

  test("refuses what its program would cut off, and words that are more than words", async () => {
    const { store, security } = mac();
    const long = { ...item("work"), data: Secret.ofText("x".repeat(2000)) };
    expect(await troubleOf(store.put(long))).toMatchObject({ code: "TOO_LONG" });
    for (const name of ['a" -T "/bin/sh', "a\nadd-generic-password", "-i", "a\\"])
      expect(await troubleOf(store.put(item(name)))).toMatchObject({ code: "BAD_KEY" });
    expect(security.read).toEqual([]);
    expect(() => keychainStore(fakeSystem({ os: "darwin" }), "../login")).toThrow("cannot be the name of a keychain");
  });

  test("that cannot ask over SSH says so", async () => {
    const errors = "security: SecKeychainItemCopyContent: User interaction is not allowed.\n";
    const { store } = mac({
      files: { "/home/user/Library/Keychains/aws-vault.keychain-db": "" },
      says: () => ({ ended: true, code: 36, output: "", errors }),
    });
    expect(await troubleOf(store.get("work"))).toMatchObject({
      hint: expect.stringContaining("over SSH nobody can be asked") as string,
    });
  });
});

describe("Windows's Credential Manager", () => {
  test("has its limit, and is named where its part is not installed", async () => {
    const manager = { get: () => undefined, set: () => {}, remove: () => false };
    const store = wincredStore(fakeSystem({ os: "win32", credentialManager: manager }));
    expect(await troubleOf(store.put({ ...item("work"), data: Secret.ofText("x".repeat(2561)) }))).toMatchObject({
      code: "TOO_LONG",
    });
    expect(await troubleOf(wincredStore(fakeSystem({ os: "win32" })).get("work"))).toMatchObject({
      code: "NO_WINCRED",
    });
  });

  test("is reached by a library that loads here too", async () => {
    const manager = await credentialManager();
    if (manager === undefined) return console.warn("SKIPPED: @napi-rs/keyring is not installed here");
    expect(Object.keys(manager)).toEqual(["get", "set", "remove"]);
  });
});
