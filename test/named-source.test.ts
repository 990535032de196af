import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { signedInByLogin } from "../src/credentials/login.ts";
import type { Means } from "../src/credentials/means.ts";
import { namedSource } from "../src/credentials/named-source.ts";
import type { Setting } from "../src/model/reading.ts";
import { thisMachine } from "../src/system/node.ts";
import { type FakeOptions, fakeSystem } from "./fake-system.ts";

/** What a profile starts from that no file holds. AWS's own clients have been asked how: see the addresses in the sources. */

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const NOW = new Date("2026-01-15T12:00:00Z");
const SESSION = {
  AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
  SecretAccessKey: SECRET,
  Token: "a-session-token",
  Expiration: "2026-01-15T13:00:00Z",
};

type Web = NonNullable<FakeOptions["web"]>;
const answers = (status: number, body: object | string): ReturnType<Web> => ({
  ended: true,
  status,
  headers: new Map(),
  body: typeof body === "string" ? body : JSON.stringify(body),
});

const ask = async (source: string, options: FakeOptions) => {
  const system = fakeSystem({ now: NOW, ...options });
  const call = { kind: "named-source", profile: "ci", source: { value: source } as Setting } as const;
  return namedSource(call, { system } as unknown as Means);
};
const told = ({ accessKeyId, secretAccessKey, sessionToken, expires }: Awaited<ReturnType<typeof ask>>) => [
  accessKeyId.reveal(),
  secretAccessKey.reveal(),
  sessionToken?.reveal(),
  expires?.toISOString(),
];

