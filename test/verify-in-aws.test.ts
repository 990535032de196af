import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FIXTURES } from "./fixtures.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import { ADMIN, DEEP, JANE, janesCode, SERIAL, WEB_TOKEN, world } from "./support/world.ts";

/** `verify` on the AWS CLI's way, and the AWS CLI itself, on one home and with one stand-in for AWS. */

const BIN = join(FIXTURES, "..", "bin", "aws-vault-doctor.js");
/** The Python that has the AWS CLI, by its own path: what stands in front of it on PATH may look into the home. */
const python = spawnSync("python3", ["-c", "import sys, awscli; print(sys.executable)"], { encoding: "utf8" });
const hasAws = python.status === 0;
if (!hasAws) console.warn("SKIPPED: no AWS CLI here, so that its way is not gone beside ours");

const READER = "arn:aws:iam::444455556666:role/Reader";
const LOGIN = "arn:aws:sts::111122223333:assumed-role/Admin/jane";
const [KEY] = JANE.keys as [(typeof JANE.keys)[number]];
const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();

const CONFIG = `[default]
region = eu-west-1
[profile reader]
role_arn = ${READER}
source_profile = jane
[profile itself]
role_arn = ${READER}
source_profile = itself
aws_access_key_id = ${KEY.id}
aws_secret_access_key = ${KEY.secret}
[profile shell]
role_arn = ${READER}
credential_source = Environment
[profile above]
role_arn = ${READER}
source_profile = jane
duration_seconds = 900
role_session_name = me@example.com
[profile task]
role_arn = ${READER}
credential_source = EcsContainer
[profile machine]
role_arn = ${READER}
credential_source = Ec2InstanceMetadata
[profile printed]
credential_process = print-key
[profile half]
aws_access_key_id = ${KEY.id}
[profile closed]
role_arn = arn:aws:iam::777788889999:role/Deep
source_profile = jane
[profile console]
login_session = ${LOGIN}
[profile both]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[profile split]
aws_access_key_id = ${KEY.id}
[profile top]
role_arn = ${READER}
source_profile = own
[profile own]
role_arn = arn:aws:iam::777788889999:role/Deep
source_profile = gone
aws_access_key_id = ${KEY.id}
aws_secret_access_key = ${KEY.secret}
[profile coded]
role_arn = ${ADMIN}
source_profile = jane
mfa_serial = ${SERIAL}
[profile deep]
role_arn = ${DEEP}
source_profile = coded
external_id = x-1
duration_seconds = 1800
[profile pod]
role_arn = ${ADMIN}
web_identity_token_file = token
role_session_name = pod
[profile podless]
role_arn = ${ADMIN}
web_identity_token_file = /none
[profile blank]
role_arn = ${READER}
source_profile = jane
external_id =
[profile below]
role_arn = ${READER}
source_profile = jane
duration_seconds = -900
[profile no-number]
role_arn = ${READER}
source_profile = jane
duration_seconds = 1h
role_session_name =
[profile lost]
role_arn = ${READER}
source_profile = nobody
`;
const CREDENTIALS = `[jane]
aws_access_key_id = ${KEY.id}
aws_secret_access_key = ${KEY.secret}
[gone]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[both]
aws_access_key_id = ${KEY.id}
aws_secret_access_key = ${KEY.secret}
[split]
aws_secret_access_key = ${KEY.secret}
`;

