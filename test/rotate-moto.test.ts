import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { Secret } from "../src/secret.ts";
import { fileStore } from "../src/vault/file-store.ts";
import { keyIn, longTermKeyItem } from "../src/vault/long-term-key.ts";
import { fakeSystem } from "./fake-system.ts";

/** The same against moto, which others have made: it checks signatures, keys and policies when it is told to. */

const hasMoto =
  spawnSync("python3", ["-c", "import importlib.util as u, sys; sys.exit(u.find_spec('moto') is None)"]).status === 0;
if (!hasMoto) console.warn("SKIPPED: no Python with moto here, so rotation is tested against our own stand-in only");

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });

describe.runIf(hasMoto)("with moto", () => {
  let moto: ChildProcess;
  let url = "";
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    moto = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
      stdio: "ignore",
      // After the user, its policy and its key are made, all calls have to be signed and allowed.
      env: { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: "3" },
    });
    for (let tries = 0; tries < 300; tries++) {
      if (
        await fetch(`${url}/moto-api/`)
          .then(({ ok }) => ok)
          .catch(() => false)
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }, 40_000);
  afterAll(() => moto.kill("SIGKILL"));

  test("a key is rotated by the user whose it is", { timeout: 20_000 }, async () => {
    const iam = new IAMClient({
      endpoint: url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
    });
    const UserName = "jane";
    await iam.send(new CreateUserCommand({ UserName }));
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["iam:*AccessKey*"], Resource: "*" }],
    };
    await iam.send(
      new PutUserPolicyCommand({ UserName, PolicyName: "own-keys", PolicyDocument: JSON.stringify(policy) }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const old = {
      accessKeyId: Secret.ofText(AccessKey!.AccessKeyId!),
      secretAccessKey: Secret.ofText(AccessKey!.SecretAccessKey!),
    };
    const system = fakeSystem({
      environment: { AWS_ENDPOINT_URL: url, AWS_VAULT_FILE_PASSPHRASE: "p" },
      files: { "/home/user/.aws/config": "[profile jane]\nregion = us-east-1\n" },
      now: new Date(),
    });
    const passphrase = { secret: Secret.ofText("p"), isTyped: false };
    const store = fileStore(system, "/home/user/.awsvault/keys", async () => passphrase);
    await store.put(longTermKeyItem("jane", old));

    expect(await main(["vault", "rotate", "jane"], system), system.written.errors).toBe(0);
    expect(system.written.out).toContain("Finished rotating access key");
    expect((await keyIn(store, "jane")).accessKeyId.reveal()).not.toBe(AccessKey!.AccessKeyId);
    // The new key rotates itself in its turn, and the old one is nobody any more.
    expect(await main(["vault", "rotate", "jane"], system), system.written.errors).toBe(0);
    await store.put(longTermKeyItem("jane", old));
    expect(await main(["vault", "rotate", "jane"], system)).toBe(1);
    expect(system.written.errors).toContain("InvalidClientTokenId");
  });
});
