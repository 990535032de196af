import { Agent, request as httpRequest } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, assert, beforeAll, describe, expect, test } from "vitest";
import type { Credentials } from "../src/credentials/credentials.ts";
import type { Source } from "../src/credentials/source.ts";
import { EXIT, UserError } from "../src/errors.ts";
import { containerAnswers } from "../src/serve/container.ts";
import { keptFresh } from "../src/serve/fresh.ts";
import { instanceAnswers } from "../src/serve/instance.ts";
import { newToken, sessionTokens } from "../src/serve/token.ts";
import { thisMachine } from "../src/system/node.ts";
import type { HttpServer } from "../src/system/system.ts";
import { temporary } from "./support/credentials.ts";
import { exchange, type Reply, reply } from "./support/sockets.ts";

const system = thisMachine("/opt/somewhere");
const HOUR_MS = 3_600_000;
const SECRETS = /wJalr|session-token|ASIA/;

/* ───────────────────────── who is let in, over raw sockets ───────────────────────── */

const { token, isToken } = newToken(system.random);
const TOKEN = token.reveal();
const tokens = sessionTokens(system.random, system.now);
const told: string[] = [];
const source: Source = {
  own: async () => temporary(0, new Date(Date.now() + HOUR_MS)),
  async role(arn) {
    if (arn.endsWith("/Forbidden"))
      throw new UserError("DENIED", "AccessDenied: not for you", { exitCode: EXIT.failed });
    if (arn.endsWith("/Broken")) throw new TypeError("a mistake of ours with ASIACANARY in it");
    return temporary("R", new Date(Date.now() + HOUR_MS));
  },
};
const credentials = keptFresh(source, system.now);
const tell = (line: string): void => void told.push(line);
let container: HttpServer;
let instance: HttpServer;
let lenient: HttpServer;

beforeAll(async () => {
  let answers: ReturnType<typeof containerAnswers> | undefined;
  container = await system.servers.serve("127.0.0.1", 0, (request) => answers!(request));
  answers = containerAnswers({ port: container.port, isToken, credentials, tell });
  const metadata = (allowsV1: boolean) =>
    instanceAnswers({
      region: "eu-west-1",
      tokens,
      allowsV1,
      credentials,
      now: system.now,
      tell,
      greeting: { path: "/greeting", heard: () => {} },
    });
  instance = await system.servers.serve("127.0.0.1", 0, metadata(false));
  lenient = await system.servers.serve("127.0.0.1", 0, metadata(true));
});
afterAll(() => Promise.all([container, instance, lenient].map((server) => server.close())));

const request = (line: string, ...headers: string[]): string =>
  `${line} HTTP/1.1\r\n${headers.map((header) => `${header}\r\n`).join("")}\r\n`;
const send = async (port: number, raw: string): Promise<Reply> => reply(await exchange(port, raw));

const HERE = "Host: 127.0.0.1:PORT";
const AUTH = `Authorization: ${TOKEN}`;
const META = "Host: 169.254.169.254";
const LIST = "/latest/meta-data/iam/security-credentials/";
const CREDENTIALS = `${LIST}local-credentials`;
const GOOD = `X-aws-ec2-metadata-token: ${tokens.make(60)}`;
const TTL = "X-aws-ec2-metadata-token-ttl-seconds";

