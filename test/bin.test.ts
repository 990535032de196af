import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

describe("the built program", () => {
  test.each([
    ["no words", [], ["--severity", "info"], "source-profile-not-found"],
    ["check", ["check"], ["check", "--severity", "info"], "source-profile-not-found"],
    ["vault list", ["vault", "list"], ["vault", "list", "--no-color"], "Credentials"],
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

  test("the usual run and a list of the vault load no ciphers and no prompts", () => {
    const trace = `const { _load } = require("node:module"); require("node:module")._load = function (name, ...rest) {
      process.stderr.write("loads " + name + "\\n"); return _load.call(this, name, ...rest); }`;
    const file = join(home, "trace.cjs");
    writeFileSync(file, trace);
    const env = { PATH: process.env["PATH"] ?? "", HOME: home, CI: "1" };
    const loads = (...args: string[]) =>
      spawnSync(process.execPath, ["-r", file, BIN, ...args], { env, cwd: home, encoding: "utf8" }).stderr;
    expect(loads()).toContain("loads ../dist/main.cjs");
    expect(loads()).not.toMatch(/crypto|zlib|ask-|yargs/);
    expect(loads("vault", "list")).not.toMatch(/crypto|zlib|ask-|yargs/);
  });

  test("its stdout may be closed", () => {
    const done = spawnSync("sh", ["-c", `"${process.execPath}" "${BIN}" --all | head -1`], {
      env: { ...process.env, HOME: home },
      encoding: "utf8",
    });
    expect(done.stderr).toBe("");
  });
});
