import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, assert, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../src/errors.ts";
import { seen } from "../src/model/seen.ts";
import { listenersOn } from "../src/probes/listeners.ts";
import { lookAtMetadataAddress } from "../src/probes/metadata.ts";
import { thisMachine } from "../src/system/node.ts";
import { FileTrouble } from "../src/system/system.ts";

const system = thisMachine("/opt/somewhere");
const { files, machine, network } = system;
const onLinux = process.platform === "linux";
const isRoot = process.getuid?.() === 0;
const MEGABYTE = 1024 * 1024;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "avd-system-"));
  writeFileSync(at("plain"), "h\u00e9llo\n", { mode: 0o640 });
  writeFileSync(at("program"), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(at("empty"), "");
  writeFileSync(at("closed"), "secret", { mode: 0o000 });
  writeFileSync(at("large"), "");
  truncateSync(at("large"), 104 * MEGABYTE);
  mkdirSync(at("folder"), { mode: 0o750 });
  chmodSync(at("folder"), 0o750);
  mkdirSync(at("shut"));
  writeFileSync(at("shut/inside"), "");
  chmodSync(at("shut"), 0o000);
  symlinkSync("plain", at("link"));
  symlinkSync("nowhere", at("dangling"));
  symlinkSync("loop", at("loop"));
  if (process.platform !== "win32") execFileSync("mkfifo", [at("fifo")]);
});
afterAll(() => {
  chmodSync(at("shut"), 0o700);
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function troubleOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.instanceOf(error, FileTrouble);
    return error.message;
  }
  return "no trouble";
}

describe.skipIf(process.platform === "win32")("hearing what a program says", () => {
  const hear = (script: string, limits: { milliseconds?: number; bytes?: number } = {}) =>
    system.programs.capture("/bin/sh", ["-c", script], {
      milliseconds: 5000,
      bytes: 1000,
      environment: { PATH: process.env["PATH"], TOLD: "as told" },
      folder,
      ...limits,
    });

  test.each([
    ["both its streams", "echo out; echo err >&2", { ended: true, code: 0, output: "out\n", errors: "err\n" }],
    ["its exit code", "exit 3", { ended: true, code: 3, output: "", errors: "" }],
    ["a signal", "kill -9 $$", { ended: true, code: -1, output: "", errors: "" }],
    ["its variables, and no others", "echo $TOLD; env | grep -c ^HOME", { ended: true, code: 1, output: "as told\n0\n", errors: "" }], // biome-ignore format: one line
    ["nothing to read", "cat", { ended: true, code: 0, output: "", errors: "" }],
    ["who says too much", "yes", { ended: false, trouble: "said more than 1000 bytes" }],
  ])("%s", async (_, script, expected) => assert.deepEqual(await hear(script), expected));

  test("what hangs is ended, with what it started", async () => {
    const mark = at("still-there");
    const started = Date.now();
    const said = await hear(`(sleep 1; touch ${mark}) & sleep 60`, { milliseconds: 100 });
    assert.deepEqual(said, { ended: false, trouble: "gave no answer within 0.1 s" });
    assert.isBelow(Date.now() - started, 30_000); // A busy machine is slow to end it.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    assert.isUndefined(files.look(mark));
  });

  test("what cannot be started is told", async () => {
    const limits = { milliseconds: 1000, bytes: 10, environment: {}, folder };
    const said = await system.programs.capture(at("nothing"), [], limits);
    assert.match(said.ended ? "" : said.trouble, /^cannot be started: .*ENOENT/);
  });
});

test("a variable that no program can be given is told without its value", async () => {
  const trouble: unknown = await system.programs
    .run("true", [], { KEY: "hunter2\0canary" }, false)
    .catch((error) => error);
  assert.instanceOf(trouble, UserError);
  expect(trouble.message).toContain("has a NUL in it");
  expect(inspect(trouble)).not.toContain("hunter2");
  const limits = { milliseconds: 1000, bytes: 10, environment: {} };
  expect(await system.programs.obey("echo hunter2\0canary", limits)).toEqual({
    ended: false,
    trouble: "cannot be started: an argument or a variable has a NUL in it, which no program can be given",
  });
});

