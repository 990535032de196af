import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FIXTURES } from "./fixtures.ts";

const BIN = join(FIXTURES, "..", "bin", "aws-vault-doctor.js");
const home = mkdtempSync(join(tmpdir(), "avd-bin-"));
cpSync(join(FIXTURES, "machines", "typical", "home"), home, { recursive: true });
chmodSync(join(home, ".aws"), 0o700);
for (const name of ["config", "credentials"]) chmodSync(join(home, ".aws", name), 0o600);
afterAll(() => rmSync(home, { recursive: true }));

const run = (...args: string[]) => {
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, AWS_PROFILE: "prod" };
  return spawnSync(process.execPath, [BIN, ...args], {
    env,
    cwd: home,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
};

/** Runs a program at a terminal of its own, and types an answer at the first question. */
const TERMINAL = `
import os, pty, sys
answer, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.execv(command[0], command)
shown = b""
while True:
    try:
        more = os.read(terminal, 65536)
    except OSError:
        break
    if not more:
        break
    shown += more
    if answer and (b"(y/N)" in shown or b"navigate" in shown):
        os.write(terminal, answer.encode())
        answer = ""
sys.stdout.buffer.write(shown)
print("EXIT", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

describe("the built program", () => {
  test.each([
    ["no words", [], ["--all=false"], "source-profile-not-found"],
    ["check", ["check", "--format", "json"], ["check", "--format", "json", "--all=false"], "source-profile-not-found"],
    ["vault list", ["vault", "list"], ["vault", "list", "--debug=false"], "Credentials"],
  ])("answers without the argument library as with it: %s", (_, plain, parsed, what) => {
    const [one, other] = [run(...plain), run(...parsed)];
    expect(one.stdout).toContain(what);
    expect(one.stdout).toBe(other.stdout);
    expect([one.stderr, one.status]).toEqual([other.stderr, other.status]);
  });

  test.each([
    [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
    [["--help"], 0, /Commands:/],
    [["check", "--format", "json"], 1, /^\{/],
    [["explain", "default-profile"], 0, /^# default-profile/],
    [["rules"], 0, /source-profile-loop/],
    [["profiles"], 0, /\[prod\]/],
    [["vault", "list"], 0, /^Profile {18}Credentials {14}Sessions {17}\n/],
    [["vault", "--help"], 0, /vault add <profile>/],
    [["check", "--nonsense"], 2, /^$/],
    [["vault", "lst"], 1, /^$/],
  ] as const)("%j", (args, status, out) => {
    const done = run(...args);
    expect(done.stdout).toMatch(out);
    expect(done.status, done.stderr).toBe(status);
  });

  test("reads preferences, and says where they make no sense", () => {
    const project = join(home, "project");
    mkdirSync(project);
    const env = { PATH: process.env["PATH"] ?? "", HOME: home, AWS_PROFILE: "prod" };
    const check = (preferences: string) => {
      writeFileSync(join(project, "aws-vault-doctor.ini"), preferences);
      return spawnSync(process.execPath, [BIN], { env, cwd: project, encoding: "utf8" });
    };
    expect(check("fail-on = never\n").status).toBe(0);
    const wrong = check("[severity]\nsource-profile-not-foud = info\n");
    expect(wrong.stderr).toMatch(/aws-vault-doctor\.ini:2: .* did you mean 'source-profile-not-found'\?/);
    expect(wrong.status).toBe(2);
  });

  test("plain runs load no argument library, no ciphers and no prompts, and the vault no doctor", () => {
    // Names without folders: where this repository lies is not to be taken for what is loaded.
    const trace = `const { _load } = require("node:module"); const { basename } = require("node:path");
      require("node:module")._load = function (name, ...rest) {
        process.stderr.write("loads " + basename(name) + "\\n"); return _load.call(this, name, ...rest); }`;
    const file = join(home, "trace.cjs");
    writeFileSync(file, trace);
    const env = { PATH: process.env["PATH"] ?? "", HOME: home, CI: "1" };
    const loads = (...args: string[]) =>
      spawnSync(process.execPath, ["-r", file, BIN, ...args], { env, cwd: home, encoding: "utf8" }).stderr;
    expect(loads()).toContain("loads main.cjs\n");
    expect(loads()).not.toMatch(/crypto|zlib|ask-|yargs/);
    expect(loads("check", "--format", "json", "--profile", "prod")).not.toMatch(/crypto|zlib|ask-|yargs/);
    expect(loads("vault", "list")).not.toMatch(/crypto|zlib|ask-|yargs|check/);
    expect(loads("--version")).not.toMatch(/yargs|check/);
    expect(loads("--help")).toMatch(/yargs/);
  });

  test("starts from what the build has compiled, and does without where Node would not take it", () => {
    const hook = join(home, "scripts.cjs");
    const tells = `const vm = require("node:vm"); const { Script } = vm;
      vm.Script = class extends Script { constructor(text, options) { super(text, options);
        if (options.cachedData) process.stderr.write(this.cachedDataRejected ? "refused " : "taken "); } };`;
    writeFileSync(hook, tells);
    const env = { PATH: process.env["PATH"] ?? "", HOME: home };
    const done = (...flags: string[]) =>
      spawnSync(process.execPath, [...flags, "--require", hook, BIN], { env, cwd: home, encoding: "utf8" });
    const usual = done();
    expect(usual.stderr).toMatch(/^(?:taken )+$/);
    const other = done("--no-lazy");
    expect(other.stderr).toMatch(/^(?:refused )+$/);
    expect(other.stdout).toBe(usual.stdout);
  });

  /** The parts of the program that a run loads, by their files' names. */
  const loaded = (...args: string[]): string[] => loadedWith({}, ...args);
  const loadedWith = (more: Record<string, string>, ...args: string[]): string[] => {
    const hook = join(home, "loaded.cjs");
    writeFileSync(hook, 'process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));');
    const env = { PATH: process.env["PATH"] ?? "", HOME: home, ...more };
    const { stderr } = spawnSync(process.execPath, ["--require", hook, BIN, ...args], { env, encoding: "utf8" });
    return stderr.split("\n").map((path) => path.slice(path.lastIndexOf("/") + 1).replace(/-[^-]*$/, ""));
  };

  test("loads the report that was asked for, and no other", () => {
    for (const words of [[], ["check", "--format", "json"]]) {
      const parts = loaded(...words);
      for (const part of ["reports", "draft", "fingerprint", "sarif", "known", "baseline", "init", "completion"])
        expect(parts).not.toContain(part);
    }
    const parts = loaded("check", "--format", "junit");
    expect(parts).toEqual(expect.arrayContaining(["reports", "junit"]));
    expect(parts).not.toContain("sarif");
  });

  test("loads the way through a proxy where one is named, and else goes as ever", () => {
    const keys = {
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    };
    const login = (more: Record<string, string>) => loadedWith({ ...keys, ...more }, "vault", "login", "--stdout");
    const straight = login({ AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
    expect(straight).toContain("sts");
    expect(straight).not.toContain("tunnel");
    expect(login({ HTTPS_PROXY: "http://127.0.0.1:9" })).toContain("tunnel");
  });

  test("loads nothing that changes files, unless it is to change some", { timeout: 30_000 }, () => {
    for (const part of ["cure", "changes", "prompts", "undo"]) {
      expect(loaded("check", "--severity", "info"), part).not.toContain(part);
      expect(loaded(), part).not.toContain(part);
    }
    expect(loaded("check", "--diff")).toContain("cure");
    expect(loaded("check", "--fix")).not.toContain("prompts");
  });

  test("cures, and takes it back: byte for byte, also when it was killed", { timeout: 120_000 }, () => {
    const fresh = mkdtempSync(join(tmpdir(), "avd-cure-"));
    try {
      const original = join(FIXTURES, "machines", "typical", "home");
      const bytesIn = (folder: string, name: string): string => readFileSync(join(folder, name), "latin1");
      const NAMES = [".aws/config", ".aws/credentials", ".bashrc"];
      const at = (moment: number, ...args: string[]) =>
        spawnSync(process.execPath, ["--require", join(import.meta.dirname, "fault.cjs"), BIN, ...args], {
          env: { PATH: process.env["PATH"] ?? "", HOME: fresh, FAULT_AT: String(moment) },
          encoding: "utf8",
        });
      cpSync(original, fresh, { recursive: true });
      chmodSync(fresh, 0o700);
      chmodSync(join(fresh, ".aws"), 0o700);
      const whole = at(0, "check", "--fix=all", "--yes");
      expect(whole.stdout, whole.stderr).toContain("undo: aws-vault-doctor undo");
      const mended = NAMES.map((name) => bytesIn(fresh, name));
      expect(at(0, "undo").status).toBe(0);
      expect(NAMES.map((name) => bytesIn(fresh, name))).toEqual(NAMES.map((name) => bytesIn(original, name)));
      for (let moment = 25; moment < 75; moment += 5) {
        expect(at(moment, "check", "--fix=all", "--yes").signal, String(moment)).toBe("SIGKILL");
        for (const [index, name] of NAMES.entries())
          expect([bytesIn(original, name), mended[index]], String(moment)).toContain(bytesIn(fresh, name));
        at(0, "undo");
        expect(NAMES.map((name) => bytesIn(fresh, name))).toEqual(NAMES.map((name) => bytesIn(original, name)));
      }
    } finally {
      rmSync(fresh, { recursive: true });
    }
  });

  // The questions are drawn by a library that is bundled, and only a terminal shows whether that still works.
  const hasPython = spawnSync("python3", ["-c", "import pty"]).status === 0;
  test.skipIf(!hasPython)("asks at a terminal, and takes Ctrl-C for an answer", { timeout: 30_000 }, () => {
    const fresh = mkdtempSync(join(tmpdir(), "avd-ask-"));
    cpSync(join(FIXTURES, "machines", "typical", "home"), fresh, { recursive: true });
    for (const path of [fresh, join(fresh, ".aws")]) chmodSync(path, 0o700);
    const config = (): string => readFileSync(join(fresh, ".aws", "config"), "utf8");
    const before = config();
    const asked = (answer: string, ...args: string[]): string =>
      spawnSync("python3", ["-c", TERMINAL, answer, process.execPath, BIN, ...args], {
        env: { PATH: process.env["PATH"] ?? "", HOME: fresh, TERM: "xterm", CI: "1", AWS_VAULT_FILE_PASSPHRASE: "x" },
        encoding: "utf8",
      }).stdout;
    try {
      expect(asked("\x03", "fix")).toMatch(/write it as \[profile staging\]\?[^]*broken off[^]*EXIT 130/);
      expect(asked("n\r", "check", "--fix=all")).toMatch(/Change these 3 files\?[^]*nothing was changed[^]*EXIT 1/);
      expect(config()).toBe(before);
      expect(asked("y\r", "check", "--fix=all")).toContain("undo: aws-vault-doctor undo");
      expect(config()).toContain("[profile staging]");
    } finally {
      rmSync(fresh, { recursive: true });
    }
  });

  test("its stdout may be closed", () => {
    const done = spawnSync("sh", ["-c", `"${process.execPath}" "${BIN}" --all | head -1`], {
      env: { ...process.env, HOME: home },
      encoding: "utf8",
    });
    expect(done.stderr).toBe("");
  });
});
