import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readOpenly } from "../src/awsconfig/document.ts";
import { read } from "../src/awsconfig/profiles.ts";
import type { Means } from "../src/credentials/means.ts";
import { credentialsOf } from "../src/credentials/resolve.ts";
import { Secret } from "../src/secret.ts";
import { thisMachine } from "../src/system/node.ts";
import { fileStore } from "../src/vault/file-store.ts";
import { longTermKeyItem } from "../src/vault/long-term-key.ts";
import { FIXTURES, filesBelow } from "./fixtures.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import { hasPexpect, TYPING } from "./support/typing.ts";
import { ADMIN, JANE, janesCode, SERIAL, world } from "./support/world.ts";

/** The real machine, real files and the built program: many at once, on a terminal, and what is left of it all. */

const BIN = join(FIXTURES, "..", "bin", "aws-vault-doctor.js");
const PASSPHRASE = "hunter2canary";
const onUnix = process.platform !== "win32";
const CONFIG = `[default]
region = eu-west-1
[profile jane]
mfa_serial = ${SERIAL}
mfa_process = sh -c 'echo asked >> "$HOME/asked"; cat "$HOME/code"'
[profile typed]
source_profile = jane
mfa_serial = ${SERIAL}
[profile admin]
role_arn = ${ADMIN}
source_profile = jane
mfa_serial = ${SERIAL}
`;

let home = "";
let aws: FakeAws;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "avd-once-"));
  mkdirSync(join(home, ".aws"), { mode: 0o700 });
  writeFileSync(join(home, ".aws", "config"), CONFIG, { mode: 0o600 });
  aws = await startFakeAws(world());
  const environment = variables({
    AWS_ACCESS_KEY_ID: JANE.keys[0]!.id,
    AWS_SECRET_ACCESS_KEY: JANE.keys[0]!.secret,
  });
  spawnSync(process.execPath, [BIN, "vault", "add", "--env", "--no-add-config", "jane"], { env: environment });
});
afterEach(async () => {
  await aws.close();
  rmSync(home, { recursive: true, force: true });
});

const variables = (more: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: home,
  AWS_ENDPOINT_URL: aws.url,
  AWS_VAULT_BACKEND: "file",
  AWS_VAULT_FILE_PASSPHRASE: PASSPHRASE,
  ...more,
});

/** Runs the built program while the stand-in for AWS, which is in this process, can answer. */
async function run(args: readonly string[], more: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [BIN, ...args], { env: variables(more), cwd: home });
  let out = "";
  let errors = "";
  child.stdout!.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr!.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, errors };
}

const asked = (): number => readFileSync(join(home, "asked"), "utf8").split("asked").length - 1;

describe.runIf(onUnix)("many at once", () => {
  test("two hundred in one process: one code, one call", async () => {
    const real = thisMachine(home);
    const system = { ...real, environment: variables(), machine: { ...real.machine, home } };
    const store = fileStore(system, join(home, "keys"), async () => ({
      secret: Secret.ofText(PASSPHRASE),
      isTyped: false,
    }));
    const key = { accessKeyId: Secret.ofText(JANE.keys[0]!.id), secretAccessKey: Secret.ofText(JANE.keys[0]!.secret) };
    await store.put(longTermKeyItem("jane", key));
    writeFileSync(join(home, "code"), janesCode(aws));
    const bytes = new TextEncoder().encode(CONFIG);
    const nothing = readOpenly("", "credentials", new Uint8Array());
    const means: Means = {
      system,
      reading: read("aws-vault-byteness", readOpenly("config", "config", bytes), nothing),
      store,
      settings: { noSession: false, caching: true, variables: system.environment },
      mfa: { token: undefined, prompt: undefined, avoidsTerminal: true },
      opensBrowser: false,
      signsInByRedirect: false,
      note: () => {},
      log: () => {},
      during: (_, act) => act(),
    };
    const all = await Promise.all(Array.from({ length: 200 }, () => credentialsOf("jane", means)));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId.reveal())).size).toBe(1);
    expect(aws.calls).toEqual(["sts:GetSessionToken"]);
    expect(asked()).toBe(1);
  }, 60_000);

  test("many processes: one code, one call, and no lock is left", async () => {
    writeFileSync(join(home, "code"), janesCode(aws));
    const all = await Promise.all(Array.from({ length: 16 }, () => run(["vault", "export", "jane"])));
    expect(new Set(all.map(({ out }) => out)).size, all[0]!.errors).toBe(1);
    expect(all.map(({ code }) => code)).toEqual(all.map(() => 0));
    expect(aws.calls).toEqual(["sts:GetSessionToken"]);
    expect(asked()).toBe(1);
    expect(readdirSync(join(home, ".local", "state", "aws-vault-doctor", "sessions"))).toEqual([]);
  }, 60_000);
});