describe("looking at a path", () => {
  test.each([
    ["plain", { kind: "file", mode: 0o640, size: 7, executable: false }],
    ["program", { kind: "file", mode: 0o755, executable: true }],
    ["closed", { kind: "file", mode: 0o000 }],
    ["folder", { kind: "directory", mode: 0o750, executable: false }],
    ["fifo", { kind: "special", executable: false }],
    ["link", { kind: "link" }],
    ["dangling", { kind: "link" }],
    ["loop", { kind: "link" }],
  ])("%s is seen as what it is", (name, facts) => {
    expect(files.look(at(name))).toMatchObject({ owner: machine.user, ...facts });
  });

  test.each(["missing", "missing/deeper", "plain/deeper"])("nothing is at %s", (name) => {
    assert.isUndefined(files.look(at(name)));
    assert.isUndefined(files.follow(at(name)));
  });

  test("a link is followed when asked", () => assert.equal(files.follow(at("link"))?.kind, "file"));
  test.each(["dangling", "loop"])("the link %s leads nowhere", (name) => assert.isUndefined(files.follow(at(name))));
  test("a link tells where it points", () => assert.equal(files.readLink(at("dangling")), "nowhere"));
  test("what is no link points nowhere", () => {
    assert.equal(
      troubleOf(() => files.readLink(at("plain"))),
      "is not a link",
    );
  });
  test("/dev/null is special", () => assert.equal(files.look("/dev/null")?.kind, "special"));
  test("a folder lists its names, sorted", () => {
    const names = files.list(folder);
    assert.include(names, "dangling");
    assert.deepEqual(names, names.toSorted());
  });
});

describe("reading", () => {
  test.each(["plain", "link"])("%s gives its bytes", (name) => {
    assert.equal(text(files.read(at(name), 100)), "h\u00e9llo\n");
  });
  test("an empty file gives none", () => assert.lengthOf(files.read(at("empty"), 100), 0));
  test("a file of just the limit is read", () => assert.lengthOf(files.read(at("plain"), 7), 7));
  test("a file without a size is read to its end", () => {
    if (onLinux) assert.match(text(files.read("/proc/self/status", MEGABYTE)), /^Name:.*\n[^]*\n$/);
  });

  test.each([
    ["folder", "is a directory"],
    ["fifo", "is not a regular file"],
    ["missing", "there is no such file"],
    ["dangling", "there is no such file"],
    ["loop", "too many links"],
    ["large", "is 104 MB; files above 32 MB are not read"],
  ])("%s is refused: %s", (name, why) => {
    assert.equal(
      troubleOf(() => files.read(at(name), 32 * MEGABYTE)),
      why,
    );
  });
  test("one byte above the limit shows in the figures", () => {
    assert.equal(
      troubleOf(() => files.read(at("plain"), 6)),
      "is 7 bytes; files above 6 bytes are not read",
    );
    truncateSync(at("empty"), MEGABYTE + 1);
    assert.match(
      troubleOf(() => files.read(at("empty"), MEGABYTE)),
      /^is 1\.1 MB; files above 1 MB/,
    );
    truncateSync(at("empty"), 0);
  });
  test("what grows beyond the limit without a size is refused", () => {
    if (onLinux) assert.match(troubleOf(() => files.read("/proc/self/status", 10)), /^grew beyond 10 bytes/); // biome-ignore format: one line
  });
  test("a device is never opened", () => {
    assert.equal(
      troubleOf(() => files.readText("/dev/zero", 10)),
      "is not a regular file",
    );
  });

  test.skipIf(isRoot)("what may not be read is refused in words", () => {
    assert.equal(
      troubleOf(() => files.read(at("closed"), 100)),
      "permission denied",
    );
    assert.equal(
      troubleOf(() => files.list(at("shut"))),
      "permission denied",
    );
    assert.equal(
      troubleOf(() => files.look(at("shut/inside"))),
      "permission denied",
    );
  });

  test.runIf(onLinux)("a file of /proc is read as text, and cut at the limit", () => {
    assert.match(files.readText("/proc/self/comm", 100), /^.+\n$/);
    assert.lengthOf(files.readText("/proc/self/status", 20), 20);
  });
});

