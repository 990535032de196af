import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, assert, beforeAll, describe, expect, test } from "vitest";
import type { Credentials } from "../src/credentials/credentials.ts";
import { credentialVariables } from "../src/credentials/formats.ts";
import { childEnvironment } from "../src/run/child-environment.ts";
import { Secret } from "../src/secret.ts";
import { FIXTURES, filesBelow } from "./fixtures.ts";

const KEY = "AKIACANARYCANARYCAN1";
const SECRET = "CaNaRy0/sEcReT+kEy1abcdefghijklmnopqrstu";
const PASSPHRASE = "hunter2canary";

/* ─────────────────────── the environment of a child ─────────────────────── */

const key: Credentials = {
  accessKeyId: Secret.ofText(KEY),
  secretAccessKey: Secret.ofText(SECRET),
  sessionToken: undefined,
  expires: undefined,
};

describe("a child's environment", () => {
  const work = { profile: "work", region: "eu-west-1", endpointUrl: undefined };

  test("has the credentials, the region and the profile, and the rest of its parent's", () => {
    expect(childEnvironment({ PATH: "/bin", HOME: "/h" }, work, credentialVariables(key))).toEqual({
      PATH: "/bin",
      HOME: "/h",
      AWS_VAULT: "work",
      AWS_ACCESS_KEY_ID: KEY,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
    });
  });

  test("has nothing of other credentials, and not the passphrase", () => {
    const stale = {
      AWS_ACCESS_KEY_ID: "old",
      AWS_SECRET_ACCESS_KEY: "old",
      AWS_SESSION_TOKEN: "old",
      AWS_SECURITY_TOKEN: "old",
      AWS_CREDENTIAL_FILE: "old",
      AWS_CREDENTIAL_EXPIRATION: "old",
      AWS_DEFAULT_PROFILE: "old",
      AWS_PROFILE: "old",
      aws_profile: "old",
      AWS_SDK_LOAD_CONFIG: "old",
      AWS_VAULT_FILE_PASSPHRASE: "old",
    };
    expect(Object.values(childEnvironment(stale, work, credentialVariables(key)))).not.toContain("old");
  });

  test("has a session's token and end, and an endpoint that the profile asks for", () => {
    const session = { ...key, sessionToken: Secret.ofText("token"), expires: new Date("2026-01-15T13:00:00Z") };
    const at = { profile: "work", region: undefined, endpointUrl: "http://localhost" };
    const child = childEnvironment({}, at, credentialVariables(session));
    expect(child).toMatchObject({
      AWS_SESSION_TOKEN: "token",
      AWS_CREDENTIAL_EXPIRATION: "2026-01-15T13:00:00Z",
      AWS_ENDPOINT_URL: "http://localhost",
    });
    assert.notProperty(child, "AWS_REGION");
  });
});

/* ───────────────────────── the built program ────────────────────────── */

const BIN = join(FIXTURES, "..", "bin", "aws-vault-doctor.js");
const onUnix = process.platform !== "win32";
const home = mkdtempSync(join(tmpdir(), "avd-exec-"));
afterAll(() => rmSync(home, { recursive: true }));

const env = { PATH: process.env["PATH"] ?? "", HOME: home, AWS_VAULT_FILE_PASSPHRASE: PASSPHRASE };
const run = (args: readonly string[], more: { env?: Record<string, string>; input?: string } = {}) =>
  spawnSync(process.execPath, [BIN, "vault", ...args], {
    env: { ...env, ...more.env },
    cwd: home,
    encoding: "utf8",
    input: more.input ?? "",
    timeout: 20_000,
  });
const exec = (...command: string[]) => run(["exec", "--no-session", "work", "--", ...command]);

beforeAll(() => {
  const added = run(["add", "--env", "work"], { env: { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: SECRET } });
  assert.equal(added.status, 0, added.stderr);
  mkdirSync(join(home, "bin"));
  writeFileSync(join(home, "bin", "closed"), "#!/bin/sh\n");
  chmodSync(join(home, "bin", "closed"), 0o644);
  writeFileSync(join(home, "bin", "lost"), "#!/nowhere/to/be/found\n", { mode: 0o755 });
});

describe.runIf(onUnix)("exec", () => {
  test.each([
    [["true"], 0],
    [["sh", "-c", "exit 7"], 7],
    [["sh", "-c", "kill -KILL $$"], 137],
    [["nowhere-to-be-found"], 127],
    [["./bin/closed"], 126],
    [["./bin/lost"], 127],
    [[""], 127],
  ])("gives back what %j gives: %d", (command, code) => {
    const done = exec(...command);
    assert.equal(done.status, code, done.stderr);
    assert.notMatch(done.stderr, /CaNaRy|AKIA|hunter2|our mistake/);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"])(
    "ends as its command does by %s, as a shell's loop wants to know",
    (signal) => {
      const done = exec("sh", "-c", `kill -${signal.slice(3)} $$`);
      assert.deepEqual([done.status, done.signal], [null, signal], done.stderr);
    },
  );

  test("hands on the streams, every word of the command, and the environment", () => {
    const script = 'cat; printf "<%s>" "$@"; echo "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_VAULT" >&2';
    const words = ["sh", "-c", script, "name", "a b", "--flag", "--", "-n", ""];
    const done = run(["exec", "--no-session", "work", "--", ...words], { input: "in\n" });
    assert.equal(done.stdout, "in\n<a b><--flag><--><-n><>");
    assert.equal(done.stderr, `${KEY} ${SECRET} work\n`);
    assert.equal(exec("sh", "-c", 'echo "[$AWS_VAULT_FILE_PASSPHRASE]"').stdout, "[]\n");
  });

  test("runs the shell when no command is named, and AWS_PROFILE when no profile is", () => {
    const asked = run(["exec", "-n"], { env: { AWS_PROFILE: "work", SHELL: "/bin/sh" }, input: "echo $AWS_VAULT\n" });
    assert.equal(asked.stdout, "work\n");
    const both = run(["exec", "-n", "--", "sh", "-c", "exit 3"], { env: { AWS_PROFILE: "work" } });
    assert.equal(both.status, 3, both.stderr);
  });

  test.each([
    ["SIGTERM", 9],
    ["SIGHUP", 9],
    ["SIGINT", 9],
  ] as const)("lets the child decide about %s", async (signal, code) => {
    const script = 'trap "exit 9" TERM HUP INT; echo ready; for i in $(seq 200); do sleep 0.05; done';
    const child = spawn(process.execPath, [BIN, "vault", "exec", "-n", "work", "--", "sh", "-c", script], {
      env,
      cwd: home,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill(signal);
    assert.equal(await new Promise((resolve) => child.once("exit", resolve)), code);
  });

  test.runIf(existsSync("/proc/self/cmdline"))("has no secret in any command line, and leaves none on the disk", () => {
    const done = exec("sh", "-c", "cat /proc/$PPID/cmdline /proc/$$/cmdline");
    assert.include(done.stdout, "--no-session");
    for (const secret of [KEY, SECRET, PASSPHRASE]) {
      assert.notInclude(done.stdout, secret);
      for (const file of filesBelow(home)) assert.notInclude(readFileSync(file, "latin1"), secret, file);
    }
  });

  test("refuses within itself, and without a profile", () => {
    expect(run(["exec", "-n", "work", "true"], { env: { AWS_VAULT: "x" } })).toMatchObject({ status: 1 });
    const none = run(["exec", "-n", "--", "true"]);
    assert.include(none.stderr, "required argument 'profile' not provided");
    expect(none.status).toBe(1);
  });
});
