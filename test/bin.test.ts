import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
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
    ["no words", [], ["--severity", "info"]],
    ["check", ["check"], ["check", "--severity", "info"]],
  ])("answers without the argument library as with it: %s", (_, plain, parsed) => {
    const [one, other] = [run(...plain), run(...parsed)];
    expect(one.stdout).toContain("source-profile-not-found");
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
    [["check", "--nonsense"], 2, /^$/],
  ] as const)("%j", (args, status, out) => {
    const done = run(...args);
    expect(done.stdout).toMatch(out);
    expect(done.status, done.stderr).toBe(status);
  });

  test("its stdout may be closed", () => {
    const done = spawnSync("sh", ["-c", `"${process.execPath}" "${BIN}" --all | head -1`], {
      env: { ...process.env, HOME: home },
      encoding: "utf8",
    });
    expect(done.stderr).toBe("");
  });
});
