import { IAMClient } from "@aws-sdk/client-iam";
import { SSOClient } from "@aws-sdk/client-sso";
import { SSOOIDCClient } from "@aws-sdk/client-sso-oidc";
import { STSClient } from "@aws-sdk/client-sts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { addressOf } from "../src/aws/address.ts";
import { clientSettings, type Service } from "../src/aws/asking.ts";
import { main } from "../src/main.ts";
import { Secret } from "../src/secret.ts";
import { fetchPage } from "../src/system/asking.ts";
import { proxyFor, proxyName } from "../src/system/proxy.ts";
import { fileStore } from "../src/vault/file-store.ts";
import { longTermKeyItem } from "../src/vault/long-term-key.ts";
import { fakeSystem } from "./fake-system.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import {
  type Certificates,
  type FakeProxy,
  type Listening,
  makeCertificates,
  startProxy,
  startTls,
} from "./support/middlebox.ts";
import { JANE, world } from "./support/world.ts";

/** Calls leave this machine as those of the AWS CLI do: by the variables of proxies, and by the company's certificates. */

const STS = "https://sts.eu-west-1.amazonaws.com";

describe("which proxy", () => {
  const P = "http://proxy.example.com:3128";
  test.each<[string, Record<string, string>, string | undefined]>([
    [STS, {}, undefined],
    [STS, { HTTPS_PROXY: P }, `the proxy ${P} (HTTPS_PROXY)`],
    [STS, { https_proxy: P }, `the proxy ${P} (https_proxy)`],
    [STS, { HTTPS_PROXY: "http://other:1", https_proxy: P }, `the proxy ${P} (https_proxy)`],
    [STS, { HTTPS_PROXY: P, https_proxy: "" }, undefined],
    [STS, { HTTPS_PROXY: "" }, undefined],
    [STS, { HTTP_PROXY: P, ALL_PROXY: P }, undefined],
    ["http://sts.example.com", { HTTP_PROXY: P, HTTPS_PROXY: "http://other:1" }, `the proxy ${P} (HTTP_PROXY)`],
    [STS, { HTTPS_PROXY: "proxy.example.com:3128" }, `the proxy ${P} (HTTPS_PROXY)`],
    [STS, { HTTPS_PROXY: "//proxy.example.com:3128/" }, `the proxy ${P} (HTTPS_PROXY)`],
    [STS, { HTTPS_PROXY: "proxy" }, "the proxy http://proxy:80 (HTTPS_PROXY)"],
    [STS, { HTTPS_PROXY: "https://proxy" }, "the proxy https://proxy:443 (HTTPS_PROXY)"],
    [STS, { HTTPS_PROXY: "http://[::1]:3128" }, "the proxy http://[::1]:3128 (HTTPS_PROXY)"],
    [STS, { HTTPS_PROXY: "http://jane:hunter2@proxy.example.com:3128" }, `the proxy ${P} (HTTPS_PROXY)`],
  ])("for %s with %j", (to, environment, expected) => {
    const proxy = proxyFor(new URL(to), environment);
    expect(proxy && proxyName(proxy)).toBe(expected);
  });

  test.each([
    ["jane:hunter2@proxy:1", "jane:hunter2"],
    ["http://jane:p%40ss%2F%23@proxy:1", "jane:p@ss/#"],
    ["http://jane:100%@proxy:1", "jane:100%"],
    ["http://jane@proxy:1", "jane:"],
  ])("%s logs in as %s", (value, login) => {
    const header = proxyFor(new URL(STS), { HTTPS_PROXY: value })!.authorization!.reveal();
    expect(header).toBe(`Basic ${Buffer.from(login).toString("base64")}`);
  });

  test.each([
    "socks5://proxy:1080",
    "http://",
    "http://proxy:port",
    "http://jane:hun#ter2@proxy:1",
    "file:///etc/proxy",
  ])("%s is none, and that is told without it", (value) => {
    const find = () => proxyFor(new URL(STS), { HTTPS_PROXY: value });
    expect(find).toThrow(/^HTTPS_PROXY holds no address of an HTTP proxy, such as http:\/\/proxy\.example\.com:3128$/);
    expect(proxyFor(new URL(STS), { HTTPS_PROXY: value, NO_PROXY: "*" })).toBeUndefined();
  });

  // The lists of Python's urllib and Go's net/http; [to, list, is excepted].
  test.each<[string, string, boolean]>([
    [STS, "*", true],
    [STS, "other.example,*", true],
    [STS, "amazonaws.com", true],
    [STS, ".amazonaws.com", true],
    [STS, "*.amazonaws.com", true],
    [STS, "localhost, .AMAZONAWS.com ,x", true],
    [STS, "sts.eu-west-1.amazonaws.com", true],
    [STS, "sts.eu-west-1.amazonaws.com:443", true],
    [STS, "sts.eu-west-1.amazonaws.com:8443", false],
    [`${STS}:8443`, "amazonaws.com:8443", true],
    [STS, "ws.com", false],
    [STS, "sts.us-east-1.amazonaws.com", false],
    [STS, "eu-west-1", false],
    [STS, ",, ,", false],
    ["https://10.1.2.3", "10.0.0.0/8", true],
    ["https://10.1.2.3", "10.1.2.3", true],
    ["https://10.1.2.3", "10.1.2.4,10.2.0.0/16,10.1.2.3/99,10.1.2.3/x", false],
    ["https://[fd00::1]", "fd00::/8", true],
    ["https://[fd00::1]", "[fd00::1]", true],
    ["https://[fd00::1]", "10.0.0.0/8", false],
    ["https://localhost:4566", "", true],
    ["https://127.0.0.1:4566", "", true],
    ["https://127.9.9.9", "", true],
    ["https://[::1]:4566", "", true],
    ["https://localhost.example.com", "", false],
  ])("%s is excepted by NO_PROXY=%s: %s", (to, list, isExcepted) => {
    for (const name of ["NO_PROXY", "no_proxy"])
      expect(proxyFor(new URL(to), { https_proxy: P, [name]: list }) === undefined).toBe(isExcepted);
  });
});

