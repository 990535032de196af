/**
 * What happens around 169.254.169.254, played through in a network namespace of its own: `SCENARIO FOLDER` prints as JSON what
 * came of it. It must never run anywhere else.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import type { Source } from "../../src/credentials/source.ts";
import { UserError } from "../../src/errors.ts";
import { serve } from "../../src/serve/serve.ts";
import { thisMachine } from "../../src/system/node.ts";
import { temporary } from "./credentials.ts";

const [scenario, root, folder, ...rest] = process.argv.slice(2) as [string, string, string, ...string[]];
const HOUR_MS = 3_600_000;
/** When the hour is over. Before, some clients ask beside what they do, and give back the old ones once more. */
const LATER_MINUTES = 61;
/** How far the clock of the servers is set forward. */
let later = 0;
const now = (): Date => new Date(Date.now() + later);
const system = { ...thisMachine(root), now };

/** Every time others, and roles have a letter. */
let made = 0;
const next = async (letter: string) => temporary(`${letter}${(made += 1)}`, new Date(now().getTime() + HOUR_MS));
const source: Source = { own: () => next(""), role: () => next("R") };

const start = async (kind: "ecs" | "ec2", ...on: string[]) => {
  const [tokenInFile, allowsV1] = [on.includes("token-file"), on.includes("allow-imdsv1")];
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  return serve(kind, { source, first: await source.own(), region: "eu-west-1", tokenInFile, allowsV1, tell }, system);
};

const PLAIN = { PATH: process.env["PATH"]!, HOME: folder, AWS_EC2_METADATA_SERVICE_NUM_ATTEMPTS: "1" };
const output = (command: string, args: readonly string[], env: Environments[string]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...PLAIN, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (chunk) => (said += String(chunk)));
    child.once("error", reject);
    child.once("close", () => resolve(said.trim()));
  });

type Environments = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

const PYTHON = `
import datetime, json, os, sys
import botocore.credentials, botocore.session
from botocore.utils import IMDSRegionProvider
environments, minutes = json.loads(sys.argv[1]), float(sys.argv[2])
plain, told, clients, region = dict(os.environ), {}, {}, None
def enter(name):
    os.environ.clear()
    os.environ.update({**plain, **environments[name]})
for name in environments:
    enter(name)
    session = botocore.session.Session()
    clients[name] = session.get_credentials()
    told[name] = [clients[name].method, clients[name].get_frozen_credentials().access_key]
    if clients[name].method == "iam-role":
        region = IMDSRegionProvider(session).provide()
print("asked", flush=True)
sys.stdin.read()
clock = botocore.credentials._local_now
for client in clients.values():
    client._time_fetcher = lambda: clock() + datetime.timedelta(minutes=minutes)
for name in environments:
    enter(name)
    told[name].append(clients[name].get_frozen_credentials().access_key)
print(json.dumps({"keys": told, "region": region}))
`;

/** What the clients that are here were told, by name. */
async function ask(environments: Environments): Promise<Record<string, unknown>> {
  const words = [JSON.stringify(environments), String(LATER_MINUTES)];
  const asking = [
    twice(process.execPath, [join(folder, "..", "js-clients.mjs"), ...words]),
    ...(rest.includes("python") ? [twice("python3", ["-c", PYTHON, ...words])] : []),
  ];
  const cli = rest.includes("aws") ? await Promise.all(Object.entries(environments).map(askCli)) : undefined;
  await Promise.all(asking.map(({ once }) => once));
  later = LATER_MINUTES * 60_000;
  const [javascript, botocore] = await Promise.all(asking.map(({ again }) => again()));
  return { javascript, botocore, ...(cli && { cli: Object.fromEntries(cli) }) };
}

/** A program that asks all clients, and once more when it is told to. */
function twice(command: string, args: readonly string[]): { once: Promise<unknown>; again: () => Promise<unknown> } {
  const child = spawn(command, args, { env: PLAIN, stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  const over = new Promise((resolve) => child.once("close", resolve));
  const once = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      said += String(chunk);
      if (said.includes("\n")) resolve();
    });
    void over.then(() => resolve());
  });
  const again = async (): Promise<unknown> => {
    child.stdin.end();
    await over;
    return JSON.parse(said.trim().split("\n").at(-1)!);
  };
  return { once, again };
}

