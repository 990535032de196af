import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A home with a GPG key that needs no passphrase, and a password store for it, kept by the real `pass`. */
export interface PasswordStore {
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  stop(): void;
}

export const hasPass = ["pass", "gpg"].every((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0);
if (!hasPass) console.warn("SKIPPED: no pass or gpg here, so the backend 'pass' is tested against a stand-in only");

export function makePasswordStore(): PasswordStore {
  // The agent's socket must not have a long name.
  const home = mkdtempSync("/tmp/avd-pass-");
  const folder = join(home, ".password-store");
  const environment = { PATH: process.env["PATH"] ?? "", HOME: home, GNUPGHOME: home, LC_ALL: "C.UTF-8" };
  const run = (command: string, ...args: string[]): void => {
    const { status, stderr } = spawnSync(command, args, { env: environment, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
  };
  run(
    "gpg",
    "--batch",
    "--quiet",
    "--passphrase",
    "",
    "--quick-gen-key",
    "jane@example.com",
    "future-default",
    "default",
    "never",
  );
  run("pass", "init", "jane@example.com");
  return {
    environment,
    folder,
    stop() {
      spawnSync("gpgconf", ["--kill", "all"], { env: environment });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
