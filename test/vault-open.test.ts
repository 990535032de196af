import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gather } from "../src/doctor/gather.ts";
import type { VaultStore } from "../src/model/facts.ts";
import { wholeMachine } from "../src/model/scope.ts";
import { DEFAULT_TOOLS } from "../src/model/tool.ts";
import { probes } from "../src/probes/index.ts";
import { storeText } from "../src/report/store.ts";
import { sessionBus } from "../src/system/bus.ts";
import type { System } from "../src/system/system.ts";
import { openStore, type Wanted } from "../src/vault/open.ts";
import { passphraseOf } from "../src/vault/passphrase.ts";
import { type FakeOptions, fakeSystem } from "./fake-system.ts";
import { fakeSecrets } from "./support/fake-secrets.ts";

const hasBusDaemon = spawnSync("sh", ["-c", "command -v dbus-daemon"]).status === 0;

/** What the doctor sees of it. */
async function storeSeen(system: System): Promise<VaultStore> {
  const { store } = await gather(system, wholeMachine(DEFAULT_TOOLS), probes, ["store"], {}, () => {});
  if (store?.known !== true) throw new Error("it is unseen");
  return store.value;
}

async function opened(options: FakeOptions, wanted: Wanted = {}) {
  const notes: string[] = [];
  const logs: string[] = [];
  const telling = { note: (line: string) => notes.push(line), log: (line: string) => logs.push(line) };
  const store = await openStore(wanted, fakeSystem(options), telling);
  return { name: store.name, notes, log: logs.join() };
}

describe("the store that is opened", () => {
  test.each([
    [{}, {}, "the folder '/home/user/.awsvault/keys'"],
    [{ AWS_VAULT_FILE_DIR: "~/vault/" }, {}, "the folder '/home/user/vault'"],
    [{ AWS_VAULT_FILE_DIR: "" }, {}, "the folder '/home/user/.awsvault/keys'"],
    [{ AWS_VAULT_FILE_DIR: "~/vault" }, { fileDir: "/other" }, "the folder '/other'"],
    [{ AWS_VAULT_BACKEND: "pass" }, { backend: "file" }, "the folder '/home/user/.awsvault/keys'"],
    [{ AWS_VAULT_BACKEND: "file" }, { fileDir: "keys" }, "the folder '/home/user/keys'"],
    [{ AWS_VAULT_BACKEND: "" }, {}, "the folder '/home/user/.awsvault/keys'"],
    [{ AWS_VAULT_BACKEND: "pass" }, {}, "the password store '/home/user/.password-store'"],
    [{ PASSWORD_STORE_DIR: "/store/" }, { backend: "pass" }, "the password store '/store'"],
    [
      { PASSWORD_STORE_DIR: "/store", AWS_VAULT_PASS_PASSWORD_STORE_DIR: "~/other", AWS_VAULT_PASS_PREFIX: "/aws/" },
      { backend: "pass" },
      "'aws' in the password store '/home/user/other'",
    ],
    [{}, { backend: "passage" }, "the password store '/home/user/.passage/store'"],
    [{ PASSAGE_DIR: "/age" }, { backend: "passage", passPrefix: "a/b" }, "'a/b' in the password store '/age'"],
    [{}, { backend: "secret-service" }, "the collection 'awsvault' of the keyring"],
    [
      { AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME: "x" },
      { backend: "secret-service" },
      "the collection 'x' of the keyring",
    ],
  ])("with %j and %j is %s", async (environment, wanted, name) => {
    expect((await opened({ environment }, wanted)).name).toBe(name);
  });

  test("is that of macOS or of Windows only there", async () => {
    const environment = { AWS_VAULT_KEYCHAIN_NAME: "login" };
    expect((await opened({ environment, os: "darwin" }, { backend: "keychain" })).name).toBe("the keychain 'login'");
    expect((await opened({ os: "win32" }, { backend: "wincred" })).name).toBe("Windows's Credential Manager");
    await expect(opened({}, { backend: "keychain" })).rejects.toThrow(
      "the backend 'keychain' is not there on this system, which has secret-service, pass, passage, file",
    );
    await expect(opened({ os: "win32" }, { backend: "pass" })).rejects.toThrow("which has wincred, file");
  });

  test.each(["kwallet", "keyctl", "op", "winhello", "flie"])("is not %s", async (backend) => {
    const known = backend === "flie" ? "there is no backend 'flie', did you mean 'file'?" : "is not supported: ";
    await expect(opened({}, { backend })).rejects.toThrow(known);
    await expect(opened({ environment: { AWS_VAULT_BACKEND: backend } })).rejects.toMatchObject({ code: "NO_BACKEND" });
  });
});