describe("verify in the AWS CLI", () => {
  let aws: FakeAws;
  let metadata: Server;
  let home = "";
  let environment: Record<string, string> = {};

  beforeAll(async () => {
    aws = await startFakeAws(world());
    // Jane's own role, as a container or a machine has one.
    const session = await getSession();
    metadata = createServer(({ method, url, headers }, answer) => {
      const isAllowed = url === "/task" ? headers.authorization === "a-token" : true;
      const isKnown = headers["x-aws-ec2-metadata-token"] === "imds-token";
      if (url === "/task" && isAllowed) return answer.end(JSON.stringify(session));
      if (url === "/latest/api/token" && method === "PUT") return answer.end("imds-token");
      if (isKnown && url === "/latest/meta-data/iam/security-credentials/") return answer.end("machine-role");
      if (isKnown && url === "/latest/meta-data/iam/security-credentials/machine-role")
        return answer.end(JSON.stringify({ Code: "Success", ...session }));
      answer.writeHead(401).end();
    });
    const port = await new Promise<number>((resolve) =>
      metadata.listen(0, "127.0.0.1", () => resolve((metadata.address() as AddressInfo).port)),
    );
    home = mkdtempSync(join(tmpdir(), "avd-in-aws-"));
    const bin = join(home, "bin");
    mkdirSync(bin);
    const key = { Version: 1, AccessKeyId: KEY.id, SecretAccessKey: KEY.secret };
    writeFileSync(join(bin, "print-key"), `#!/bin/sh\necho '${JSON.stringify(key)}'\n`, { mode: 0o700 });
    mkdirSync(join(home, ".aws", "login", "cache"), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, ".aws", "config"), CONFIG, { mode: 0o600 });
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken } = session;
    const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    const sessions = `[session]\n${keys}aws_session_token = ${sessionToken}\n[no-token]\n${keys}`;
    writeFileSync(join(home, ".aws", "credentials"), `${CREDENTIALS}${sessions}`, { mode: 0o600 });
    writeFileSync(join(home, "token"), WEB_TOKEN, { mode: 0o600 });
    const accessToken = {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      accountId: "111122223333",
      expiresAt: IN_AN_HOUR,
    };
    const name = createHash("sha256").update(LOGIN).digest("hex");
    writeFileSync(
      join(home, ".aws", "login", "cache", `${name}.json`),
      JSON.stringify({ accessToken, clientId: "c", refreshToken: "r", dpopKey: "d" }),
    );
    environment = {
      PATH: `${bin}:${process.env["PATH"] ?? ""}`,
      HOME: home,
      AWS_ENDPOINT_URL: aws.url,
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_VAULT_BACKEND: "file",
      AWS_ACCESS_KEY_ID: KEY.id,
      AWS_SECRET_ACCESS_KEY: KEY.secret,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/task`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "a-token",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}/`,
    };
  }, 60_000);
  afterAll(async () => {
    metadata.close();
    await aws.close();
    rmSync(home, { recursive: true });
  });

  /** Some session of Jane's, which lasts. */
  async function getSession() {
    const { STSClient, GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
    const credentials = { accessKeyId: KEY.id, secretAccessKey: KEY.secret };
    const client = new STSClient({ endpoint: aws.url, region: "eu-west-1", credentials });
    const { Credentials } = await client.send(new GetSessionTokenCommand({}));
    return {
      AccessKeyId: Credentials!.AccessKeyId!,
      SecretAccessKey: Credentials!.SecretAccessKey!,
      Token: Credentials!.SessionToken!,
      Expiration: IN_AN_HOUR,
    };
  }

  /** What is typed is read from stdin, because no terminal belongs to a group of its own. */
  const run = (
    program: string,
    args: readonly string[],
    typed = "",
  ): Promise<{ code: number; out: string; errors: string }> =>
    new Promise((resolve) => {
      const options = { env: environment, cwd: home, timeout: 30_000, detached: true };
      const child = execFile(program, args, options, (_, out, errors) =>
        resolve({ code: child.exitCode ?? -1, out, errors }),
      );
      child.stdin!.end(typed);
    });
  const verified = async (profile: string, ...more: readonly string[]) => {
    const { code, out, errors } = await run(process.execPath, [BIN, "verify", "--format", "json", profile, ...more]);
    expect(code, errors).toBeLessThanOrEqual(1);
    for (const text of [out, errors]) for (const secret of [KEY.secret, "a-token"]) expect(text).not.toContain(secret);
    return JSON.parse(out).profiles[0];
  };
  /** But for the session's name, which everybody makes up. */
  const named = (arn: string | undefined): string | undefined => arn?.replace(/\/(?:\d+|botocore-session-\d+)$/, "");
  const idInAws = async (profile: string, typed?: string): Promise<string | undefined> => {
    const args = ["-m", "awscli", "sts", "get-caller-identity", "--profile", profile, "--output", "json"];
    const { code, out } = await run(python.stdout.trim(), args, typed);
    return code === 0 ? named(JSON.parse(out).Arn) : undefined;
  };

  test.each([
    ["jane", ["written-keys"], "arn:aws:iam::111122223333:user/jane"],
    ["reader", ["written-keys", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader"],
    ["itself", ["written-keys", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader"],
    ["above", ["written-keys", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader/me@example.com"],
    ["shell", ["named-source", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader"],
    ["task", ["named-source", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader"],
    ["machine", ["named-source", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader"],
    ["session", ["written-keys"], "arn:aws:iam::111122223333:user/jane"],
    ["both", ["written-keys"], "arn:aws:iam::111122223333:user/jane"],
    ["top", ["written-keys", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader"],
    ["no-number", ["written-keys", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Reader"],
    ["blank", ["written-keys"], undefined],
    ["below", ["written-keys"], undefined],
    ["no-token", [], undefined],
    ["split", [], undefined],
    ["own", [], undefined],
    ["lost", [], undefined],
    ["gone", [], undefined],
    ["half", [], undefined],
    ["closed", ["written-keys"], undefined],
  ] as const)("%s", { timeout: 60_000 }, async (profile, calls, arn) => {
    const { steps, identity, tool } = await verified(profile);
    expect(steps.map(({ call }: { call: string }) => call)).toEqual(calls);
    expect(named(identity?.arn)).toBe(arn);
    if (arn !== undefined) expect(tool).toBe("cli");
    if (hasAws) expect(await idInAws(profile), "in the AWS CLI").toBe(arn);
  });

  test.each([
    ["coded", ["written-keys", "AssumeRole"], "arn:aws:sts::444455556666:assumed-role/Admin"],
    ["deep", ["written-keys", "AssumeRole", "AssumeRole"], "arn:aws:sts::777788889999:assumed-role/Deep"],
  ] as const)("with MFA: %s", { timeout: 60_000 }, async (profile, calls, arn) => {
    const { steps, identity } = await verified(profile, "--mfa-token", janesCode(aws));
    expect(steps.map(({ call }: { call: string }) => call)).toEqual(calls);
    expect(named(identity?.arn)).toBe(arn);
    if (hasAws) expect(await idInAws(profile, `${janesCode(aws)}\n`), "in the AWS CLI").toBe(arn);
  });

  test.each([
    ["pod", "arn:aws:sts::444455556666:assumed-role/Admin/pod"],
    ["podless", undefined],
  ])("with a token: %s", { timeout: 60_000 }, async (profile, arn) => {
    expect((await verified(profile, "--as", "cli")).identity?.arn).toBe(arn);
    if (hasAws) expect(await idInAws(profile), "in the AWS CLI").toBe(arn);
  });

  test("keys without an end, which a command prints, are for the AWS CLI alone", { timeout: 60_000 }, async () => {
    expect((await verified("printed")).failure.message).toContain("missing the following fields");
    const { out } = await run(process.execPath, [BIN, "verify", "--as", "cli", "--format", "json", "printed"]);
    expect(JSON.parse(out).profiles[0].identity.arn).toBe("arn:aws:iam::111122223333:user/jane");
    if (hasAws) expect(await idInAws("printed")).toBe("arn:aws:iam::111122223333:user/jane");
  });

  test("what `aws login` has left is used while it lasts", { timeout: 60_000 }, async () => {
    const { steps, identity } = await verified("console");
    expect(steps.map(({ call }: { call: string }) => call)).toEqual(["login"]);
    expect(identity.arn).toBe("arn:aws:iam::111122223333:user/jane");
  });

  test("the vault takes what credential_source names, too", { timeout: 60_000 }, async () => {
    for (const profile of ["shell", "task", "machine"]) {
      const command = ["vault", "exec", profile, "--", "sh", "-c", 'echo "$AWS_VAULT $AWS_ACCESS_KEY_ID"'];
      const { out, errors } = await run(process.execPath, [BIN, ...command]);
      const [name, id] = out.trim().split(" ");
      expect(name, errors).toBe(profile);
      expect(aws.state.sessions.get(id!)?.caller.arn).toMatch(/:assumed-role\/Reader\//);
    }
  });
});
