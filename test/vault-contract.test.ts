import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../src/errors.ts";
import { Secret } from "../src/secret.ts";
import { thisMachine } from "../src/system/node.ts";
import type { System } from "../src/system/system.ts";
import { fileStore } from "../src/vault/file-store.ts";
import { keychainStore } from "../src/vault/keychain-store.ts";
import { passStore } from "../src/vault/pass-store.ts";
import type { Passphrase } from "../src/vault/passphrase.ts";
import { secretServiceStore } from "../src/vault/secret-service-store.ts";
import type { Item, Store } from "../src/vault/store.ts";
import { wincredStore } from "../src/vault/wincred-store.ts";
import { type FakeSystem, fakeSystem } from "./fake-system.ts";
import { fakeSecrets } from "./support/fake-secrets.ts";
import { fakeSecurity } from "./support/fake-security.ts";
import { hasKeyring, type KeyringSession, startKeyring } from "./support/keyring.ts";
import { hasPass, makePasswordStore, type PasswordStore } from "./support/password-store.ts";

/** What every store has to hold to, in whatever it keeps its items. */

const passphrase = async (): Promise<Passphrase> => ({ secret: Secret.ofText("hunter2canary"), isTyped: true });

const folder = mkdtempSync(join(tmpdir(), "avd-contract-"));
let keyring: KeyringSession | undefined;
let passwords: PasswordStore | undefined;

beforeAll(async () => {
  if (hasKeyring) {
    keyring = await startKeyring();
    await keyring.makeCollection("awsvault");
  }
  if (hasPass) passwords = makePasswordStore();
});
afterAll(() => {
  keyring?.stop();
  passwords?.stop();
  rmSync(folder, { recursive: true });
});

const KEYS = [
  "work",
  "team/dev 100%",
  "café ☕",
  "oidc:https://x.awsapps.com/start",
  "sts.AssumeRole,d29yaw,,4071006245",
  "..a",
  "%41",
  "a\\b",
  "__proto__",
] as const;

interface Kind {
  readonly open: () => Store | Promise<Store>;
  readonly runs?: boolean;
  /** Keys that it cannot have. */
  readonly refuses: readonly string[];
  /** It keeps the data alone, as aws-vault does there. */
  readonly isBare?: boolean;
}

const NEVER = ["", "a\0b"];

const STORES: Readonly<Record<string, Kind>> = {
  "the file store in memory": {
    open: () => fileStore(fakeSystem(), "/home/user/.awsvault/keys", passphrase),
    refuses: [".", "..", ".aws-vault-doctor-x"],
  },
  "the file store on this disk": {
    open: () => fileStore(thisMachine("/"), `${mkdtempSync(join(folder, "keys-"))}/a/b`, passphrase),
    refuses: [".", ".."],
  },
  "the password store of the real pass": {
    runs: hasPass,
    open: () => {
      const place = { command: "pass", folder: passwords!.folder, prefix: "some/vault" };
      return passStore(on(passwords!), { ...place, variable: "PASSWORD_STORE_DIR", ending: ".gpg" });
    },
    refuses: [".", "..", "a/../b", "a/"],
  },
  "the collection of a real keyring": {
    runs: hasKeyring,
    open: () => secretServiceStore({ ...on(keyring!), bus: () => keyring!.bus() }, "awsvault"),
    refuses: [],
  },
  "a locked collection of a keyring, whose person says yes": {
    open: () =>
      secretServiceStore(
        fakeSystem({ bus: fakeSecrets({ collections: ["awsvault"], isLocked: true }).bus }),
        "awsvault",
      ),
    refuses: [],
  },
  "a keyring without encryption, and without the collection": {
    open: () => secretServiceStore(fakeSystem({ bus: fakeSecrets({ isPlain: true }).bus }), "awsvault"),
    refuses: [],
  },
  "the keychain of a stand-in for macOS's program": {
    open: () => {
      const { says } = fakeSecurity((path) => system.files.replace(path, new Uint8Array(), 0o600));
      const system: FakeSystem = fakeSystem({ os: "darwin", files: { "/home/user/Library/Keychains/x": "" }, says });
      return keychainStore(system, "aws-vault");
    },
    refuses: ["a\\b", '"', "-x"],
    isBare: true,
  },
  "a stand-in for Windows's Credential Manager": {
    open: () => wincredStore(windows().system),
    refuses: [],
    isBare: true,
  },
};