test.runIf(onUnix)(
  "where nothing can be written, as in many a container, there are credentials all the same",
  async () => {
    writeFileSync(join(home, "code"), janesCode(aws));
    writeFileSync(join(home, ".local"), "no folder can be made here");
    const done = await run(["vault", "exec", "--debug", "jane", "--", "echo", "it runs"]);
    expect([done.code, done.out], done.errors).toEqual([0, "it runs\n"]);
    expect(done.errors).toMatch(/nobody else can be waited for: .*\/\.local.*: /);
  },
  60_000,
);

test.runIf(onUnix)(
  "a credential_process that asks for its own profile is told, and waits for nobody",
  async () => {
    const command = `"${process.execPath}" "${BIN}" vault export --format=json self`;
    writeFileSync(join(home, ".aws", "config"), `[profile self]\ncredential_process = ${command}\n`);
    const done = await run(["vault", "export", "self"]);
    expect(done.code, done.errors).toBe(1);
    expect(done.errors).toContain("the credential_process of 'self' asks for 'self' again");
  },
  20_000,
);

test.runIf(onUnix)(
  "for a session out of the cache, nothing of AWS's clients is loaded",
  async () => {
    writeFileSync(join(home, "code"), janesCode(aws));
    expect((await run(["vault", "export", "jane"])).code).toBe(0);
    const hook = join(home, "loaded.cjs");
    writeFileSync(hook, 'process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));');
    const again = await run(["vault", "exec", "jane", "--", "true"], { NODE_OPTIONS: `--require ${hook}` });
    expect([again.code, aws.calls], again.errors).toEqual([0, ["sts:GetSessionToken"]]);
    expect(again.errors).toMatch(/exec-\w+\.cjs|vault-\w+\.cjs|main\.cjs|core\.cjs/);
    expect(again.errors).not.toMatch(/sts-|asking-|changes-|prompts-/);
  },
  60_000,
);

describe.runIf(onUnix)("no secret", () => {
  test("is in an error, in what --debug tells, in a command line, or in a file that is not sealed", async () => {
    const code = janesCode(aws);
    writeFileSync(join(home, "code"), code);
    const look = 'for p in $$ $PPID; do tr "\\0" " " < /proc/$p/cmdline; echo; done';
    const done = await run([
      "vault",
      "exec",
      "--debug",
      "admin",
      "--",
      "sh",
      "-c",
      existsSync("/proc/self") ? look : "true",
    ]);
    expect(done.code, done.errors).toBe(0);
    const refused = await run(["vault", "export", "--debug", "-d", "9h", "-t", "000000", "admin"]);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain("AccessDenied");
    const verified = await run(["verify", "--debug", "admin"]);
    expect(verified.code, verified.errors).toBe(0);
    const secrets = [PASSPHRASE, JANE.keys[0]!.secret];
    for (const { secret, token } of aws.state.sessions.values()) secrets.push(secret, token);
    expect(secrets.length).toBeGreaterThan(5);
    const told = [done, refused, verified].flatMap(({ out, errors }) => [out, errors]).join("\n");
    const inOpen = filesBelow(home).filter((path) => path !== join(home, "code"));
    for (const secret of secrets) {
      expect(told).not.toContain(secret);
      for (const path of inOpen) expect(readFileSync(path, "latin1"), path).not.toContain(secret);
    }
    for (const path of inOpen.filter((one) => one.includes(".local") || one.includes(".awsvault")))
      expect(statSync(path).mode & 0o077, path).toBe(0);
    expect(told).not.toContain(code);
  }, 60_000);
});

describe.runIf(hasPexpect && onUnix)("on a terminal", () => {
  test.each([
    ["", ""],
    ["whose stdin and stderr are for the command", "echo in | "],
  ])(
    "a code is typed, and neither it nor the passphrase shows %s",
    async (_, before) => {
      writeFileSync(join(home, ".aws", "config"), CONFIG.replace(/^mfa_process.*$/m, ""));
      const code = janesCode(aws);
      const { AWS_VAULT_FILE_PASSPHRASE: _passphrase, ...env } = variables({ TERM: "xterm" });
      const after = before === "" ? "" : " 2>/dev/null";
      const command = `${before}"${process.execPath}" "${BIN}" vault exec admin -- sh -c 'echo as $AWS_VAULT; cat < /dev/null'${after}`;
      const answers = [
        ["Enter passphrase to unlock", `${PASSPHRASE}\r`],
        ["Enter MFA code for", `${code}\r`],
      ];
      const python = spawn("python3", ["-c", TYPING]);
      let told = "";
      python.stdout.on("data", (chunk: Buffer) => (told += chunk.toString()));
      python.stdin.end(JSON.stringify({ command, env, answers }));
      await new Promise((resolve) => python.once("close", resolve));
      const { seen, code: exit } = JSON.parse(told) as { seen: string; code: number };
      expect(exit, seen).toBe(0);
      expect(seen).toContain("as admin");
      expect(seen).not.toContain(code);
      for (let at = 0; at + 3 <= code.length; at++)
        expect(seen.split("Enter MFA code")[1]).not.toContain(code.slice(at, at + 3));
      expect(seen).not.toContain("hunter");
    },
    60_000,
  );
});