describe("Environment", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: SECRET };
  test.each([
    ["keys that last", keys, [keys.AWS_ACCESS_KEY_ID, SECRET, undefined, undefined]],
    [
      "a session",
      { ...keys, AWS_SESSION_TOKEN: "t", AWS_CREDENTIAL_EXPIRATION: "2026-01-15T13:00:00Z" },
      [keys.AWS_ACCESS_KEY_ID, SECRET, "t", "2026-01-15T13:00:00.000Z"],
    ],
    [
      "the older name of the token, which comes first",
      { ...keys, AWS_SESSION_TOKEN: "t", AWS_SECURITY_TOKEN: "old" },
      [keys.AWS_ACCESS_KEY_ID, SECRET, "old", undefined],
    ],
  ])("%s", async (_, environment, expected) => {
    expect(told(await ask("Environment", { environment }))).toEqual(expected);
  });

  test("half a key is none", async () => {
    const half = ask("Environment", { environment: { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE" } });
    await expect(half).rejects.toThrow(
      /^profile ci: credential_source = Environment has no credentials: AWS_SECRET_ACCESS_KEY is not set$/,
    );
  });
});

describe("EcsContainer", () => {
  test("asks the agent of ECS, or whom a variable names, with the token that it is given", async () => {
    const asked: unknown[] = [];
    const web: Web = (url, { method, headers }) => {
      asked.push([method, url, headers]);
      return answers(200, SESSION);
    };
    const relative = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/credentials/x" };
    expect(told(await ask("EcsContainer", { web, environment: relative }))).toEqual([
      SESSION.AccessKeyId,
      SECRET,
      "a-session-token",
      "2026-01-15T13:00:00.000Z",
    ]);
    const environment = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:8080/creds",
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "passed over",
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/var/run/token",
    };
    await ask("EcsContainer", { web, environment, files: { "/var/run/token": "Bearer x" } });
    expect(asked).toEqual([
      [undefined, "http://169.254.170.2/v2/credentials/x", { Accept: "application/json" }],
      [undefined, "http://127.0.0.1:8080/creds", { Accept: "application/json", Authorization: "Bearer x" }],
    ]);
  });

  test.each([
    ["http://example.com/creds", false],
    ["http://127.0.0.1.example.com/creds", false],
    ["http://10.0.0.1/creds", false],
    ["ftp://127.0.0.1/creds", false],
    ["creds", false],
    ["http://user@example.com:80/creds?127.0.0.1", false],
    ["https://example.com/creds", true],
    ["http://localhost:1234/creds", true],
    ["http://127.3.2.1/creds", true],
    ["http://[::1]:8080/creds", true],
    ["http://169.254.170.23/v1/credentials", true],
    ["http://[fd00:ec2::23]/v1/credentials", true],
  ])("takes credentials from this machine, or by https: %s, %s", async (address, isTaken) => {
    const web: Web = () => answers(200, SESSION);
    const asked = ask("EcsContainer", { web, environment: { AWS_CONTAINER_CREDENTIALS_FULL_URI: address } });
    if (isTaken) expect((await asked).accessKeyId.reveal()).toBe(SESSION.AccessKeyId);
    else await expect(asked).rejects.toThrow("AWS_CONTAINER_CREDENTIALS_FULL_URI is no address");
  });

  const FULL = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://localhost/x" };
  test.each<[string, FakeOptions, string]>([
    ["nobody there", { environment: FULL }, "(AWS_CONTAINER_CREDENTIALS_FULL_URI) takes no connection"],
    ["a refusal", { environment: FULL, web: () => answers(401, SECRET) }, "answers 401"],
    ["a page", { environment: FULL, web: () => answers(200, `<p>${SECRET}`) }, "something else than credentials"],
    [
      "half of them",
      { environment: FULL, web: () => answers(200, { ...SESSION, Token: "" }) },
      "something else than credentials",
    ],
    [
      "old ones",
      { environment: FULL, web: () => answers(200, { ...SESSION, Expiration: "2026-01-15T11:00:00Z" }) },
      "have expired already",
    ],
    [
      "a time that is none",
      { environment: FULL, web: () => answers(200, { ...SESSION, Expiration: "soon" }) },
      "is no time",
    ],
    [
      "a token with a line end",
      { environment: { ...FULL, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/t" }, files: { "/t": `${SECRET}\n` } },
      "its token has a line end in it",
    ],
    [
      "a token that is not there",
      { environment: { ...FULL, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/t" } },
      "its token cannot be read at /t: there is no such file",
    ],
    ["no variable", {}, "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set"],
  ])("%s is one line that quotes nothing", async (_, options, says) => {
    const asked = ask("EcsContainer", options);
    await expect(asked).rejects.toThrow(says);
    await asked.catch((error: unknown) => expect(String((error as Error).stack)).not.toContain(SECRET));
  });
});

describe("Ec2InstanceMetadata", () => {
  const ROLES = "/latest/meta-data/iam/security-credentials/";
  const instance =
    (more: Readonly<Record<string, ReturnType<Web>>> = {}): Web =>
    (url, { method = "GET", headers }) => {
      const path = url.replace("http://169.254.169.254", "");
      if (more[path] !== undefined) return more[path];
      if (method === "PUT") return path === "/latest/api/token" ? answers(200, "imds") : answers(404, "");
      if (headers?.["x-aws-ec2-metadata-token"] !== "imds") return answers(401, "");
      if (path === ROLES) return answers(200, "my-role\nanother");
      return path === `${ROLES}my-role` ? answers(200, { Code: "Success", ...SESSION }) : answers(404, "");
    };

  test("asks by the second version of the protocol", async () => {
    expect((await ask("Ec2InstanceMetadata", { web: instance() })).accessKeyId.reveal()).toBe(SESSION.AccessKeyId);
  });

  test.each<[string, FakeOptions, string]>([
    ["an instance without a role", { web: instance({ [ROLES]: answers(404, "") }) }, "the instance has no role"],
    ["an empty list of roles", { web: instance({ [ROLES]: answers(200, "") }) }, "the instance has no role"],
    [
      "a role that does not let EC2 in",
      { web: instance({ [`${ROLES}my-role`]: answers(200, { Code: "AssumeRoleUnauthorizedAccess", Message: "…" }) }) },
      "EC2's metadata service has no credentials: AssumeRoleUnauthorizedAccess",
    ],
    [
      "a code that may be anything",
      { web: instance({ [`${ROLES}my-role`]: answers(200, { Code: `${SECRET}\n` }) }) },
      "something else than credentials",
    ],
    [
      "a page of some proxy",
      { web: instance({ "/latest/api/token": answers(200, `<p>\n${SECRET}`) }) },
      "something else than a token",
    ],
    ["no instance", {}, "EC2's metadata service takes no connection"],
    [
      "an instance of the first version alone",
      { web: instance({ "/latest/api/token": answers(404, "") }) },
      "EC2's metadata service answers 404",
    ],
    ["a variable that forbids it", { environment: { AWS_EC2_METADATA_DISABLED: "True" } }, "nobody shall be asked"],
    [
      "an address that is none",
      { environment: { AWS_EC2_METADATA_SERVICE_ENDPOINT: "localhost" } },
      "AWS_EC2_METADATA_SERVICE_ENDPOINT is no address of the web",
    ],
  ])("%s is one line", async (_, options, says) => {
    await expect(ask("Ec2InstanceMetadata", options)).rejects.toThrow(says);
  });

  test("goes over the network as it is asked to", async () => {
    const seen: unknown[] = [];
    const server = createServer(({ method, url, headers }, answer) => {
      seen.push([method, url, headers["x-own"]]);
      answer.end("heard");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const limits = { milliseconds: 2000, bytes: 100 };
    const asked = { ...limits, method: "PUT", headers: { "x-own": "1" } } as const;
    const heard = await thisMachine(".").network.fetch(`http://127.0.0.1:${port}/a`, asked);
    server.close();
    expect([heard, seen]).toEqual([expect.objectContaining({ status: 200, body: "heard" }), [["PUT", "/a", "1"]]]);
  });
});

describe("aws login", () => {
  const LOGIN = "arn:aws:iam::111122223333:user/jane";
  const name = createHash("sha256").update(LOGIN).digest("hex");
  const token = {
    accessKeyId: SESSION.AccessKeyId,
    secretAccessKey: SECRET,
    sessionToken: "t",
    expiresAt: SESSION.Expiration,
  };
  const login = (files: Record<string, string>, environment = {}) => {
    const system = fakeSystem({ now: NOW, files, environment });
    const call = { kind: "login", profile: "ci", session: { value: LOGIN } as Setting } as const;
    return signedInByLogin(call, { system } as unknown as Means);
  };
  const usual = `/home/user/.aws/login/cache/${name}.json`;

  test("is used where it is kept", async () => {
    const text = JSON.stringify({ accessToken: token });
    expect((await login({ [usual]: text })).secretAccessKey.reveal()).toBe(SECRET);
    const moved = await login({ [`/home/user/x/${name}.json`]: text }, { AWS_LOGIN_CACHE_DIRECTORY: "~/x" });
    expect(moved.sessionToken?.reveal()).toBe("t");
  });

  test.each([
    ["no sign-in", {}, "there is no sign-in of 'aws login'"],
    ["no JSON", { [usual]: `{${SECRET}` }, "there is no sign-in of 'aws login'"],
    ["half of it", { [usual]: JSON.stringify({ accessToken: { ...token, sessionToken: 1 } }) }, "there is no sign-in"],
    [
      "one that has ended",
      { [usual]: JSON.stringify({ accessToken: { ...token, expiresAt: "2026-01-15T11:59:00Z" } }) },
      "have expired",
    ],
  ])("%s is one line that quotes nothing", async (_, files, says) => {
    const asked = login(files);
    await expect(asked).rejects.toThrow(says);
    await asked.catch((error: unknown) => expect(String((error as Error).stack)).not.toContain(SECRET));
  });
});
