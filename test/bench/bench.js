// Prints what the doctor costs: `npm run bench`. Ratios, each measured against its partner in turn in one run, because
// machines are noisy. Nothing here is asserted.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "..", "..");
const RUNS = 25;
const folder = mkdtempSync(join(tmpdir(), "avd-bench-"));

const role = (index) => `
[profile team-${index}]
role_arn = arn:aws:iam::${String(100_000_000_000 + index)}:role/Developer
source_profile = main
mfa_serial = arn:aws:iam::111122223333:mfa/jane
region = eu-west-1
output = json
`;
/** Its first run puts a session into the cache, and asks nobody. */
const cached = `
[profile cached]
region = eu-west-1
credential_process = cat ${join(folder, "credentials.json")}
`;
const credentials = {
  Version: 1,
  AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
  SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  SessionToken: "token",
  Expiration: new Date(Date.now() + 12 * 3_600_000).toISOString(),
};
writeFileSync(join(folder, "credentials.json"), JSON.stringify(credentials), { mode: 0o600 });
const config = (profiles) =>
  `[default]\nregion = eu-west-1\n\n[profile main]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::111122223333:mfa/jane\n${Array.from({ length: profiles }, (_, index) => role(index)).join("")}${cached}`;

const keys = `[main]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${credentials.SecretAccessKey}\n`;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function home(profiles) {
  const at = join(folder, `home-${profiles}`);
  mkdirSync(join(at, ".aws"), { recursive: true, mode: 0o700 });
  writeFileSync(join(at, ".aws", "config"), config(profiles), { mode: 0o600 });
  return at;
}

/** Wall time of a whole process, in milliseconds. */
function time(args, environment) {
  const started = performance.now();
  spawnSync(process.execPath, args, { env: environment, stdio: "ignore" });
  return performance.now() - started;
}

const VAULT = { AWS_VAULT_BACKEND: "file", AWS_VAULT_FILE_PASSPHRASE: "correct horse" };

function wholeProcess(what, args) {
  // NODE_EXTRA_CA_CERTS slows every start of Node 20, and would flatter the ratio.
  const environment = { PATH: process.env.PATH, HOME: home(20), TERM: "dumb", ...VAULT };
  const ours = [];
  const bare = [];
  time(args, environment);
  for (let run = 0; run < RUNS; run++) {
    ours.push(time(args, environment));
    bare.push(time(["-e", "0"], environment));
  }
  const ratio = median(ours.map((one, run) => one / bare[run]));
  console.log(
    `${what.padEnd(44)} ${median(ours).toFixed(1)} ms, bare node ${median(bare).toFixed(1)} ms, ratio ${ratio.toFixed(2)}`,
  );
}

async function bundle(name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, "test", "bench", `${name}.ts`)],
    outfile,
    bundle: true,
    external: ["@napi-rs/keyring"],
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  return outfile;
}

async function inProcess(profiles) {
  const outfile = await bundle("judge");
  const files = ["config", "credentials"].map((name) => join(home(profiles), ".aws", name));
  writeFileSync(files[1], keys, { mode: 0o600 });
  const done = spawnSync(process.execPath, [outfile, ...files], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.stdout.write(done.stdout);
}

/** A full reading beside that of the JavaScript SDK's loader, a process each, in turn. */
async function besideLoader(profiles) {
  const outfile = await bundle("load");
  const path = join(home(profiles), ".aws", "config");
  const run = (who) =>
    JSON.parse(
      spawnSync(process.execPath, [outfile, who, path], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
        .stdout,
    );
  const all = Array.from({ length: 7 }, () => ({ ours: run("ours"), theirs: run("theirs") }));
  for (const { ours, theirs } of all)
    if (ours.characters !== theirs.characters)
      throw new Error(`read ${ours.characters} and ${theirs.characters} characters`);
  for (const [what, unit] of Object.entries({ took: "ms", grown: "MiB" })) {
    const of = (who) => median(all.map((pair) => pair[who][what]));
    const ratio = median(all.map(({ ours, theirs }) => ours[what] / theirs[what]));
    const name = `full reading of ${profiles} profiles, ${unit === "ms" ? "time" : "memory"}`;
    console.log(
      `${name.padEnd(44)} ${of("ours").toFixed(0)} ${unit}, the SDK's loader ${of("theirs").toFixed(0)} ${unit}, ratio ${ratio.toFixed(2)}`,
    );
  }
}

/** Requests per second of a server, and how long one takes, with clients that keep their connections and ask again at once. */
async function load({ port, request }, clients, milliseconds) {
  const took = [];
  const end = performance.now() + milliseconds;
  const client = () =>
    new Promise((resolve) => {
      let size;
      let came = "";
      let sent = performance.now();
      const socket = connect(port, "127.0.0.1", () => socket.write(request));
      socket.on("data", (chunk) => {
        came += chunk.toString("latin1");
        size ??= came.indexOf("\r\n\r\n") + 4 + Number(/content-length: (\d+)/i.exec(came)?.[1]);
        if (came.length < size) return;
        if (!came.startsWith("HTTP/1.1 200")) throw new Error(came.split("\r\n")[0]);
        const now = performance.now();
        took.push(now - sent);
        if (now > end) return resolve(socket.destroy());
        came = "";
        sent = now;
        socket.write(request);
      });
    });
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const sorted = took.toSorted((a, b) => a - b);
  return {
    rate: (took.length / (performance.now() - started)) * 1000,
    middle: sorted[sorted.length >> 1],
    late: sorted[Math.floor(sorted.length * 0.99)],
  };
}

/** Our servers beside one of bare `node:http` that answers the same bytes, a process each, in turn. */
async function serving(kind) {
  const outfile = await bundle("serve");
  const start = async (who) => {
    const child = spawn(process.execPath, [outfile, kind, who], { stdio: ["pipe", "pipe", "inherit"] });
    const line = await new Promise((resolve) => child.stdout.once("data", (chunk) => resolve(String(chunk))));
    return { child, ...JSON.parse(line) };
  };
  const servers = { ours: await start("ours"), bare: await start("bare") };
  for (const server of Object.values(servers)) await load(server, 8, 500); // So that the engine has seen the code.
  const all = [];
  for (let run = 0; run < 9; run++)
    all.push({ ours: await load(servers.ours, 8, 400), bare: await load(servers.bare, 8, 400) });
  for (const { child } of Object.values(servers)) child.stdin.end();
  const of = (who, what) => median(all.map((pair) => pair[who][what]));
  const ratio = median(all.map(({ ours, bare }) => ours.rate / bare.rate));
  const told = (who) =>
    `${of(who, "rate").toFixed(0)} requests/s (median ${of(who, "middle").toFixed(2)} ms, 99% ${of(who, "late").toFixed(2)} ms)`;
  console.log(
    `${`credentials served as ${kind}`.padEnd(44)} ${told("ours")}, bare node:http ${told("bare")}, ratio ${ratio.toFixed(2)}`,
  );
}

const bin = join(ROOT, "bin", "aws-vault-doctor.js");
wholeProcess("check, 20 profiles, no terminal", [bin]);
wholeProcess("check --format json, 20 profiles", [bin, "check", "--format", "json"]);
wholeProcess("--version", [bin, "--version"]);
wholeProcess("vault list, 20 profiles", [bin, "vault", "list"]);
wholeProcess("vault exec -- true, a cached session", [bin, "vault", "exec", "cached", "--", "true"]);
await inProcess(10_000);
await inProcess(100_000);
await besideLoader(100_000);
await serving("ecs");
await serving("ec2");
rmSync(folder, { recursive: true });
