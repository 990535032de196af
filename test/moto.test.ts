import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FIXTURES } from "./fixtures.ts";

/** The same journeys with another's stand-in for AWS, which knows nothing of ours: what is sent has to be what AWS takes. */

const BIN = join(FIXTURES, "..", "bin", "aws-vault-doctor.js");
const hasMoto = spawnSync("python3", ["-c", "import moto.server"]).status === 0;
if (!hasMoto) console.warn("SKIPPED: no Python with moto here, so that no other stand-in for AWS is asked");

const CONFIG = `[default]
region = eu-west-1
[profile jane]
mfa_serial = arn:aws:iam::123456789012:mfa/jane
[profile admin]
role_arn = arn:aws:iam::444455556666:role/Admin
source_profile = jane
mfa_serial = arn:aws:iam::123456789012:mfa/jane
[profile deep]
role_arn = arn:aws:iam::777788889999:role/Deep
source_profile = admin
external_id = x-1
session_tags = team=red
[profile web]
role_arn = arn:aws:iam::444455556666:role/Ci
web_identity_token_file = token
`;

describe.runIf(hasMoto)("moto", () => {
  let server: ChildProcess;
  let home = "";
  let url = "";

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "avd-moto-"));
    mkdirSync(join(home, ".aws"), { mode: 0o700 });
    writeFileSync(join(home, ".aws", "config"), CONFIG.replace("= token", `= ${join(home, "token")}`), { mode: 0o600 });
    writeFileSync(join(home, "token"), "a.token.example\n");
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    await untilItAnswers(url);
    const added = run(["vault", "add", "--env", "--no-add-config", "jane"], {
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    });
    expect(added.status, added.stderr).toBe(0);
  }, 60_000);
  afterAll(() => {
    server.kill("SIGKILL");
    rmSync(home, { recursive: true });
  });

  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    spawnSync(process.execPath, [BIN, ...args], {
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: home,
        AWS_ENDPOINT_URL: url,
        AWS_VAULT_BACKEND: "file",
        AWS_VAULT_FILE_PASSPHRASE: "correct horse",
        ...more,
      },
      encoding: "utf8",
      timeout: 30_000,
    });

  test("a chain of roles, and who they are", () => {
    const done = run(["verify", "--format", "json", "-t", "123456", "deep"]);
    expect(done.status, done.stderr).toBe(0);
    const [{ identity, steps }] = JSON.parse(done.stdout).profiles;
    expect(identity.arn).toMatch(/^arn:aws:sts::777788889999:assumed-role\/Deep\/\d+$/);
    expect(steps.map(({ call }: { call: string }) => call)).toEqual([
      "stored-keys",
      "GetSessionToken",
      "AssumeRole",
      "AssumeRole",
    ]);
  }, 60_000);

  test("a web identity, and a command that uses it", () => {
    const command = 'echo "$AWS_VAULT $AWS_ACCESS_KEY_ID $AWS_ENDPOINT_URL"';
    const done = run(["vault", "exec", "web", "--", "sh", "-c", command]);
    expect(done.stdout, done.stderr).toMatch(/^web ASIA\w+ http:\/\/127\.0\.0\.1/);
  }, 60_000);

  test("what is exported is what the AWS SDK for Python takes, in a file and as a credential_process", () => {
    if (spawnSync("python3", ["-c", "import boto3"]).status !== 0) return;
    writeFileSync(
      join(home, "process"),
      `#!/bin/sh\nunset AWS_CONFIG_FILE\nexec "${process.execPath}" "${BIN}" vault export --format json admin\n`,
      { mode: 0o700 },
    );
    const exported = run(["vault", "export", "--format", "ini", "admin"]);
    expect(exported.status, exported.stderr).toBe(0);
    writeFileSync(join(home, "credentials"), exported.stdout);
    writeFileSync(
      join(home, "config"),
      `[profile by-process]\nregion = eu-west-1\ncredential_process = ${join(home, "process")}\n`,
    );
    const script = `import boto3
for name in ("admin", "by-process"):
    print(boto3.Session(profile_name=name).client("sts").get_caller_identity()["Arn"])`;
    const asked = spawnSync("python3", ["-c", script], {
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: home,
        AWS_ENDPOINT_URL: url,
        AWS_CONFIG_FILE: join(home, "config"),
        AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"),
        AWS_VAULT_BACKEND: "file",
        AWS_VAULT_FILE_PASSPHRASE: "correct horse",
        AWS_EC2_METADATA_DISABLED: "true",
      },
    });
    expect(asked.stdout, asked.stderr).toMatch(/^(?:arn:aws:sts::444455556666:assumed-role\/Admin\/\d+\n){2}$/);
    expect(readFileSync(join(home, "credentials"), "utf8")).toMatch(/^\[admin\]\naws_access_key_id=ASIA/);
  }, 60_000);
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("moto does not answer");
}
