import { execFile, execFileSync, spawnSync } from "node:child_process";
import fs, {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { changes } from "../src/system/changes.ts";
import { lock } from "../src/system/lock.ts";
import { thisMachine } from "../src/system/node.ts";
import { isPrivateGroup, userLists } from "../src/system/private-group.ts";
import type { System } from "../src/system/system.ts";
import { type Change, carryOut, withJournal } from "../src/treat/carry-out.ts";
import { goBack, wayBack } from "../src/treat/undo.ts";

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
const UNLISTED = 54_321; // No system has a user or a group of this number.
const OLD = "[default]\nregion = eu-west-1\n".repeat(200);
const NEW = "[default]\nregion = us-east-1\n".repeat(300);
/** A user of this system who has a group for himself, which all have who are made by today's tools, and often `daemon`. */
const lonely = userLists()
  .passwd.split("\n")
  .map((line) => Number(line.split(":")[2] || 0))
  .find((uid) => isPrivateGroup({ uid, gid: uid }, userLists()));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hash = (text: string): string => changes.sha256(bytes(text));
const quiet = (): void => {};

let root: string;
let folder: string;
let script: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "avd-writer-"));
  chmodSync(root, 0o755);
  script = join(root, "child.cjs");
  // What the children run: changes of the kind that a run makes, without the rest of the program.
  await build({
    stdin: {
      contents: `
        import { readFileSync } from "node:fs";
        import { changes } from "../src/system/changes.ts";
        import { thisMachine } from "../src/system/node.ts";
        import { carryOut } from "../src/treat/carry-out.ts";
        const [what, path, ...more] = process.argv.slice(2);
        const bytes = (text) => new TextEncoder().encode(text);
        async function act() {
          if (what === "replace") changes.replace(path, changes.sha256(readFileSync(path)), bytes(more[0]));
          if (what === "create") changes.replace(path, undefined, bytes(more[0]));
          if (what === "append") {
            for (let turn = 0; turn < 4; turn++) {
              const release = await changes.lock(more[0]);
              const now = readFileSync(path);
              const line = "line of " + process.pid + " " + turn + " " + "x".repeat(200) + "\\n";
              changes.replace(path, changes.sha256(now), Buffer.concat([now, bytes(line)]));
              release();
            }
          }
          if (what === "hold") {
            await changes.lock(path);
            process.kill(process.pid, "SIGKILL");
          }
          if (what === "run") {
            const list = JSON.parse(readFileSync(path, "utf8")).map((one) => one.kind === "text" ? { ...one, bytes: bytes(one.bytes) } : one);
            await carryOut(thisMachine(""), list, { version: "1.2.3", cures: [] }, () => {});
          }
        }
        act().catch((error) => { process.stderr.write(error.name + ": " + error.message); process.exitCode = 4; });
      `,
      resolveDir: import.meta.dirname,
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    packages: "external",
    outfile: script,
    logLevel: "error",
  });
});
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(root, "home-"));
});

const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), "utf8");

interface Child {
  readonly code: number | string;
  readonly errors: string;
}

