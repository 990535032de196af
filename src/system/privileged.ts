import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import { EXIT, UserError } from "../errors.ts";
import { onWindows } from "./platform.ts";
import type { MetadataPort } from "./system.ts";

/** Starts the part that runs as root, and ends it. What it needs to live is our end of its stdin. */

const SUDO = ["/usr/bin/sudo", "/usr/local/bin/sudo", "/run/wrappers/bin/sudo", "/bin/sudo"];
const END_MS = 5000;

export async function holdMetadataPort(packageFolder: string): Promise<MetadataPort> {
  process.title = "aws-vault-doctor"; // By this the doctor knows who serves on the port behind.
  const part = start(`${packageFolder}/dist/metadata-port.cjs`);
  const ended = new Promise<void>((resolve) => part.once("exit", () => resolve()).once("error", () => resolve()));
  const trouble = await firstWord(part);
  if (trouble !== undefined) {
    part.stdin!.destroy();
    throw cannotHold(trouble);
  }
  return {
    ended,
    async release() {
      part.stdin!.end();
      const timer = setTimeout(() => part.kill(), END_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function start(program: string): ChildProcess {
  const options = { cwd: "/", stdio: ["pipe", "pipe", "inherit"] } satisfies Parameters<typeof spawn>[2];
  if (onWindows || process.getuid!() === 0) {
    const { SystemRoot } = process.env; // Windows starts nothing without it.
    return spawn(process.execPath, [program], { ...options, env: { SystemRoot } });
  }
  const sudo = SUDO.find((path) => fs.existsSync(path));
  if (sudo === undefined) throw cannotHold("it takes root, and there is no sudo to ask for it");
  return spawn(sudo, ["--", process.execPath, program], options); // It asks for the password on the terminal itself.
}

/** What went wrong before it was ready, if anything did. */
function firstWord(part: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = "";
    part.stdout!.on("data", (chunk) => {
      said += String(chunk);
      if (said.startsWith("ready\n")) resolve(undefined);
    });
    part.stdin!.on("error", () => {}); // It has ended, and says so itself.
    part.once("error", (error) => resolve(error.message));
    part.once("close", (code) =>
      resolve(/^trouble: (.*)/.exec(said)?.[1] ?? `the part that takes root ended with code ${code ?? -1}`),
    );
  });
}

/** By Ctrl-C at the terminal, or by a signal. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve());
  });

function cannotHold(why: string): UserError {
  const message = `169.254.169.254:80 cannot be served: ${why}`;
  const hint = "--ecs-server needs neither this address nor more rights";
  return new UserError("NO_METADATA_PORT", message, { exitCode: EXIT.failed, hint });
}