/** The key that the AWS CLI signs a request with. */
async function askCli([name, environment]: [string, Environments[string]]): Promise<[string, string]> {
  let key = "none";
  const endpoint = createServer((incoming, outgoing) => {
    key = /Credential=(\w+)\//.exec(incoming.headers.authorization ?? "")?.[1] ?? "unsigned";
    outgoing.writeHead(200, { "Content-Type": "text/xml" }).end("<GetCallerIdentityResponse/>");
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  const { port } = endpoint.address() as { port: number };
  const words = ["sts", "get-caller-identity", "--region", "eu-west-1", "--endpoint-url", `http://127.0.0.1:${port}`];
  await output("aws", words, environment);
  endpoint.close();
  return [name, key];
}

const sh = (command: string): string => execFileSync("sh", ["-c", command], { encoding: "utf8" }).trim();
const hasAlias = (): boolean => sh("ip -brief address show dev lo").includes("169.254.169.254");
const troubleOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: unknown) => (error instanceof UserError ? `${error.message}; ${error.hint ?? ""}` : String(error)),
  );
const until = async (what: () => boolean): Promise<boolean> => {
  for (let tries = 0; tries < 100 && !what(); tries++) await new Promise((resolve) => setTimeout(resolve, 30));
  return what();
};

/** This file once more, which serves until it is ended. */
function another(name: string, ...more: string[]): Promise<{ process: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [process.argv[1]!, name, root, folder, ...more], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return new Promise((resolve) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += String(chunk);
      if (said.endsWith("\n")) resolve({ process: child, said: said.trim() });
    });
    child.once("close", () => resolve({ process: child, said }));
  });
}
const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once("exit", resolve));
const get = (target: string, headers: Record<string, string> = {}, method = "GET"): Promise<[number, string]> =>
  new Promise((resolve) => {
    const asked = request({ host: "169.254.169.254", path: target, method, headers, agent: false }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += String(chunk))).once("end", () => resolve([response.statusCode!, body]));
    });
    asked.once("error", (error) => resolve([0, error.message])).end();
  });
const LIST = "/latest/meta-data/iam/security-credentials/";
const doctor = (...args: string[]): Promise<string> =>
  output(process.execPath, [join(root, "bin/aws-vault-doctor.js"), ...args], {});
const check = async (rule: string): Promise<string[]> =>
  JSON.parse(await doctor("check", "--run", "--format", "json", "--only", rule)).findings.map(
    ({ message }: { message: string }) => message.replaceAll(/process \d+/g, "process N"),
  );