/** Runs a child; SIGKILL is its code when it was killed. */
async function child(
  args: readonly string[],
  more: { env?: object; uid?: number; umask?: string } = {},
): Promise<Child> {
  const { env = {}, uid, umask } = more;
  const node = [process.execPath, "--require", join(import.meta.dirname, "fault.cjs"), script, ...args];
  const [program, ...words] = umask === undefined ? node : ["sh", "-c", `umask ${umask}; exec "$@"`, "sh", ...node];
  try {
    await promisify(execFile)(program!, words, {
      env: { PATH: process.env["PATH"], HOME: folder, XDG_STATE_HOME: at("state"), ...env },
      cwd: root,
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    return { code: 0, errors: "" };
  } catch (error) {
    const { code, signal, stderr } = error as { code: number; signal: string | null; stderr: string };
    return { code: signal ?? code, errors: stderr };
  }
}

describe("replacing a file", () => {
  test("a link stays a link, and what it leads to is replaced", () => {
    mkdirSync(at("dotfiles"), { mode: 0o700 });
    writeFileSync(at("dotfiles/config"), OLD);
    symlinkSync("dotfiles", at(".aws"));
    symlinkSync("dotfiles/config", at("link"));
    changes.replace(at("link"), hash(OLD), bytes(NEW));
    changes.replace(at(".aws/config"), hash(NEW), bytes(OLD));
    expect(readlinkSync(at("link"))).toBe("dotfiles/config");
    expect(lstatSync(at(".aws")).isSymbolicLink()).toBe(true);
    expect(read("dotfiles/config")).toBe(OLD);
    expect(readdirSync(at("dotfiles"))).toEqual(["config"]);
  });

  test.each(["000", "022", "077"])("under umask %s mode and bytes are the right ones", async (umask) => {
    for (const mode of [0o600, 0o644, 0o640, 0o400]) {
      const name = `file-${mode}`;
      writeFileSync(at(name), OLD);
      chmodSync(at(name), mode);
      expect(await child(["replace", at(name), NEW], { umask })).toEqual({ code: 0, errors: "" });
      expect([statSync(at(name)).mode & 0o777, read(name)]).toEqual([mode, NEW]);
    }
  });

  const refusals: readonly [string, () => void, RegExp][] = [
    ["what was changed in between", () => writeFileSync(at("config"), `${OLD}#`), /changed by somebody else/],
    ["one of several names", () => linkSync(at("config"), at("other")), /hard links/],
    ["a file that others may exchange", () => chmodSync(folder, 0o757), /its folder: first chmod g-w,o-w \//],
    ["what is gone", () => rmSync(at("config")), /there is no such file/],
    ["a folder", () => (rmSync(at("config")), mkdirSync(at("config"))), /not a regular file/],
    ["a FIFO", () => (rmSync(at("config")), execFileSync("mkfifo", [at("config")])), /not a regular file/],
    ["a link in a circle", () => (rmSync(at("config")), symlinkSync("config", at("config"))), /too many links/],
  ];
  test.each(refusals)("refuses %s", (_, spoil, words) => {
    writeFileSync(at("config"), OLD);
    spoil();
    expect(() => changes.replace(at("config"), hash(OLD), bytes(NEW))).toThrow(words);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test.runIf(isRoot)("refuses another user's file, also for root", () => {
    writeFileSync(at("config"), OLD);
    chownSync(at("config"), NOBODY, NOBODY);
    expect(() => changes.replace(at("config"), hash(OLD), bytes(NEW))).toThrow("it belongs to another user");
    expect(() => changes.changeMode(at("config"), 0o600, 0o644)).toThrow("it was changed by somebody else");
    expect(read("config")).toBe(OLD);
  });

  test.runIf(isRoot)("keeps the group, and says what a read-only folder is", async () => {
    writeFileSync(at("config"), OLD, { mode: 0o640 });
    chownSync(at("config"), 0, NOBODY);
    changes.replace(at("config"), hash(OLD), bytes(NEW));
    expect([statSync(at("config")).gid, statSync(at("config")).mode & 0o777]).toEqual([NOBODY, 0o640]);

    chownSync(at("config"), NOBODY, NOBODY);
    chownSync(folder, NOBODY, NOBODY);
    chmodSync(folder, 0o500);
    const refused = await child(["replace", at("config"), OLD], { uid: NOBODY });
    expect(refused).toEqual({ code: 4, errors: "FileTrouble: permission denied" });
    expect(read("config")).toBe(NEW);
  });

  // What `setfacl -m u:daemon:r` would write: the group's bits of the mode then are those of the list as a whole.
  const GIVE_A_LIST = `
import os, struct, sys
rights = {"r": 4, "rwx": 7}[sys.argv[2]]
entries = [(1, 6, 0xFFFFFFFF), (2, rights, 2), (4, 0, 0xFFFFFFFF), (16, rights, 0xFFFFFFFF), (32, 0, 0xFFFFFFFF)]
value = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in entries)
os.setxattr(sys.argv[1], "system.posix_acl_access", value)
`;
  const giveAList = (path: string, rights: "r" | "rwx" = "r"): boolean =>
    spawnSync("python3", ["-c", GIVE_A_LIST, path, rights]).status === 0;

  test.runIf(isRoot && lonely !== undefined)("the user's private group may write to the folder", async ({ skip }) => {
    const replaced = async (user: number, mode: number, group = user): Promise<string> => {
      writeFileSync(at("config"), OLD);
      chownSync(at("config"), user, user);
      chownSync(folder, user, group);
      chmodSync(folder, mode);
      return (await child(["replace", at("config"), NEW], { uid: user })).errors;
    };
    const refusal = `FileTrouble: other users may write to its folder: first chmod g-w,o-w ${folder}`;
    expect([await replaced(lonely!, 0o775), read("config")]).toEqual(["", NEW]);
    expect(await replaced(lonely!, 0o777)).toBe(refusal);
    expect(await replaced(lonely!, 0o775, UNLISTED)).toBe(refusal);
    expect(await replaced(UNLISTED, 0o775)).toBe(refusal);
    if (!giveAList(folder, "rwx")) skip();
    expect(await replaced(lonely!, 0o775)).toBe(refusal);
    expect(read("config")).toBe(OLD);
  });

  test("refuses what has an access list, which the new file would not have", ({ skip }) => {
    writeFileSync(at("config"), OLD);
    if (process.platform !== "linux" || !giveAList(at("config"))) {
      console.warn("SKIPPED: no access lists can be made here, so their refusal stays untested");
      skip();
    }
    expect(() => changes.replace(at("config"), hash(OLD), bytes(NEW))).toThrow("it has an access control list");
    expect([read("config"), readdirSync(folder)]).toEqual([OLD, ["config"]]);
  });

  test.each(["000", "077"])("under umask %s a new file is for its owner alone", async (umask) => {
    expect(await child(["create", at("config"), NEW], { umask })).toEqual({ code: 0, errors: "" });
    expect([statSync(at("config")).mode & 0o777, read("config")]).toEqual([0o600, NEW]);
    const again = await child(["create", at("config"), OLD], { umask });
    expect(again.errors).toBe("FileTrouble: it was changed by somebody else in the meantime");
    changes.replace(at("config"), hash(NEW), undefined);
    expect(readdirSync(folder)).toEqual([]);
    expect(() => changes.replace(at("gone/config"), undefined, bytes(NEW))).toThrow("there is no such file");
  });

  test("works where a file has one name at most", async () => {
    const refuse = vi.spyOn(fs, "linkSync").mockImplementation(() => {
      throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    });
    try {
      const release = await changes.lock(at("state/lock"));
      await expect(lock(at("state/lock"), { milliseconds: 50, what: "changing files" })).rejects.toThrow(
        "is changing files",
      );
      changes.store(at("state/one"), bytes(NEW));
      expect(() => changes.store(at("state/one"), bytes(OLD))).toThrow("changed by somebody else");
      changes.replace(at("config"), undefined, bytes(NEW));
      expect(() => changes.replace(at("config"), undefined, bytes(OLD))).toThrow("changed by somebody else");
      release();
      // Its owner was killed between making the lock and writing into it.
      writeFileSync(at("state/lock"), "");
      utimesSync(at("state/lock"), 0, 0);
      (await changes.lock(at("state/lock")))();
      expect([read("state/one"), read("config"), readdirSync(at("state"))]).toEqual([NEW, NEW, ["one"]]);
    } finally {
      refuse.mockRestore();
    }
  });

  test("an attacker who exchanges the link never has us write elsewhere", async () => {
    for (const name of ["mine", "other"]) {
      mkdirSync(at(name), { mode: 0o700 });
      writeFileSync(at(`${name}/config`), name);
    }
    symlinkSync("mine", at("link"));
    const swap = `const fs=require("fs");for(const end=Date.now()+1500;Date.now()<end;)for(const to of ["other","mine"]){
      try{fs.symlinkSync(to,${JSON.stringify(at("next"))});fs.renameSync(${JSON.stringify(at("next"))},${JSON.stringify(at("link"))})}catch{}}`;
    const attack = promisify(execFile)(process.execPath, ["-e", swap]);
    const done = { isOver: false };
    void attack.finally(() => (done.isOver = true));
    let turns = 0;
    let now = "mine";
    while (!done.isOver) {
      const next = `mine ${turns++}`;
      try {
        changes.replace(at("link/config"), hash(now), bytes(next));
        now = next;
      } catch {
        // The link led elsewhere just now.
      }
      if (turns % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(turns).toBeGreaterThan(10);
    expect([read("other/config"), read("mine/config")]).toEqual(["other", now]);
  });
});

describe("the lock", () => {
  test("50 writers at once lose nothing, and nobody reads half a file", { timeout: 60_000 }, async () => {
    writeFileSync(at("config"), "");
    const done = { isOver: false };
    const writers = Promise.all(
      Array.from({ length: 50 }, () => child(["append", at("config"), at("state/lock")])),
    ).finally(() => (done.isOver = true));
    let looks = 0;
    while (!done.isOver) {
      const lines = read("config").split("\n");
      expect(lines.pop()).toBe("");
      for (const line of lines) expect(line).toMatch(/^line of \d+ \d x{200}$/);
      looks++;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect((await writers).filter(({ code }) => code !== 0)).toEqual([]);
    expect(new Set(read("config").trim().split("\n")).size).toBe(200);
    expect(looks).toBeGreaterThan(10);
    expect(readdirSync(at("state"))).toEqual([]);
  });

  test("a killed process holds it no longer", async () => {
    expect(await child(["hold", at("state/lock")])).toEqual({ code: "SIGKILL", errors: "" });
    expect(existsSync(at("state/lock"))).toBe(true);
    const started = performance.now();
    (await changes.lock(at("state/lock")))();
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(readdirSync(at("state"))).toEqual([]);
  });

  test("who holds it is named, and not for ever waited for", async () => {
    const release = await changes.lock(at("state/lock"));
    const { pid } = process;
    await expect(lock(at("state/lock"), { milliseconds: 50, what: "changing files" })).rejects.toMatchObject({
      message: expect.stringMatching(`^another aws-vault-doctor is changing files: process ${pid} does so since 20`),
      hint: `wait for it, or end it: kill ${pid}`,
      exitCode: 4,
    });
    release();
    expect(readdirSync(at("state"))).toEqual([]);
  });

  test("nor does a process that has the number of a dead one", async () => {
    mkdirSync(at("state"), { mode: 0o700 });
    const holder = { pid: process.pid, started: "1", since: "2026-01-01T00:00:00Z", token: "x" };
    writeFileSync(at("state/lock"), JSON.stringify(holder));
    (await changes.lock(at("state/lock")))();
    expect(existsSync(at("state/lock"))).toBe(false);
  });
});

describe("a run that is killed, or that the disk fails", () => {
  const machine = (): System => {
    const real = thisMachine("");
    return {
      ...real,
      environment: { XDG_STATE_HOME: at("state") },
      machine: { ...real.machine, home: folder },
    };
  };
  const NAMES = ["config", "credentials"] as const;

  function prepare(): void {
    mkdirSync(at(".aws"), { mode: 0o775 });
    chmodSync(at(".aws"), 0o775);
    for (const name of NAMES) writeFileSync(at(`.aws/${name}`), `${OLD}# ${name}\n`, { mode: 0o600 });
    const list: object[] = [
      { kind: "mode", path: at(".aws"), before: 0o775, after: 0o700 },
      ...NAMES.map((name) => ({
        kind: "text",
        path: at(`.aws/${name}`),
        before: hash(`${OLD}# ${name}\n`),
        bytes: NEW,
      })),
    ];
    writeFileSync(at("list.json"), JSON.stringify(list));
  }

  const isOld = (name: string): boolean => read(`.aws/${name}`) === `${OLD}# ${name}\n`;
  function expectWhole(where: string): void {
    for (const name of NAMES)
      expect(isOld(name) || read(`.aws/${name}`) === NEW, `${where}: ${name} is torn`).toBe(true);
  }
  function expectOriginal(where: string): void {
    for (const name of NAMES) expect(isOld(name), `${where}: ${name}`).toBe(true);
    expect(readdirSync(at(".aws")).sort(), where).toEqual([...NAMES]);
    expect(statSync(at(".aws")).mode & 0o777, where).toBe(0o775);
  }

  test("by SIGKILL at any moment: each file is old or new, and undo gives the bytes from before", {
    timeout: 120_000,
  }, async () => {
    let operations = 0;
    // Each child takes its time, and test/power-cut.test.ts leaves out none.
    for (let isWhole = false; !isWhole; ) {
      operations += 2;
      folder = mkdtempSync(join(root, "home-"));
      prepare();
      const { code, errors } = await child(["run", at("list.json")], { env: { FAULT_AT: String(operations) } });
      isWhole = code === 99;
      const where = `at operation ${operations}`;
      expect(code, `${where}: ${errors}`).toBe(isWhole ? 99 : "SIGKILL");
      expectWhole(where);
      const system = machine();
      const told: string[] = [];
      const way = await wayBack(system, undefined, (line) => told.push(line)).catch(() => undefined);
      if (way !== undefined) await goBack(system, way, "1.2.3", quiet);
      expect(way !== undefined || told.length <= 1, where).toBe(true);
      expectOriginal(where);
      expect(await withJournal(system, quiet, (journal) => journal.all().every(({ ending }) => ending)), where).toBe(
        true,
      );
    }
    expect(operations).toBeGreaterThan(50);
    process.stdout.write(`killed at every second of ${operations} operations\n`);
  });

  test.each([
    ["ENOSPC", 1],
    ["EIO", 2],
    ["EROFS", 2],
  ])("by %s at any moment: one line says so, and nothing is changed", { timeout: 120_000 }, async (fault, step) => {
    let operations = 0;
    for (let isWhole = false; !isWhole; ) {
      operations += step;
      folder = mkdtempSync(join(root, "home-"));
      prepare();
      const { code, errors } = await child(["run", at("list.json")], {
        env: { FAULT_AT: String(operations), FAULT: fault },
      });
      isWhole = code === 99;
      const where = `${fault} at operation ${operations}`;
      expectWhole(where);
      if (isWhole) break;
      expect(code, where).toBe(4);
      expect(errors, where).toMatch(/^UserError: [^\n]+: the disk (?:is full|gave an error|is read-only)$/);
      const way = await wayBack(machine(), undefined, quiet).catch(() => undefined);
      if (way !== undefined) await goBack(machine(), way, "1.2.3", quiet);
      expectOriginal(where);
    }
    expect(operations).toBeGreaterThan(15);
    process.stdout.write(`${fault} in ${operations} operations\n`);
  });

  /** A disk of some kilobytes, in a namespace of its own that goes with the process. */
  const SMALL_DISK = `
set -e
disk=$1; size=$2; script=$3
mount -t tmpfs -o size=\${size}k,mode=700 small "$disk"
mkdir -m 700 "$disk/.aws"
cp "$disk.config" "$disk/.aws/config"
code=0
HOME=$disk XDG_STATE_HOME=$disk/state "$4" "$script" run "$disk.list" || code=$?
echo "code $code"
cat "$disk/.aws/config"
`;
  const small = (size: number): { stdout: string; stderr: string; status: number | null } => {
    const disk = at("disk");
    mkdirSync(disk, { recursive: true });
    writeFileSync(`${disk}.config`, OLD);
    const path = `${disk}/.aws/config`;
    writeFileSync(`${disk}.list`, JSON.stringify([{ kind: "text", path, before: hash(OLD), bytes: NEW }]));
    const words = ["-m", "sh", "-c", SMALL_DISK, "sh", disk, String(size), script, process.execPath];
    return spawnSync("unshare", words, { encoding: "utf8" });
  };

  test("a disk that is really full is told of, and nothing is changed", { timeout: 60_000 }, ({ skip }) => {
    if (process.platform !== "linux" || small(1000).stdout !== `code 0\n${NEW}`) {
      console.warn("SKIPPED: no disk of its own can be mounted here, so a full one stays untested");
      skip();
    }
    const codes = new Set<string>();
    for (let size = 12; size <= 64; size += 4) {
      const { stdout, stderr } = small(size);
      const code = /^code \d+/.exec(stdout)?.[0] ?? "";
      codes.add(code);
      expect(stdout, `${size} kB: ${stderr}`).toBe(`${code}\n${code === "code 0" ? NEW : OLD}`);
      if (code !== "code 0") expect(stderr, `${size} kB`).toMatch(/^UserError: [^\n]+: the disk is full$/);
    }
    expect([...codes].sort()).toEqual(["code 0", "code 4"]);
  });

  test("the newest twenty runs are kept", async () => {
    prepare();
    chmodSync(at(".aws"), 0o700);
    const system = machine();
    for (let turn = 0; turn < 23; turn++) {
      const change: Change = {
        kind: "text",
        path: at(".aws/config"),
        before: changes.sha256(readFileSync(at(".aws/config"))),
        bytes: bytes(`turn ${turn}\n`),
      };
      await carryOut(system, [change], { version: "1.2.3", cures: [] }, quiet);
    }
    const runs = readdirSync(at("state/aws-vault-doctor/runs"));
    expect(runs).toHaveLength(20);
    for (const run of runs) {
      const path = at(`state/aws-vault-doctor/runs/${run}`);
      expect(statSync(path).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
    }
    const way = await wayBack(system, undefined, quiet);
    writeFileSync(at(".aws/config"), "somebody else\n");
    await expect(goBack(system, way, "1.2.3", quiet)).rejects.toThrow("changed by somebody else");
    expect((await wayBack(system, undefined, quiet)).conflicts).toEqual([at(".aws/config")]);
    expect(read(".aws/config")).toBe("somebody else\n");
  });
});