/** Refused before anything is looked at, by both servers. `OK` stands for all that a good request has. */
const REFUSED: readonly [what: string, status: number, line: string, ...headers: string[]][] = [
  ["a name that leads here by DNS", 403, "GET /", "Host: evil.test", "OK"],
  ["a name that only looks like the address", 403, "GET /", "Host: 127.0.0.1.evil.test", "OK"],
  ["another port", 403, "GET /", "Host: 127.0.0.1:1", "OK"],
  ["no host", 403, "GET /", "OK"],
  ["an empty host", 403, "GET /", "Host:", "OK"],
  ["two hosts", 403, "GET /", "HOST", "Host: evil.test", "OK"],
  ["a page of another origin", 403, "GET /", "HOST", "Origin: https://evil.test", "OK"],
  ["a page without an origin", 403, "GET /", "HOST", "Origin: null", "OK"],
  ["a browser, from another site", 403, "GET /", "HOST", "Sec-Fetch-Site: cross-site", "OK"],
  ["a browser, from the same site", 403, "GET /", "HOST", "Sec-Fetch-Site: same-origin", "OK"],
  ["a browser's address bar", 403, "GET /", "HOST", "Sec-Fetch-Site: none", "OK"],
  ["a preflight", 403, "OPTIONS /", "HOST", "Origin: https://evil.test", "Access-Control-Request-Method: PUT"],
  ["a preflight without an origin", 403, "OPTIONS /", "HOST", "Access-Control-Request-Method: GET"],
  ["a target for a proxy", 400, "GET http://evil.test/", "HOST", "OK"],
  ["a target for a proxy, to itself", 400, "GET http://169.254.169.254/latest/api/token", "HOST", "OK"],
  ["the target *", 400, "OPTIONS *", "HOST", "OK"],
  ["a body", 413, "GET /", "HOST", "Content-Length: 5", "OK"],
  ["a body in chunks", 413, "GET /", "HOST", "Transfer-Encoding: chunked", "OK"],
  ["a body that waits for leave", 413, "PUT /latest/api/token", "HOST", "Content-Length: 5", "Expect: 100-continue"],
  ["another protocol", 426, "GET /", "HOST", "Connection: upgrade", "Upgrade: websocket", "OK"],
  ["no HTTP", 400, "HELO there"],
  ["a head that is too long", 431, "GET /", "HOST", `X-Long: ${"a".repeat(9000)}`, "OK"],
  ["a target that is too long", 431, `GET /${"a".repeat(9000)}`, "HOST", "OK"],
  ["two lengths", 400, "GET /", "HOST", "Content-Length: 0", "Content-Length: 5", "OK"],
  ["length and chunks", 400, "GET /", "HOST", "Content-Length: 5", "Transfer-Encoding: chunked", "OK"],
];

describe.each([
  ["the container's server", () => container.port, HERE, AUTH],
  ["the instance's server", () => instance.port, META, GOOD],
  ["the instance's server with IMDSv1", () => lenient.port, META, GOOD],
] as const)("%s refuses without a word", (_, portOf, host, ok) => {
  test.each(REFUSED)("%s: %d", async (_what, status, line, ...headers) => {
    const port = portOf();
    const real = headers.map((header) => (header === "HOST" ? host : header === "OK" ? ok : header));
    const answer = await send(port, request(line, ...real).replaceAll("PORT", String(port)));
    assert.equal(answer.status, status, answer.head);
    assert.equal(answer.body, "");
    assert.notMatch(answer.head, /access-control|set-cookie|location/i);
    assert.match(answer.head, /connection: close/i);
  });
});

test("nobody gets through with CONNECT", async () => {
  assert.equal(await exchange(container.port, request("CONNECT 127.0.0.1:80", "Host: 127.0.0.1:80", AUTH)), "");
});