test("an address is the one that the library makes", async () => {
  const clients = { sts: STSClient, iam: IAMClient, sso: SSOClient, "sso-oidc": SSOOIDCClient } as const;
  const regions = ["eu-west-1", "us-east-1", "ap-southeast-5", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"];
  for (const [service, Client] of Object.entries(clients))
    for (const region of regions) {
      const settings = await clientSettings({ region, endpoint: undefined, now: () => new Date() }, undefined, 0);
      const { endpointProvider } = new Client(settings).config as unknown as {
        endpointProvider(this: void, by: object): { readonly url: URL };
      };
      const { href } = endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false }).url;
      expect(addressOf(service as Service, { region, endpoint: undefined }).href).toBe(href);
    }
  expect(addressOf("sts", { region: "us-east-1", endpoint: undefined, isLegacy: true }).host).toBe("sts.amazonaws.com");
});

/** A tree without its branches and its line ends. */
const unfolded = (tree: string): string => tree.replaceAll(/\s+[│├└─ ]*/g, " ");

describe("calls", () => {
  const [KEY] = JANE.keys;
  const LOGIN = "jane:hunter2";
  let aws: FakeAws;
  let certificates: Certificates;
  let front: Listening;
  const opened: Listening[] = [];
  beforeAll(async () => {
    aws = await startFakeAws(world());
    certificates = makeCertificates([
      "DNS:*.amazonaws.com",
      "DNS:*.eu-west-1.amazonaws.com",
      "DNS:*.signin.aws.amazon.com",
      "IP:127.0.0.1",
    ]);
    front = await startTls(Number(new URL(aws.url).port), certificates);
  });
  afterAll(() => Promise.all([aws.close(), front.close()]));
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });

  const proxy = async (...what: Parameters<typeof startProxy>): Promise<FakeProxy> => {
    const started = await startProxy(...what);
    opened.push(started);
    return started;
  };

  const run = async (args: readonly string[], environment: Record<string, string>, more = "") => {
    const system = fakeSystem({
      files: {
        "/home/user/.aws/config": `[profile jane]\nregion = eu-west-1\n${more}`,
        "/etc/company.pem": certificates.authority,
        "/etc/empty.pem": "nothing\n",
      },
      environment: { AWS_VAULT_FILE_PASSPHRASE: "p", AWS_VAULT_BACKEND: "file", ...environment },
      now: new Date(),
    });
    const key = { accessKeyId: Secret.ofText(KEY!.id), secretAccessKey: Secret.ofText(KEY!.secret) };
    const store = fileStore(system, "/home/user/.awsvault/keys", async () => ({
      secret: Secret.ofText("p"),
      isTyped: false,
    }));
    await store.put(longTermKeyItem("jane", key));
    const network = { ...system.network, fetch: fetchPage };
    const code = await main([...args], { ...system, network });
    const { out, errors } = system.written;
    expect(out + errors).not.toContain("hunter2");
    expect(out + errors).not.toContain(Buffer.from(LOGIN).toString("base64"));
    return { code, out, errors, text: `${errors}\n${out}` };
  };
  const verify = (environment: Record<string, string>, more?: string) =>
    run(["verify", "--no-session", "jane"], environment, more);
  const BUNDLE = { AWS_CA_BUNDLE: "/etc/company.pem" };

  test("go through a proxy that connects them to AWS, and it is named", async () => {
    const { port, asked, logins } = await proxy(front.port);
    const { code, errors, text } = await verify({ HTTPS_PROXY: `http://127.0.0.1:${port}`, ...BUNDLE });
    expect(code, text).toBe(0);
    expect(text).toContain("arn:aws:iam::111122223333:user/jane");
    expect(errors).toContain(`calls to STS go through the proxy http://127.0.0.1:${port} (HTTPS_PROXY)\n`);
    expect(new Set(asked)).toEqual(new Set(["CONNECT sts.eu-west-1.amazonaws.com:443"]));
    expect(new Set(logins)).toEqual(new Set([undefined]));
  });

  test("log in to it, over TLS where it has that", async () => {
    const own = await proxy(front.port, { tls: certificates });
    const { code, text } = await verify({ https_proxy: `https://${LOGIN}@127.0.0.1:${own.port}`, ...BUNDLE });
    expect(code, text).toBe(0);
    expect(new Set(own.logins)).toEqual(new Set([`Basic ${Buffer.from(LOGIN).toString("base64")}`]));
  });

  test("in the open are given to the proxy whole", async () => {
    const { port, asked, logins } = await proxy(Number(new URL(aws.url).port));
    const environment = {
      http_proxy: `http://${LOGIN}@127.0.0.1:${port}`,
      AWS_ENDPOINT_URL: "http://sts.example.com:4566",
    };
    const { code, text } = await verify(environment);
    expect(code, text).toBe(0);
    expect(new Set(asked)).toEqual(new Set(["POST http://sts.example.com:4566/"]));
    expect(logins[0]).toBeDefined();
  });

  test("to this machine, and to what NO_PROXY excepts, go straight", async () => {
    const { port, asked } = await proxy(front.port);
    const { code, errors } = await verify({
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      HTTP_PROXY: `http://127.0.0.1:${port}`,
      AWS_ENDPOINT_URL: aws.url,
    });
    expect([code, asked]).toEqual([0, []]);
    expect(errors).not.toContain("through");
  });

  test("of login ask the console through it too", async () => {
    const { port, asked } = await proxy(front.port);
    const { code, text } = await run(["vault", "login", "-s", "jane"], {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      ...BUNDLE,
    });
    expect(code, text).toBe(0);
    expect(asked.at(-1)).toBe("CONNECT us-east-1.signin.aws.amazon.com:443");
    const refused = await run(["vault", "login", "-s", "jane"], { HTTPS_PROXY: "http://127.0.0.1:9", ...BUNDLE });
    expect(refused.errors).toContain("through the proxy http://127.0.0.1:9 (HTTPS_PROXY)");
  });

  test("of check --online go through it", async () => {
    const { port, asked } = await proxy(front.port);
    const keys = `aws_access_key_id = ${KEY!.id}\naws_secret_access_key = ${KEY!.secret}\n`;
    const online = (environment: Record<string, string>) =>
      run(["check", "--online", "--severity", "info"], environment, keys);
    await online({ HTTPS_PROXY: `http://127.0.0.1:${port}`, ...BUNDLE });
    expect(new Set(asked)).toEqual(
      new Set(["CONNECT sts.eu-west-1.amazonaws.com:443", "CONNECT iam.amazonaws.com:443"]),
    );
    expect((await online({ HTTPS_PROXY: "socks5://proxy" })).text).toContain(
      "AWS was not reached: HTTPS_PROXY holds no address",
    );
  });

  const refusals: readonly [string, number | undefined, string, string][] = [
    [
      "that wants a user",
      407,
      "",
      "PROXY_LOGIN: through the proxy URL (HTTPS_PROXY): it wants a user and a password (407)",
    ],
    [
      "that wants another user",
      407,
      `${LOGIN}@`,
      "PROXY_LOGIN: through the proxy URL (HTTPS_PROXY): it takes another user or password (407)",
    ],
    [
      "that refuses the host",
      403,
      "",
      "PROXY_REFUSES: through the proxy URL (HTTPS_PROXY): it does not connect to sts.eu-west-1.amazonaws.com:443 (403)",
    ],
    [
      "that is not there",
      undefined,
      `${LOGIN}@`,
      "ECONNREFUSED: through the proxy URL (HTTPS_PROXY): connect ECONNREFUSED 127.0.0.1:9",
    ],
  ];
  test.each(refusals)("through a proxy %s fail with its name", async (_, answers, login, says) => {
    const port = answers === undefined ? 9 : (await proxy(front.port, { answers })).port;
    const { code, out, errors } = await verify({ HTTPS_PROXY: `http://${login}127.0.0.1:${port}` });
    expect(code, errors).toBe(1);
    expect(unfolded(out)).toContain(says.replace("URL", `http://127.0.0.1:${port}`));
  });

  test("with a variable that is broken are not made, and one line says so", async () => {
    const broken = { HTTPS_PROXY: "http://jane:hun#ter2@proxy:1" };
    const says = "HTTPS_PROXY holds no address of an HTTP proxy, such as http://proxy.example.com:3128";
    const { code, text } = await run(["vault", "export", "jane"], broken);
    expect([code, text]).toEqual([1, expect.stringContaining(`aws-vault-doctor: ${says}\n`)]);
    expect(text).not.toContain("hun#");
    const { code: failed, out } = await verify(broken);
    expect([failed, unfolded(out)]).toEqual([1, expect.stringContaining(says)]);
    expect((await run(["vault", "export", "--no-session", "jane"], broken)).code).toBe(0); // AWS is not asked.
  });

  const bundles: readonly [string, Record<string, string>, string, string | undefined][] = [
    ["of AWS_CA_BUNDLE", BUNDLE, "", undefined],
    ["of ca_bundle", {}, "ca_bundle = /etc/company.pem\n", undefined],
    ["of REQUESTS_CA_BUNDLE", { REQUESTS_CA_BUNDLE: "/etc/company.pem" }, "", undefined],
    ["of AWS_CA_BUNDLE before ca_bundle", BUNDLE, "ca_bundle = /etc/gone.pem\n", undefined],
    ["of nobody", {}, "", "AWS_CA_BUNDLE (or ca_bundle) names the file"],
    [
      "of a file that is gone",
      {},
      "ca_bundle = /etc/gone.pem\n",
      "the certificates in /etc/gone.pem (ca_bundle of the profile) cannot be used: there is no such file",
    ],
    [
      "of a file without any",
      { AWS_CA_BUNDLE: "/etc/empty.pem" },
      "",
      "the certificates in /etc/empty.pem (AWS_CA_BUNDLE) cannot be used: the file holds no certificate",
    ],
  ];
  test.each(bundles)("with the certificates %s", async (_, environment, more, refused) => {
    const { code, out, text } = await verify(
      { AWS_ENDPOINT_URL: `https://127.0.0.1:${front.port}`, ...environment },
      more,
    );
    expect(code, text).toBe(refused === undefined ? 0 : 1);
    if (refused !== undefined) expect(unfolded(out)).toContain(refused);
  });
});
