import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, assert, beforeAll, beforeEach, describe, test } from "vitest";
import { ROOT } from "./fixtures.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import { ADMIN, JANE, SERIAL, world } from "./support/world.ts";

/** The built program serves a command: on loopback, with a stand-in for AWS. */

const BIN = join(ROOT, "bin", "aws-vault-doctor.js");
const home = mkdtempSync(join(tmpdir(), "avd-serve-exec-"));
const [KEY] = JANE.keys;
const READER = "arn:aws:iam::444455556666:role/Reader";
let aws: FakeAws;
let env: Record<string, string>;

beforeAll(async () => {
  aws = await startFakeAws(world());
  mkdirSync(join(home, ".aws"), { mode: 0o700 });
  writeFileSync(
    join(home, ".aws", "config"),
    `[profile jane]\nregion = eu-west-1\n\n[profile reader]\nrole_arn = ${READER}\nsource_profile = jane\n\n` +
      `[profile admin]\nrole_arn = ${ADMIN}\nsource_profile = jane\nmfa_serial = ${SERIAL}\n\n` +
      "[profile nobody]\nrole_arn = arn:aws:iam::444455556666:role/Nobody\nsource_profile = jane\n",
    { mode: 0o600 },
  );
  env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    AWS_VAULT_BACKEND: "file",
    AWS_VAULT_FILE_PASSPHRASE: "correct horse",
    AWS_ENDPOINT_URL: aws.url,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/stale",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/stale",
  };
  const added = spawnSync(process.execPath, [BIN, "vault", "add", "--env", "jane"], {
    env: { ...env, AWS_ACCESS_KEY_ID: KEY!.id, AWS_SECRET_ACCESS_KEY: KEY!.secret },
    encoding: "utf8",
  });
  assert.equal(added.status, 0, added.stderr);
});
afterAll(async () => {
  await aws.close();
  rmSync(home, { recursive: true });
});
beforeEach(() => void aws.calls.splice(0));

interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs `vault exec` with a script of Node as its command; `meanwhile` happens when that says its first word. */
function exec(
  flags: readonly string[],
  script: string,
  meanwhile = (_exec: number, _said: string): void => {},
): Promise<Done> {
  const words = [BIN, "vault", "exec", ...flags, "--", process.execPath, "-e", `${GET};(async () => {${script}})()`];
  const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    if (out === "") meanwhile(child.pid!, String(chunk));
    out += String(chunk);
  });
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out: out.trim(), errors })));
}

const GET = `
const fs = require("node:fs");
const file = process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
const token = file ? fs.readFileSync(file, "utf8") : process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN;
const uri = process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
const get = async (path = "") => (await fetch(uri + path, { headers: { Authorization: token } })).json();`;

const isRefused = (uri: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(uri).port), "127.0.0.1");
    socket.once("connect", () => resolve(false)).once("error", () => resolve(true));
    socket.once("connect", () => socket.destroy());
  });
const tokenFiles = (): string[] => {
  const folder = join(home, ".cache", "aws-vault-doctor");
  return existsSync(folder) ? readdirSync(folder) : [];
};
const SECRETS = /secret-example|AKIA|correct horse|je7Mt/;

describe.runIf(process.platform !== "win32")("a command that is served", { concurrent: false }, () => {
  test("gets the profile's credentials and those of a role, and nothing of them stands in its environment", async () => {
    const script = `console.log(JSON.stringify([uri, await get(), await get("role-arn/${READER}"), process.env]))`;
    const { code, out, errors } = await exec(["--server", "jane"], script);
    assert.equal(code, 0, errors);
    const [uri, own, role, environment] = JSON.parse(out);
    assert.match(own.AccessKeyId, /^ASIA/);
    assert.match(role.AccessKeyId, /^ASIA/);
    assert.notEqual(own.AccessKeyId, role.AccessKeyId);
    assert.deepEqual(aws.calls, ["sts:GetSessionToken", "sts:AssumeRole"]);
    const all = JSON.stringify(environment);
    for (const secret of [own.SecretAccessKey, own.Token, role.SecretAccessKey, "/stale"])
      assert.notInclude(all, secret);
    assert.notMatch(errors, SECRETS);
    assert.isTrue(await isRefused(uri), "the server ends with its command");
  });

  test("finds its token in a file, which goes with it", async () => {
    const script = `console.log(JSON.stringify([(await get()).AccessKeyId, token, process.env, fs.statSync(file).mode & 0o777]))`;
    const { code, out, errors } = await exec(["-s", "--token-file", "reader"], script);
    assert.equal(code, 0, errors);
    const [key, token, environment, mode] = JSON.parse(out);
    assert.match(key, /^ASIA/);
    assert.equal(mode, 0o600);
    assert.notInclude(JSON.stringify(environment), token);
    assert.deepEqual(tokenFiles(), []);
  });

  test("costs AWS no call before it asks, with --lazy", async () => {
    const { out } = await exec(["--ecs-server", "--lazy", "reader"], `console.log("idle")`);
    assert.equal(out, "idle");
    assert.deepEqual(aws.calls, []);
  });

  test("is not started where there are no credentials; with --lazy it is told, and the person too", async () => {
    const { code, out, errors } = await exec(["--server", "nobody"], `console.log("started")`);
    assert.deepEqual([code, out], [1, ""]);
    assert.include(errors, "not authorized to perform: sts:AssumeRole");
    const lazy = await exec(["--server", "--lazy", "nobody"], `console.log((await get()).Message)`);
    assert.include(lazy.out, "not authorized to perform: sts:AssumeRole");
    assert.include(lazy.errors, "not authorized to perform: sts:AssumeRole");
  });

  test("has the terminal for itself: new credentials that take a code are refused with a reason", async () => {
    const { out, errors } = await exec(["--server", "--lazy", "admin"], `console.log((await get()).Message)`);
    assert.equal(out, "new credentials take an answer, and the command has the terminal");
    assert.include(errors, "name another way to ask with --prompt");
  });

  test.each([
    ["kills itself", `console.log(uri); process.kill(process.pid, "SIGKILL")`, 137],
    ["fails", `console.log(uri); process.exitCode = 7`, 7],
  ])("that %s takes its server with it", async (_, script, status) => {
    const { code, out } = await exec(["-s", "--token-file", "jane"], script);
    assert.equal(code, status);
    assert.isTrue(await isRefused(out));
    assert.deepEqual(tokenFiles(), []);
  });

  test("decides what a signal to the program means, and is served until its end", async () => {
    const script = `process.once("SIGTERM", async () => { console.log((await get()).AccessKeyId); process.exit(9) }); console.log("ready"); setTimeout(() => {}, 20000)`;
    const { code, out } = await exec(["-s", "--token-file", "jane"], script, (pid) => process.kill(pid, "SIGTERM"));
    assert.equal(code, 9);
    assert.match(out, /^ready\nASIA/);
    assert.deepEqual(tokenFiles(), []);
  });

  test("gets nothing more when the program is killed, and the next one takes away what was left", async () => {
    const script = `console.log("ready"); setTimeout(async () => console.log(await get().catch((error) => error.cause.code)), 300)`;
    const { out } = await exec(["-s", "--token-file", "jane"], script, (pid) => process.kill(pid, "SIGKILL"));
    assert.equal(out, "ready\nECONNREFUSED");
    assert.lengthOf(tokenFiles(), 1);
    await exec(["-s", "--token-file", "jane"], "");
    assert.deepEqual(tokenFiles(), []);
  });
});
