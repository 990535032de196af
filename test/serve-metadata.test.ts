import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, assert, beforeAll, describe, test } from "vitest";
import { ROOT } from "./fixtures.ts";

/** Each in a network namespace of its own, because 169.254.169.254 may be somebody's there outside. */
const UNSHARE = process.getuid?.() === 0 ? ["-n"] : ["-rn"];
const isThere = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { timeout: 20_000 }).status === 0;
const hasNamespaces = isThere("unshare", ...UNSHARE, "ip", "link", "set", "lo", "up");
if (!hasNamespaces)
  console.warn("SKIPPED: no `unshare -n` or no `ip` here, so the servers stay untested on 169.254.169.254");
const others = [
  ["python", isThere("python3", "-c", "import botocore")],
  ["aws", isThere("aws", "--version")],
] as const;
const clients = others.flatMap(([name, isHere]) => (isHere ? [name] : []));
for (const [name, isHere] of others) if (!isHere) console.warn(`SKIPPED: no ${name} here to ask the servers`);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "avd-serve-"));
  await build({
    entryPoints: {
      metadata: join(import.meta.dirname, "support/metadata.ts"),
      "js-clients": join(import.meta.dirname, "support/js-clients.ts"),
    },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["@napi-rs/keyring"],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: "error",
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What came of a scenario of `support/metadata.ts`. */
function played(scenario: string): Promise<unknown> {
  const home = mkdtempSync(join(folder, "home-"));
  const script = `ip link set lo up && exec "$@"`;
  const words = [process.execPath, join(folder, "metadata.mjs"), scenario, ROOT, home, ...clients];
  const child = spawn("unshare", [...UNSHARE, "sh", "-c", script, "sh", ...words], {
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [said, errors] = ["", ""];
  child.stdout.on("data", (chunk) => (said += String(chunk)));
  child.stderr.on("data", (chunk) => (errors += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once("close", () => {
      const last = said.trim().split("\n").at(-1)!;
      if (last.startsWith("{")) resolve(JSON.parse(last));
      else reject(new Error(`${scenario}: ${said}\n${errors}`));
    });
  });
}

describe.skipIf(!hasNamespaces)("on 169.254.169.254", { timeout: 60_000, concurrent: true }, () => {
  test("clients get credentials from both servers, and new ones in time", async () => {
    const told = (await played("clients")) as Told;
    assert.equal(told.hasAlias, false, "the address is taken away");
    const { javascript, botocore, cli } = told;
    assert.deepEqual(Object.keys(javascript["ecs"]!), ["fromHttp", "fromContainerMetadata", "the usual chain"]);
    assert.deepEqual(Object.keys(javascript["file"]!), ["fromHttp", "the usual chain"]);
    assert.deepEqual(Object.keys(javascript["ec2"]!), ["fromInstanceMetadata", "the usual chain"]);
    if (botocore !== undefined) assert.equal(botocore.region, "eu-west-1");
    for (const name of ["ecs", "file", "role", "ec2"]) {
      const pattern = name === "role" ? /^ASIAIOSFODNN7EXAMPLR\d$/ : /^ASIAIOSFODNN7EXAMPL\d$/;
      const pairs = Object.entries({
        ...javascript[name],
        ...(botocore && { botocore: botocore.keys[name]!.slice(1) }),
      });
      for (const [client, [first, second]] of pairs) {
        assert.match(first!, pattern, `${client}, ${name}`);
        assert.match(second!, pattern, `${client}, ${name}`);
        assert.notEqual(first, second, `${client}, ${name}`);
      }
      assert.lengthOf(new Set(pairs.map(([, [first]]) => first)), 1, "made once, however many ask");
      if (botocore !== undefined) assert.equal(botocore.keys[name]![0], name === "ec2" ? "iam-role" : "container-role");
      if (cli !== undefined) assert.match(cli[name]!, pattern, `the AWS CLI, ${name}`);
    }
  });

  const TAKEN =
    "has 169.254.169.254:80 already; end it, or take --ecs-server, which needs no address of its own and has a token";
  test.each<[what: string, scenario: string, outcome: object]>([
    [
      "the second of two says who was first, and the end of either takes the address away, kill -9 too",
      "ends",
      {
        greeted: true,
        second: `'aws-vault-docto' (process N), aws-vault-doctor's EC2 server, ${TAKEN}`,
        seen: ["an aws-vault server is running: 'aws-vault-docto' (process N)"],
        known: ["by its answer, it is aws-vault-doctor's EC2 server"],
        afterEnd: false,
        afterKill: false,
      },
    ],
    [
      "an address that was left over is told, taken over by the next one, and taken away by it or by proxy --stop",
      "heals",
      {
        isClosed: true,
        said: ["the interface 'lo' has the address 169.254.169.254, and nothing listens on its port 80"],
        second: "serves",
        answer: [401, ""],
        healed: true,
        stopped: 0,
        afterStop: false,
      },
    ],
    [
      "a proxy leads to a server that comes later, which leaves it there; proxy --stop ends it",
      "proxy",
      {
        told: "169.254.169.254:80 leads to 127.0.0.1:9099, for an EC2 server of ours or of aws-vault; Ctrl-C ends it",
        answer: [200, "local-credentials"],
        stillThere: true,
        stopped: 0,
        code: 0,
        hasAlias: false,
      },
    ],
    [
      "a proxy like aws-vault's is recognised and used, and gets no token for others",
      "foreign",
      { answer: [200, "local-credentials"], token: [403, ""], hasAlias: true },
    ],
    [
      "what has the address is named, and nothing of it is changed",
      "taken",
      {
        trouble: `'node' (process N), IIS, the web server of Windows, ${TAKEN}`,
        said: ["what listens there is IIS, the web server of Windows: SDKs that ask it get no credentials"],
        onAll:
          "169.254.169.254:80 cannot be served: somebody listens on port 80 of all addresses; --ecs-server needs neither this address nor more rights",
        hasAlias: false,
      },
    ],
    [
      "whoever comes from elsewhere gets no answer",
      "elsewhere",
      { here: "200", loopback: "200", container: "ECONNRESET" },
    ],
    [
      "a token's file is the user's alone, and goes with its server, or with the next one's start",
      "tokens",
      { modes: ["600", "700"], afterEnd: 0, whileThere: 1, both: 2, leftOver: 1, afterNext: 0 },
    ],
  ])("%s", async (_, scenario, outcome) => {
    assert.deepEqual(await played(scenario), outcome);
  });
});

type Keys = Readonly<Record<string, readonly string[]>>;

interface Told {
  readonly hasAlias: boolean;
  readonly javascript: Readonly<Record<string, Keys>>;
  readonly botocore?: { readonly keys: Keys; readonly region: string };
  readonly cli?: Readonly<Record<string, string>>;
}