const scenarios: Record<string, () => Promise<unknown>> = {
  /** Both servers, and whoever is here to ask them. */
  async clients() {
    const container = await start("ecs");
    const inFile = await start("ecs", "token-file");
    const instance = await start("ec2");
    const uri = container.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]!;
    const role = {
      ...container.variables,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${uri}role-arn/arn:aws:iam::111122223333:role/A`,
    };
    const told = await ask({ ecs: container.variables, file: inFile.variables, role, ec2: instance.variables });
    await Promise.all([container.close(), inFile.close(), instance.close()]);
    return { ...told, hasAlias: hasAlias() };
  },

  /** Serves until stdin ends: a command that runs. */
  async serve() {
    const trouble = await troubleOf(
      start(rest[0] as "ecs" | "ec2", ...rest.slice(1)).then((server) => {
        console.log(`serves ${Object.values(server.variables).join(" ")}`);
        return new Promise<void>((resolve) => process.stdin.once("end", () => resolve(server.close())).resume());
      }),
    );
    if (trouble !== "none") console.log(trouble);
    process.exit();
  },

  /** Two at once, and each way to end. */
  async ends() {
    const first = await another("serve", "ec2");
    const greeted = hasAlias();
    const second = (await another("serve", "ec2")).said.replaceAll(/process \d+/g, "process N");
    const seen = await check("metadata-address-busy");
    const known = await check("metadata-server-wrong-answer");
    first.process.stdin!.end();
    await ended(first.process);
    const afterEnd = hasAlias();
    const killed = await another("serve", "ec2");
    killed.process.kill("SIGKILL");
    return { greeted, second, seen, known, afterEnd, afterKill: !(await until(() => !hasAlias())) };
  },

  /** The part that runs as root is killed, so that nobody takes the address away: the next one does. */
  async heals() {
    const first = await another("serve", "ec2");
    const [part] = sh(`ps -o pid= --ppid ${first.process.pid}`).split("\n"); // All see all processes: only the network is ours.
    process.kill(Number(part), "SIGKILL");
    const isClosed = await until(() => !sh("ss -tln").includes("169.254.169.254:80"));
    first.process.kill("SIGKILL");
    await ended(first.process);
    const said = await check("metadata-alias-left-over");
    const second = await another("serve", "ec2");
    const answer = await get(LIST);
    second.process.stdin!.end();
    await ended(second.process);
    const healed = !hasAlias();
    sh("ip address add 169.254.169.254/24 dev lo label lo:0"); // As aws-vault adds it.
    const stopped = await new Promise((resolve) =>
      spawn(process.execPath, [join(root, "bin/aws-vault-doctor.js"), "vault", "proxy", "--stop"], {
        env: PLAIN,
        stdio: "ignore",
      }).once("exit", resolve),
    );
    return { isClosed, said, second: second.said, answer, healed, stopped, afterStop: hasAlias() };
  },

  /** Our part for the address, before any server, and a server that comes later. */
  async proxy() {
    const bin = join(root, "bin/aws-vault-doctor.js");
    const proxy = spawn(process.execPath, [bin, "vault", "proxy"], { env: PLAIN, stdio: ["ignore", "ignore", "pipe"] });
    const over = ended(proxy);
    const told = await new Promise((resolve) => proxy.stderr.once("data", (chunk) => resolve(String(chunk).trim())));
    const server = await start("ec2", "allow-imdsv1");
    const answer = await get(LIST);
    await server.close();
    const stillThere = hasAlias();
    const stopped = await new Promise((resolve) =>
      spawn(process.execPath, [bin, "vault", "proxy", "--stop"], { env: PLAIN, stdio: "inherit" }).once(
        "exit",
        resolve,
      ),
    );
    return { told, answer, stillThere, stopped, code: await over, hasAlias: hasAlias() };
  },

  /** A proxy as aws-vault's: it keeps the host, and says whom it speaks for. */
  async foreign() {
    sh("ip address add 169.254.169.254/24 dev lo label lo:0");
    const theirs = createServer((incoming, outgoing) => {
      const headers = { ...incoming.headers, "x-forwarded-for": "169.254.169.254" };
      const asked = request(
        { host: "127.0.0.1", port: 9099, path: incoming.url, method: incoming.method, headers },
        (response) => {
          outgoing.writeHead(response.statusCode!, response.headers);
          response.pipe(outgoing);
        },
      );
      asked.once("error", () => outgoing.writeHead(502).end());
      incoming.pipe(asked);
    });
    await new Promise<void>((resolve) => theirs.listen(80, "169.254.169.254", resolve));
    const server = await start("ec2", "allow-imdsv1");
    const answer = await get(LIST);
    const token = await get("/latest/api/token", { "X-aws-ec2-metadata-token-ttl-seconds": "60" }, "PUT");
    await server.close();
    theirs.close();
    return { answer, token, hasAlias: hasAlias() };
  },

  /** Something else has the address. */
  async taken() {
    sh("ip address add 169.254.169.254/32 dev lo");
    const other = createServer((_, outgoing) => outgoing.writeHead(404, { Server: "Microsoft-IIS/10.0" }).end("no"));
    await new Promise<void>((resolve) => other.listen(80, "169.254.169.254", resolve));
    const trouble = (await troubleOf(start("ec2"))).replaceAll(/process \d+/g, "process N");
    const said = await check("metadata-server-wrong-answer");
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    const all = createServer();
    sh("ip address del 169.254.169.254/32 dev lo");
    await new Promise<void>((resolve) => all.listen(80, "0.0.0.0", resolve));
    const onAll = await troubleOf(start("ec2"));
    all.close();
    return { trouble, said, onAll, hasAlias: hasAlias() };
  },

  /** Whoever comes from elsewhere, as from a container, gets no answer; the part without rights listens there. */
  async elsewhere() {
    sh("ip address add 10.0.0.1/32 dev lo");
    const server = await start("ec2", "allow-imdsv1");
    const from = (localAddress: string) =>
      new Promise<string>((resolve) => {
        request({ host: "169.254.169.254", path: LIST, localAddress, agent: false }, (response) =>
          resolve(String(response.statusCode)),
        )
          .once("error", (error) => resolve("code" in error ? String(error.code) : error.message))
          .end();
      });
    const answers = {
      here: await from("169.254.169.254"),
      loopback: await from("127.0.0.1"),
      container: await from("10.0.0.1"),
    };
    await server.close();
    return answers;
  },

  /** The token in a file: whose it is, and who takes it away. */
  async tokens() {
    const at = join(folder, ".cache", "aws-vault-doctor");
    const list = (): string[] => (existsSync(at) ? readdirSync(at) : []);
    const server = await start("ecs", "token-file");
    const path = server.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]!;
    const modes = [statSync(path).mode, statSync(at).mode].map((mode) => (mode & 0o777).toString(8));
    await server.close();
    const afterEnd = list().length;
    const killed = await another("serve", "ecs", "token-file");
    const whileThere = list().length;
    const beside = await start("ecs", "token-file");
    const both = list().length;
    await beside.close();
    killed.process.kill("SIGKILL");
    await ended(killed.process);
    const leftOver = list().length;
    await (await start("ecs", "token-file")).close();
    return { modes, afterEnd, whileThere, both, leftOver, afterNext: list().length };
  },
};

if (
  !sh("ip -brief link")
    .split("\n")
    .every((line) => line.startsWith("lo "))
)
  throw new Error("this is no namespace of its own");
const outcome = await scenarios[scenario]!();
console.log(JSON.stringify(outcome));
process.exit();