describe("without a choice, a store that works here is taken, and why is told", () => {
  const manager = { get: () => undefined, set: () => {}, remove: () => false };
  test.each<[FakeOptions, string]>([
    [{ os: "darwin" }, "backend 'keychain': macOS has one"],
    [{ os: "win32", credentialManager: manager }, "backend 'wincred': Windows has one"],
    [{ os: "win32" }, "backend 'file': the part for Windows's Credential Manager is not installed"],
    [{}, "backend 'file': there is no D-Bus session here"],
    [{ bus: fakeSecrets().bus }, "backend 'secret-service': a keyring is on this session's D-Bus"],
    [{ bus: fakeSecrets({ isRunning: false }).bus }, "backend 'secret-service'"],
    [
      { bus: fakeSecrets({ isRunning: false, isStartable: false }).bus },
      "backend 'file': no keyring is on this session's D-Bus",
    ],
  ])("%#: %s", async (options, expected) => {
    expect((await opened(options)).log).toContain(expected);
  });

  test.each<[FakeOptions, string, boolean | undefined]>([
    [{}, "file in ~/.awsvault/keys, because there is no D-Bus session here", false],
    [{ bus: fakeSecrets().bus }, "secret-service, because a keyring is on this session's D-Bus", true],
    [
      { bus: fakeSecrets({ isRunning: false, isStartable: false }).bus },
      "file in ~/.awsvault/keys, because no keyring is on this session's D-Bus",
      true,
    ],
    [{ os: "darwin" }, "keychain, because macOS has one", undefined],
    [
      { environment: { AWS_VAULT_BACKEND: "file" } },
      "file in ~/.awsvault/keys, because AWS_VAULT_BACKEND names it",
      undefined,
    ],
    [
      { environment: { AWS_VAULT_BACKEND: "pass", PASSWORD_STORE_DIR: "/store" } },
      "pass in /store, because AWS_VAULT_BACKEND names it",
      undefined,
    ],
    [
      { environment: { AWS_VAULT_BACKEND: "secret-service" } },
      "secret-service, because AWS_VAULT_BACKEND names it",
      false,
    ],
    [
      { environment: { AWS_VAULT_BACKEND: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" } },
      `${"·".repeat(40)}, because AWS_VAULT_BACKEND names it`,
      undefined,
    ],
  ])("the doctor says the same: %#", async (options, expected, hasBus) => {
    const store = await storeSeen(fakeSystem(options));
    expect(storeText(store, "/home/user")).toBe(expected);
    expect(store.session?.hasBus).toBe(hasBus);
    if (!store.isChosen) expect((await opened(options)).log).toContain(`(backend '${store.backend}': ${store.why})`);
  });

  test.runIf(hasBusDaemon)("and a session is found where it always lies, without a variable", async () => {
    const folder = mkdtempSync(join(tmpdir(), "avd-bus-"));
    const environment = { XDG_RUNTIME_DIR: folder };
    const address = ["--print-address=1", `--address=unix:path=${join(folder, "bus")}`];
    const daemon = spawn("dbus-daemon", ["--session", "--nofork", "--nopidfile", ...address], {
      env: { PATH: process.env["PATH"] ?? "", HOME: folder, ...environment },
      stdio: ["ignore", "pipe", "ignore"],
    });
    try {
      await new Promise((resolve) => daemon.stdout.once("data", resolve));
      const chosen = fakeSystem({ environment: { ...environment, AWS_VAULT_BACKEND: "secret-service" } });
      const store = await storeSeen({ ...chosen, bus: () => sessionBus(environment, undefined) });
      expect(store.session?.hasBus).toBe(true);
    } finally {
      daemon.kill();
      rmSync(folder, { recursive: true });
    }
  });

  test("and if there are keys elsewhere, a person hears of it", async () => {
    const files = { "/home/user/.awsvault/keys/work": "x" };
    const { bus } = fakeSecrets();
    expect((await opened({ files, bus })).notes.join()).toContain(
      "what is in '/home/user/.awsvault/keys' is not looked at",
    );
    expect((await opened({ files, bus }, { backend: "secret-service" })).notes).toEqual([]);
    expect((await opened({ files })).notes).toEqual([]);
    expect((await opened({ bus })).notes).toEqual([]);
  });
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