describe("the container's server", () => {
  const ask = (line: string, ...headers: string[]) => {
    const host = HERE.replace("PORT", String(container.port));
    return send(container.port, request(line, host, ...headers));
  };
  test.each([
    ["GET /", 200],
    ["GET /anything?at=all", 200],
    ["GET /role-arn/arn:aws:iam::111122223333:role/Admin", 200],
    ["GET /role-arn/arn:aws-us-gov:iam::111122223333:role/path/to/Admin", 200],
    ["GET /role-arn/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FAdmin", 200],
    ["GET /role-arn/arn:aws:iam::111122223333:user/jane", 400],
    ["GET /role-arn/%E0%A4%A", 400],
    ["GET /role-arn/", 400],
    ["GET /stop", 200],
    ["HEAD /", 405],
    ["POST /", 405],
    ["PUT /", 405],
    ["DELETE /", 405],
    ["OPTIONS /", 405],
  ])("%s: %d", async (line, status) => {
    const answer = await ask(line, AUTH);
    assert.equal(answer.status, status);
    if (status === 200) assert.match(JSON.parse(answer.body).AccessKeyId, line.includes("role-arn") ? /R$/ : /0$/);
    else assert.notMatch(answer.body, SECRETS);
  });

  test("says what SDKs read, and no more", async () => {
    const { head, body } = await ask("GET /", AUTH);
    assert.match(head, /content-type: application\/json/i);
    assert.deepEqual(Object.keys(JSON.parse(body)), ["AccessKeyId", "Expiration", "SecretAccessKey", "Token"]);
    assert.match(JSON.parse(body).Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test("tells no credentials without the token, and not how near one was", async () => {
    const wrong = ["", `${TOKEN}x`, TOKEN.slice(1), TOKEN.toLowerCase(), `Bearer ${TOKEN}`, "é"];
    for (const one of wrong) {
      const { status, body } = await ask("GET /", `Authorization: ${one}`);
      assert.equal(status, 403, one);
      assert.equal(body, '{"Message":"invalid Authorization token"}\n');
    }
    assert.equal((await ask("GET /")).status, 403);
  });

  test("lets who guesses wait longer and longer, and never who knows", async () => {
    const answers = containerAnswers({ port: 1, isToken, credentials, tell });
    const delayFor = async (authorization: string): Promise<number> => {
      const headers = new Map([
        ["host", "127.0.0.1:1"],
        ["authorization", authorization],
      ]);
      return (await answers({ method: "GET", target: "/", headers, peer: "127.0.0.1", peerPort: 1 })).delay ?? 0;
    };
    const delays: number[] = [];
    for (let time = 0; time < 12; time++) delays.push(await delayFor("a guess"), await delayFor(TOKEN));
    assert.deepEqual(
      delays.filter((_, at) => at % 2 === 0),
      [0, 0, 0, 0, 0, 100, 200, 400, 800, 1000, 1000, 1000],
    );
    assert.deepEqual(new Set(delays.filter((_, at) => at % 2 === 1)), new Set([0]));
  });

  test("says what went wrong with a role, and tells the person once; of our own mistakes it says nothing", async () => {
    told.length = 0;
    for (let time = 0; time < 2; time++) {
      const denied = await ask("GET /role-arn/arn:aws:iam::111122223333:role/Forbidden", AUTH);
      assert.deepInclude(denied, { status: 500, body: '{"Message":"AccessDenied: not for you"}\n' });
    }
    assert.deepEqual(told, ["AccessDenied: not for you"]);
    const broken = await ask("GET /role-arn/arn:aws:iam::111122223333:role/Broken", AUTH);
    assert.deepInclude(broken, { status: 500, body: '{"Message":"internal error"}\n' });
    assert.match(told.at(-1)!, /our mistake[^]*at /);
  });
});

describe("the instance's server", () => {
  const ask = (line: string, ...headers: string[]) => send(instance.port, request(line, META, ...headers));
  test.each([
    ["GET /latest/api/token", [], 405],
    ["POST /latest/api/token", [`${TTL}: 60`], 405],
    ["PUT /latest/api/token", [`${TTL}: 1`], 200],
    ["PUT /latest/api/token", [`${TTL}: 21600`, "Content-Length: 0"], 200],
    ["PUT /latest/api/token", [], 400],
    ["PUT /latest/api/token", [`${TTL}: 0`], 400],
    ["PUT /latest/api/token", [`${TTL}: 21601`], 400],
    ["PUT /latest/api/token", [`${TTL}: -1`], 400],
    ["PUT /latest/api/token", [`${TTL}: abc`], 400],
    ["PUT /latest/api/token", [`${TTL}: 60, 60`], 400],
    ["PUT /latest/api/token", [`${TTL}: 60`, "X-Forwarded-For: 10.0.0.1"], 403],
    ["PUT /latest/api/token", [`${TTL}: 60`, "Forwarded: for=10.0.0.1"], 403],
    ["PUT /latest/api/token", [`${TTL}: 60`, "Via: 1.1 proxy"], 403],
    ["PUT /latest/meta-data/", [GOOD], 405],
    ["GET /stop", [GOOD], 404],
    ["GET /stop", [], 401],
    [`GET ${LIST}`, [], 401],
    [`GET ${CREDENTIALS}`, [], 401],
    [`GET ${CREDENTIALS}`, ["X-aws-ec2-metadata-token: "], 401],
    [`GET ${CREDENTIALS}`, ["X-aws-ec2-metadata-token: AAAA"], 401],
    [`GET ${CREDENTIALS}`, [`${GOOD}A`], 401],
    ["GET /latest/meta-data/iam/../iam/security-credentials/local-credentials", [GOOD], 404],
    ["GET /latest/user-data", [GOOD], 404],
  ] as const)("%s %j: %d", async (line, headers, status) => {
    const answer = await ask(line, ...headers);
    assert.equal(answer.status, status);
    if (status !== 200) assert.equal(answer.body, "");
  });

  test.each([
    [LIST, "local-credentials"],
    ["/latest/meta-data/iam/security-credentials", "local-credentials"],
    ["/latest/meta-data/instance-id", "aws-vault"],
    ["/latest/meta-data/instance-id/", "aws-vault"],
    ["/latest/meta-data/placement/region", "eu-west-1"],
    ["/latest/meta-data/placement/availability-zone/", "eu-west-1a"],
    ["/latest/meta-data/iam/info/", /^\{"Code":"Success"/],
    ["/latest/dynamic/instance-identity/document", /"region":"eu-west-1"/],
    [CREDENTIALS, /"Code":"Success".*"Type":"AWS-HMAC".*"Expiration":"\d{4}-/],
  ])("%s says %s, with a token; and without one where IMDSv1 is allowed", async (path, body) => {
    for (const answer of [await ask(`GET ${path}`, GOOD), await send(lenient.port, request(`GET ${path}`, META))]) {
      assert.equal(answer.status, 200);
      if (typeof body === "string") assert.equal(answer.body, body);
      else assert.match(answer.body, body);
    }
  });

  test("takes a token for as long as it said, and none of another server or another run", () => {
    let time = 0;
    const now = () => new Date(time);
    const [ours, theirs] = [sessionTokens(system.random, now), sessionTokens(system.random, now)];
    const made = ours.make(60);
    expect([ours.isGood(made), theirs.isGood(made)]).toEqual([true, false]);
    time = 60_000;
    expect(ours.isGood(made)).toBe(false);
    expect(ours.make(1)).not.toBe(ours.make(1));
  });
});

test("a slow client is answered with nothing, and keeps nobody waiting", { timeout: 20_000 }, async () => {
  const started = performance.now();
  const slow = ["GET / HTTP/1.1\r\nHost: 127", ""].map((part) => exchange(container.port, part, 15_000));
  const host = HERE.replace("PORT", String(container.port));
  assert.equal((await send(container.port, request("GET /", host, AUTH))).status, 200);
  const [half] = await Promise.all(slow);
  assert.deepInclude(reply(half!), { status: 408, body: "" });
  assert.isBelow(performance.now() - started, 12_000);
});

/* ───────────────────────── many at once ───────────────────────── */

test("10,000 mixed requests of 50 clients get the right answers, and leave nothing behind", {
  timeout: 60_000,
}, async () => {
  const host = { host: `127.0.0.1:${container.port}` };
  const meta = { host: "169.254.169.254" };
  const good = { "x-aws-ec2-metadata-token": tokens.make(600) };
  const role = "/role-arn/arn:aws:iam::111122223333:role/Admin";
  type Kind = readonly [
    server: HttpServer,
    method: string,
    path: string,
    headers: object,
    status: number,
    body: RegExp,
  ];
  const KINDS: readonly Kind[] = [
    [container, "GET", "/", { ...host, authorization: TOKEN }, 200, /^\{"AccessKeyId":"ASIAIOSFODNN7EXAMPL0",/],
    [container, "GET", role, { ...host, authorization: TOKEN }, 200, /^\{"AccessKeyId":"ASIAIOSFODNN7EXAMPLR",/],
    [container, "GET", "/", { host: "evil.test", authorization: TOKEN }, 403, /^$/],
    [container, "POST", "/", { ...host, authorization: TOKEN }, 405, /^$/],
    [instance, "PUT", "/latest/api/token", { ...meta, [TTL]: "60" }, 200, /^[\w-]{67}$/],
    [instance, "GET", LIST, { ...meta, ...good }, 200, /^local-credentials$/],
    [instance, "GET", CREDENTIALS, { ...meta, ...good }, 200, /"AccessKeyId":"ASIAIOSFODNN7EXAMPL0"/],
    [instance, "GET", CREDENTIALS, meta, 401, /^$/],
    [instance, "GET", CREDENTIALS, { ...meta, ...good, origin: "null" }, 403, /^$/],
    [instance, "GET", "/nothing", { ...meta, ...good }, 404, /^$/],
  ];
  const CLIENTS = 50;
  const EACH = 200;
  const before = used();
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const wrong: string[] = [];
  const one = ([server, method, path, headers, status, body]: Kind): Promise<void> =>
    new Promise((resolve, reject) => {
      httpRequest(
        { agent, host: "127.0.0.1", port: server.port, method, path, headers: { ...headers } },
        (response) => {
          let came = "";
          response.on("data", (chunk) => (came += String(chunk)));
          response.once("end", () => {
            if (response.statusCode !== status || !body.test(came))
              wrong.push(`${method} ${path}: ${response.statusCode}`);
            resolve();
          });
        },
      )
        .once("error", reject)
        .end();
    });
  const client = async (number: number): Promise<void> => {
    for (let time = 0; time < EACH; time++) await one(KINDS[(number * 7 + time * 3) % KINDS.length]!);
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  agent.destroy();
  assert.deepEqual(wrong, []);
  await expect.poll(() => used().sockets, { timeout: 5000 }).toBe(before.sockets);
  assert.isBelow(used().megabytes - before.megabytes, 16);
});

function used(): { sockets: number; megabytes: number } {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const sockets = process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
  return { sockets, megabytes: process.memoryUsage().heapUsed / 2 ** 20 };
}

/* ───────────────────────── credentials that stay fresh ───────────────────────── */

describe("credentials are asked for before they end", () => {
  const MINUTE_MS = 60_000;
  const setUp = (lifeMs: number) => {
    let time = 0;
    let asked = 0;
    let fails = false;
    const waiting: (() => void)[] = [];
    const own = async (): Promise<Credentials> => {
      asked += 1;
      const expires = new Date(time + lifeMs);
      const number = asked;
      if (fails) throw new UserError("GONE", `failure ${number}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return temporary(number, expires);
    };
    const fresh = keptFresh({ own, role: own }, () => new Date(time));
    return {
      at: (ms: number) => (time = ms),
      fail: (on: boolean) => (fails = on),
      arrive: () => waiting.splice(0).forEach((resolve) => resolve()),
      key: async () => (await fresh()).accessKeyId.reveal().at(-1),
      fresh,
      asked: () => asked,
    };
  };

  test("once for all who wait, and not again while they are good", async () => {
    const set = setUp(HOUR_MS);
    const all = Promise.all(Array.from({ length: 50 }, set.key));
    set.arrive();
    expect(new Set(await all)).toEqual(new Set(["1"]));
    set.at(44 * MINUTE_MS);
    expect(await set.key()).toBe("1");
    expect(set.asked()).toBe(1);
  });

  test("in the last quarter of an hour nobody waits for the new ones, and in the last five minutes all do", async () => {
    const set = setUp(HOUR_MS);
    const first = set.key();
    set.arrive();
    await first;
    set.at(46 * MINUTE_MS);
    expect(await set.key()).toBe("1");
    expect(set.asked()).toBe(2);
    set.arrive();
    await new Promise(setImmediate);
    expect(await set.key()).toBe("2");
    set.at(46 * MINUTE_MS + HOUR_MS - 4 * MINUTE_MS);
    const third = set.key();
    set.arrive();
    expect(await third).toBe("3");
  });

  test("those that live a quarter of an hour are not asked for all the time", async () => {
    const set = setUp(15 * MINUTE_MS);
    const first = set.key();
    set.arrive();
    await first;
    set.at(11 * MINUTE_MS);
    expect(await set.key()).toBe("1");
    expect(set.asked()).toBe(1);
  });

  test("where there are no new ones the old ones serve to their end, and the source has a pause", async () => {
    const set = setUp(HOUR_MS);
    const first = set.key();
    set.arrive();
    await first;
    set.fail(true);
    set.at(58 * MINUTE_MS);
    for (let time = 0; time < 3; time++) expect(await set.key()).toBe("1");
    expect(set.asked()).toBe(2);
    set.at(HOUR_MS);
    for (let time = 0; time < 3; time++) await expect(set.key()).rejects.toThrow("failure 3");
    set.at(HOUR_MS + 6000);
    set.fail(false);
    const next = set.key();
    set.arrive();
    expect(await next).toBe("4");
  });

  test("a clock that is set back does not stop it", async () => {
    const set = setUp(HOUR_MS);
    set.fail(true);
    set.at(10 * HOUR_MS);
    await expect(set.key()).rejects.toThrow("failure 1");
    set.at(HOUR_MS);
    await expect(set.key()).rejects.toThrow("failure 2");
  });

  test("of roles a number is kept, and the profile's own always", async () => {
    const asked: string[] = [];
    const give = async (arn = ""): Promise<Credentials> => {
      asked.push(arn);
      return temporary(0, new Date(HOUR_MS));
    };
    const fresh = keptFresh({ own: give, role: give }, () => new Date(0));
    await fresh();
    for (let number = 0; number < 200; number++) await fresh(`role-${number}`);
    await fresh();
    expect(asked.filter((arn) => arn === "")).toHaveLength(1);
    await fresh("role-199");
    await fresh("role-0");
    expect(asked.filter((arn) => arn === "role-199" || arn === "role-0")).toHaveLength(3);
  });
});

test("long-term keys are not handed out", async () => {
  const longTerm = { ...temporary(0, new Date(0)), sessionToken: undefined, expires: undefined };
  const answers = containerAnswers({ port: 1, isToken: () => true, credentials: () => longTerm, tell });
  const headers = new Map([["host", "127.0.0.1:1"]]);
  const answer = await Promise.resolve()
    .then(() => answers({ method: "GET", target: "/", headers, peer: "127.0.0.1" }))
    .catch((error: unknown) => error);
  assert.deepInclude(answer as object, { status: 500 });
});

test.each([
  ["127.0.0.1", 200],
  ["127.8.8.8", 200],
  ["::ffff:127.0.0.1", 200],
  ["::1", 200],
  ["169.254.169.254", 200],
  ["172.17.0.2", 403],
  ["192.168.1.5", 403],
  ["169.254.169.253", 403],
  ["127.0.0.1.evil", 403],
  ["", 403],
])("who comes from '%s' gets %d", async (peer, status) => {
  const answers = containerAnswers({ port: 1, isToken: () => true, credentials, tell });
  const answer = await answers({ method: "GET", target: "/", headers: new Map([["host", "127.0.0.1:1"]]), peer });
  assert.equal(answer.status, status);
});
