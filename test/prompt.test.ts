import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { FIXTURES } from "./fixtures.ts";
import { hasPexpect, TYPING } from "./support/typing.ts";

/** The built program in a terminal of its own, which Python opens: what is typed at a secret prompt must not show. */
const BIN = join(FIXTURES, "..", "bin", "aws-vault-doctor.js");
const KEY = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "CaNaRy0/sEcReT+kEy1abcdefghijklmnopqrstu";
const PASSPHRASE = "hunter2canary";

if (!hasPexpect) console.warn("SKIPPED: no Python with pexpect here, so prompts stay untested on a real terminal");

let home = "";
afterEach(() => rmSync(home, { recursive: true, force: true }));

function type(command: string, answers: readonly (readonly [string, string])[]): { seen: string; code: number } {
  home = mkdtempSync(join(tmpdir(), "avd-prompt-"));
  const env = { PATH: process.env["PATH"], HOME: home, TERM: "xterm", AVD: `"${process.execPath}" "${BIN}"` };
  const task = JSON.stringify({ command: command.replaceAll("AVD", env.AVD), env, answers });
  const done = spawnSync("python3", ["-c", TYPING], { input: task, encoding: "utf8", timeout: 60_000 });
  expect(done.stderr).toBe("");
  return JSON.parse(done.stdout) as { seen: string; code: number };
}

describe.runIf(hasPexpect)("on a terminal", () => {
  test("a key is typed in, and neither it nor the passphrase shows", { timeout: 60_000 }, () => {
    const { seen, code } = type("AVD vault add work && AVD vault list --credentials; echo and done", [
      ["Enter Access Key ID:", `${KEY}\r`],
      ["Enter Secret Access Key:", ` ${SECRET}\r`],
      ["Enter MFA Device ARN", "\r"],
      ["Enter passphrase to unlock", `${PASSPHRASE}\r`],
      ["once more", `${PASSPHRASE}\r`],
    ]);
    expect(code, seen).toBe(0);
    expect(seen).toContain('Added credentials to profile "work" in vault');
    expect(seen).toMatch(/^work\r\nand done/m);
    for (let at = 0; at + 4 <= SECRET.length; at++) expect(seen).not.toContain(SECRET.slice(at, at + 4));
    expect(seen).not.toContain("hunt");
    expect(readdirSync(join(home, ".awsvault", "keys"))).toEqual(["work"]);
    expect(readFileSync(join(home, ".aws", "config"), "utf8")).toBe("[profile work]\n");
  });

  test("Ctrl-C in the middle of a secret stores nothing, and the terminal shows again what is typed", {
    timeout: 60_000,
  }, () => {
    const { seen } = type('AVD vault add work; echo "code $?"; stty -a', [
      ["Enter Access Key ID:", `${KEY}\r`],
      ["Enter Secret Access Key:", `${SECRET.slice(0, 10)}\u0003`],
    ]);
    expect(seen).toContain("code 130");
    expect(seen).toMatch(/\becho\b/);
    expect(seen).toMatch(/\bicanon\b/);
    expect(seen).not.toContain("CaNa");
    expect(existsSync(join(home, ".awsvault"))).toBe(false);
  });

  test("without a terminal nobody is asked", { timeout: 60_000 }, () => {
    const { seen } = type(
      'echo y | setsid -w AVD vault add work; echo "code $?"; setsid -w AVD vault add work 2>/dev/null; echo "code $?"',
      [],
    );
    expect(seen).toContain("an answer is needed, and there is no terminal to ask on");
    expect(seen.match(/code 1\b/g)).toHaveLength(2);
  });
});