const on = ({ environment }: { readonly environment: System["environment"] }): System => ({
  ...thisMachine("/"),
  environment,
});

/** Lists as `cmdkey` does, in the words of a German Windows. */
function windows() {
  const kept = new Map<string, Uint8Array>();
  const list = (): string =>
    ["git:https://example.com", ...kept.keys()]
      .map(
        (target) =>
          `    Ziel: LegacyGeneric:target=${target}\r\n    Typ: Generisch \r\n    Lokaler Computer - Beständigkeit\r\n`,
      )
      .join("\r\n");
  const system = fakeSystem({
    os: "win32",
    environment: { SystemRoot: "C:\\Windows" },
    says: (words) =>
      words.join(" ") === "C:\\Windows\\System32\\cmdkey.exe /list"
        ? {
            ended: true,
            code: 0,
            output: `\r\nAktuell gespeicherte Anmeldeinformationen:\r\n\r\n${list()}`,
            errors: "",
          }
        : { ended: false, trouble: "cannot be started" },
    credentialManager: {
      get: (target) => kept.get(target)?.slice(),
      set: (target, bytes) => void kept.set(target, bytes.slice()),
      remove: (target) => kept.delete(target),
    },
  });
  return { system, kept };
}

const item = (key: string, data: string | Uint8Array): Item => ({
  key,
  data: typeof data === "string" ? Secret.ofText(data) : Secret.ofBytes(data),
  label: `aws-vault (${key})`,
  description: "",
  isGuarded: true,
  staysHere: false,
});

describe.each(Object.entries(STORES).filter(([, { runs = true }]) => runs))("%s", (_, { open, refuses, isBare }) => {
  test("is empty at first", async () => {
    const store = await open();
    expect(await store.list()).toEqual([]);
    expect(await store.get("work")).toBeUndefined();
    expect(await store.remove("work")).toBe(false);
  });

  test.each(KEYS.filter((key) => !refuses.includes(key)))("gives back what was put there as %s", async (key) => {
    const store = await open();
    const bytes = Uint8Array.from({ length: 256 }, (__, index) => index);
    await store.put(item(key, bytes.slice()));
    expect(await store.list()).toEqual([key]);
    const found = await store.get(key);
    expect(found).toMatchObject(isBare === true ? { key } : { key, label: `aws-vault (${key})`, isGuarded: true });
    expect(Buffer.from(found!.data.revealBytes())).toEqual(Buffer.from(bytes));
    expect(await store.remove(key)).toBe(true);
    expect(await store.list()).toEqual([]);
    expect(await store.get(key)).toBeUndefined();
  });

  test("has the later of two items of one key", async () => {
    const store = await open();
    await store.put(item("a", "{one}"));
    await store.put(item("b", "{two}"));
    await store.put(item("a", ""));
    expect(await store.list()).toEqual(["a", "b"]);
    expect((await store.get("a"))?.data.reveal()).toBe("");
    expect((await store.get("b"))?.data.reveal()).toBe("{two}");
    expect(await Promise.all(["a", "b"].map((key) => store.remove(key)))).toEqual([true, true]);
  });

  test.each([...NEVER, ...refuses])("has no item by the name of %j", async (key) => {
    const store = await open();
    for (const act of [() => store.get(key), () => store.put(item(key, "{}")), () => store.remove(key)]) {
      await expect(act()).rejects.toThrow(UserError);
    }
  });
});