describe("the machine", () => {
  const before = { ...process.env };
  afterEach(() => {
    for (const name of ["HOME", "PATH"]) process.env[name] = before[name];
  });

  test.each([
    ["/some/home", "/some/home"],
    ["/some/home//", "/some/home"],
    ["/", "/"],
  ])("HOME=%s is the home %s", (told, home) => {
    process.env["HOME"] = told;
    assert.equal(machine.home, home);
  });
  test("a relative HOME is not believed", () => {
    process.env["HOME"] = "some/home";
    assert.equal(machine.home, homedir());
    delete process.env["HOME"];
    assert.match(machine.home, /^\//);
  });
  test("PATH becomes folders, its empty entries dropped", () => {
    process.env["PATH"] = "/usr/bin::relative:/bin:";
    assert.deepEqual(machine.programFolders, ["/usr/bin", "relative", "/bin"]);
    assert.deepEqual(machine.programEndings, [""]);
  });
  test("the rest is what Node says", () => {
    assert.equal(machine.os, process.platform);
    assert.equal(machine.folder, process.cwd());
    assert.equal(machine.package, "/opt/somewhere");
    assert.closeTo(system.now().getTime(), Date.now(), 1000);
  });
});

describe("the network", () => {
  test("the loopback interface is marked as one", () => {
    const local = network.interfaces().find(({ address }) => address === "127.0.0.1");
    assert.isTrue(local?.loopback);
  });

  test("a port is free, and busy while somebody listens", async () => {
    const server = await listening();
    assert.equal(await network.tryToListen("127.0.0.1", server.port), "busy");
    await server.close();
    assert.equal(await network.tryToListen("127.0.0.1", server.port), "free");
  });

  // Of the range set aside for documentation: no machine has it.
  test("an address of nobody is absent", async () => {
    assert.equal(await network.tryToListen("192.0.2.1", 0), "absent");
  });

  test("find-process names a holder by its program alone, or nobody", async () => {
    const server = await listening();
    for (const holder of await network.holders(server.port)) {
      assert.equal(holder.pid, process.pid);
      assert.notMatch(holder.name, /[\s/]/);
      assert.hasAllKeys(holder, ["pid", "name"]);
    }
    await server.close();
    assert.deepEqual(await network.holders(server.port), []);
  });

  test.runIf(onLinux)("a listener of ours is found in /proc, and named", async () => {
    const server = await listening();
    const found = await listenersOn(system, server.port);
    await server.close();
    const name = files.readText("/proc/self/comm", 100).trim();
    const listener = { address: "127.0.0.1", port: server.port, owner: machine.user };
    const named = { ...listener, process: seen({ pid: process.pid, name }) };
    assert.deepEqual(found, seen([named]));
    assert.deepEqual(await listenersOn(system, server.port), seen([]));
  });

  test("the metadata address is looked at without a word to it", async () => {
    const found = await lookAtMetadataAddress(system);
    if (found.known) assert.isArray(found.value.listeners);
  });
});

async function listening(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert(typeof address === "object" && address !== null);
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** A program that has the real system and the probes at hand, built as the product is. */
async function program(name: string, body: string): Promise<string> {
  const imports = `
    import { createServer } from "node:net";
    import { thisMachine } from "./src/system/node.ts";
    import { lookAtMetadataAddress } from "./src/probes/metadata.ts";
    import { seen } from "../src/model/seen.ts";
import { listenersOn } from "./src/probes/listeners.ts";
    const system = thisMachine("/");
    const listen = (port, host) => new Promise((done) => createServer().listen(port, host, done));
  `;
  const outfile = at(`${name}.cjs`);
  await build({
    stdin: { contents: imports + body, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@napi-rs/keyring"],
    supported: { "dynamic-import": false },
    outfile,
    logLevel: "error",
  });
  return outfile;
}

const inNamespace = (command: string) =>
  spawnSync("unshare", ["-rn", "sh", "-c", `ip link set lo up && ${command}`], { encoding: "utf8", timeout: 20_000 });
const hasNamespaces = onLinux && inNamespace("true").status === 0;
if (!onLinux) console.warn("SKIPPED: no Linux here, so reading /proc stays untested");
if (!hasNamespaces) console.warn("SKIPPED: no `unshare -rn` or no `ip` here, so the metadata address stays untested");

describe("in a process of its own", () => {
  const LENGTH = 3_000_000;

  test("a slow reader of a non-blocking pipe gets everything", async () => {
    // The touch of process.stdout is what makes the pipe non-blocking.
    const path = await program("slow", `process.stdout.on("error", () => {}); system.terminal.output.write("x".repeat(${LENGTH}));`); // biome-ignore format: one line
    const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "inherit"] });
    const closed = new Promise((resolve) => child.on("close", resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    let length = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.length;
    });
    assert.equal(await closed, 0);
    assert.equal(length, LENGTH);
  });

  test.skipIf(process.platform === "win32")("a reader that leaves is no error", async () => {
    const path = await program("leaver", `process.exitCode = 7; for (let i = 0; i < 9; i++) system.terminal.output.write("x".repeat(${LENGTH}));`); // biome-ignore format: one line
    const script = `{ "${process.execPath}" "${path}"; echo "status $?" >&2; } | head -c 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    assert.equal(stdout, "x");
    assert.equal(stderr, "status 7\n");
  });

  test.runIf(onLinux)("a full disk is said in a line", async () => {
    const path = await program("full", `try { system.terminal.output.write("x"); } catch (error) { console.error(error.message); }`); // biome-ignore format: one line
    const { stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${path}" > /dev/full`], { encoding: "utf8" });
    assert.equal(stderr, "the standard output cannot be written: the disk is full\n");
  });

  test("columns come from COLUMNS, else there are 80", async () => {
    const path = await program("columns", `const { output } = system.terminal; console.log(output.isTerminal, output.columns);`); // biome-ignore format: one line
    for (const [told, columns] of [
      ["120", 120],
      ["0", 80],
      ["wide", 80],
    ] as const) {
      const environment = { ...process.env, COLUMNS: told };
      const { stdout } = spawnSync(process.execPath, [path], { encoding: "utf8", env: environment });
      assert.equal(stdout, `false ${columns}\n`);
    }
  });

  test.runIf(hasNamespaces)("a server on the metadata address is found, in a network of its own", async () => {
    const path = await program(
      "metadata",
      `(async () => {
        const before = await lookAtMetadataAddress(system);
        await listen(80, "169.254.169.254");
        await listen(80, "127.0.0.1");
        await listen(8080, "::");
        console.log(JSON.stringify({
          pid: process.pid, before, after: await lookAtMetadataAddress(system), other: await listenersOn(system, 8080),
        }));
        process.exit(0);
      })();`,
    );
    const { stdout, stderr } = inNamespace(`ip addr add 169.254.169.254/32 dev lo && '${process.execPath}' '${path}'`);
    assert.equal(stderr, "");
    const told = JSON.parse(stdout);
    const alias = { name: "lo", loopback: true };
    const named = { known: true, value: { pid: told.pid, name: "node" } };
    const listener = { address: "169.254.169.254", port: 80, owner: 0, process: named };
    assert.deepEqual(told.before, { known: true, value: { alias, bridges: [], listeners: [] } });
    assert.deepEqual(told.after, { known: true, value: { alias, bridges: [], listeners: [listener] } });
    assert.deepEqual(told.other.value, [{ address: "::", port: 8080, owner: 0, process: named }]);
  });
});
