import { afterEach, describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { Secret } from "../src/secret.ts";
import { thisMachine } from "../src/system/node.ts";
import type { Heard } from "../src/system/system.ts";
import { fileStore } from "../src/vault/file-store.ts";
import { longTermKeyItem } from "../src/vault/long-term-key.ts";
import { type FakeSystem, fakeSystem } from "./fake-system.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import { ADMIN, JANE, janesCode, SERIAL, world } from "./support/world.ts";

/** Sign-in to the console, with a stand-in for AWS whose sign-in takes what the real one takes. */

const CONFIG = `
[default]
[profile work]
[profile jane]
region = eu-west-1
mfa_serial = ${SERIAL}
[profile admin]
region = us-gov-west-1
role_arn = ${ADMIN}
source_profile = jane
mfa_serial = ${SERIAL}
`;
const [KEY] = JANE.keys;

let aws: FakeAws;
afterEach(() => aws?.close());

const pages: string[] = [];

async function machine(environment: Record<string, string> = {}, answers?: readonly string[]): Promise<FakeSystem> {
  aws = await startFakeAws(world());
  pages.length = 0;
  const system = fakeSystem({
    files: { "/home/user/.aws/config": CONFIG, "/usr/bin/xdg-open": { mode: 0o755 }, "/proc/net/tcp": "" },
    environment: { AWS_ENDPOINT_URL: aws.url, AWS_VAULT_FILE_PASSPHRASE: "p", ...environment },
    now: new Date(),
    ...(answers?.length === 0 ? {} : { answers: answers ?? [janesCode(aws)] }),
    web: async (url) => {
      pages.push(url);
      const { pathname, search } = new URL(url);
      const answer = await fetch(`${aws.url}${pathname}${search}`);
      return { ended: true, status: answer.status, headers: new Map(), body: await answer.text() } satisfies Heard;
    },
  });
  const key = { accessKeyId: Secret.ofText(KEY!.id), secretAccessKey: Secret.ofText(KEY!.secret) };
  const secret = { secret: Secret.ofText("p"), isTyped: false };
  const store = fileStore(system, "/home/user/.awsvault/keys", async () => secret);
  for (const profile of ["work", "jane"]) await store.put(longTermKeyItem(profile, key));
  return system;
}

const login = async (
  args: readonly string[],
  environment: Record<string, string> = {},
  answers?: readonly string[],
) => {
  const system = await machine(environment, answers);
  const code = await main(["vault", "login", ...args], system);
  return { ...system.written, code, asked: system.asked };
};

const address = (page: string, destination: string): string =>
  `${page}/federation?Action=login&Issuer=aws-vault&Destination=${encodeURIComponent(destination)}&SigninToken=signin-token-example\n`;

const COMMERCIAL = "https://us-east-1.signin.aws.amazon.com";

describe("the address that is printed", () => {
  test.each([
    [["work"], COMMERCIAL, "https://console.aws.amazon.com/"],
    [["work", "--path", "/s3/buckets"], COMMERCIAL, "https://console.aws.amazon.com/s3/buckets"],
    [["jane"], COMMERCIAL, "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1"],
    [
      ["jane", "--path=s3/buckets#x"],
      COMMERCIAL,
      "https://eu-west-1.console.aws.amazon.com/s3/buckets?region=eu-west-1#x",
    ],
    [
      ["jane", "--path=//evil.example"],
      COMMERCIAL,
      "https://eu-west-1.console.aws.amazon.com/evil.example?region=eu-west-1",
    ],
    [
      ["jane", "--region", "cn-north-1"],
      "https://signin.amazonaws.cn",
      "https://cn-north-1.console.amazonaws.cn/console/home?region=cn-north-1",
    ],
    [
      ["jane", "--region", "eusc-de-east-1"],
      "https://signin.amazonaws-eusc.eu",
      "https://eusc-de-east-1.console.amazonaws-eusc.eu/console/home?region=eusc-de-east-1",
    ],
    [
      ["admin"],
      "https://signin.amazonaws-us-gov.com",
      "https://us-gov-west-1.console.amazonaws-us-gov.com/console/home?region=us-gov-west-1",
    ],
  ])("of %j", async (args, page, destination) => {
    const { out, errors, code } = await login(["--stdout", ...args]);
    expect([code, out], errors).toEqual([0, address(page, destination)]);
    expect(pages[0]).toMatch(new RegExp(`^${page}/federation\\?Action=getSigninToken&Session=`));
  });

  test("signs out first, if that is wanted", async () => {
    for (const [args, environment] of [
      [["-s", "-a", "work"], {}],
      [["work"], { AWS_VAULT_AUTO_LOGOUT: "t", AWS_VAULT_STDOUT: "1" }],
    ] as const) {
      const { out } = await login(args, environment);
      const inner = address(COMMERCIAL, "https://console.aws.amazon.com/").trim();
      expect(out).toBe(`${COMMERCIAL}/oauth?Action=logout&redirect_uri=${encodeURIComponent(inner)}\n`);
      await aws.close();
    }
  });
});

describe("the credentials", () => {
  test("of a user are traded for a session that the console takes, without a code and without iam:GetUser", async () => {
    const { asked } = await login(["-s", "-d", "2h", "jane"]);
    expect(asked).toEqual([]);
    expect(aws.calls).toEqual(["sts:GetCallerIdentity", "sts:GetFederationToken", "signin:getSigninToken"]);
    expect(Object.fromEntries(aws.asked[1]!)).toMatchObject({ Name: "jane", DurationSeconds: "7200" });
  });

  test("of a role are used as they are", async () => {
    const { asked, code } = await login(["-s", "admin"]);
    expect([code, asked.length]).toEqual([0, 1]);
    expect(aws.calls).not.toContain("sts:GetFederationToken");
  });

  test("of the environment are used without a profile", async () => {
    const environment = { AWS_ACCESS_KEY_ID: KEY!.id, AWS_SECRET_ACCESS_KEY: KEY!.secret, AWS_REGION: "eu-west-1" };
    const { out, errors } = await login(["-s"], environment);
    expect(out, errors).toContain(encodeURIComponent("https://eu-west-1.console.aws.amazon.com/"));
  });

  test("are named where there are none", async () => {
    const { errors, code } = await login(["-s"], {}, []);
    expect(code).toBe(1);
    expect(errors).toContain("name one, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  });

  test("are those of the profile that a person picks, where none is named", async () => {
    const { out, errors } = await login(["-s"], {}, ["work"]);
    expect(errors).toContain("Choose AWS profile:");
    expect(out).toBe(address(COMMERCIAL, "https://console.aws.amazon.com/"));
  });

  test("of AWS_PROFILE come before those of the environment, as in the fork", async () => {
    const environment = { AWS_PROFILE: "work", AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "x" };
    expect((await login(["-s"], environment)).code).toBe(0);
  });

  test("that the console refuses are named, and nothing of them shows", async () => {
    const system = await machine();
    const refusing = {
      ...system.network,
      fetch: async () => ({ ended: true, status: 400, headers: new Map(), body: KEY!.secret }) as const,
    };
    expect(await main(["vault", "login", "-s", "work"], { ...system, network: refusing })).toBe(1);
    expect(system.written.errors).toContain("Call to getSigninToken failed with 400");
    expect(system.written.out + system.written.errors).not.toContain(KEY!.secret);
  });
});

describe("the browser", () => {
  /** Real sockets and a browser that asks as it is told. */
  const opened = async (browse: (url: string) => Promise<unknown>, pauseMs = 5) => {
    const system = await machine();
    const real = thisMachine("/");
    const launched: string[] = [];
    const answers: unknown[] = [];
    const code = await main(["vault", "login", "work"], {
      ...system,
      servers: { ...system.servers, serve: (...what) => real.servers.serve(...what) },
      files: { ...system.files, readText: (...what) => real.files.readText(...what) },
      machine: { ...system.machine, user: process.getuid?.() },
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, pauseMs))),
      programs: {
        ...system.programs,
        launch: async (path, args) => {
          launched.push([path, ...args].join(" "));
          void browse(args.at(-1)!).then((answer) => answers.push(answer));
          return true;
        },
      },
    });
    return { code, launched, answers, ...system.written };
  };
  const ask = async (url: string) => {
    const { status, headers } = await fetch(url, { redirect: "manual" });
    return { status, location: headers.get("location") };
  };

  test("gets an address that leads on once, and no secret is among its arguments", async () => {
    const { code, launched, answers, out, errors } = await opened(async (url) => {
      const wrong = await ask(`${url}x`);
      const right = await ask(url);
      const again = await ask(url).catch(() => ({ status: 404 }));
      return [wrong.status, right, again.status];
    });
    expect(code, errors).toBe(0);
    expect(launched).toHaveLength(1);
    expect(launched[0]).toMatch(/^\/usr\/bin\/xdg-open http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
    await expect
      .poll(() => answers)
      .toEqual([[404, { status: 302, location: address(COMMERCIAL, "https://console.aws.amazon.com/").trim() }, 404]]);
    expect(out + errors + launched.join()).not.toContain("signin-token-example");
  });

  test("that never comes is told of, and so is that there is none", { timeout: 20_000 }, async () => {
    const late = await opened(async () => undefined, 0);
    expect(late.code).toBe(1);
    expect(late.errors).toContain("the browser was started, and did not open the page");
    expect(late.errors).toContain("--stdout prints the address instead");
    await aws.close();
    const system = await machine();
    const programs = { ...system.programs, launch: async () => false };
    expect(await main(["vault", "login", "work"], { ...system, programs })).toBe(1);
    expect(system.written.errors).toContain("no browser could be started");
  });
});
