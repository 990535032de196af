import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { EXIT, UserError } from "../errors.ts";
import { codeOf, whyNotStarted } from "./trouble.ts";

/** What the terminal's own keys send goes to the child already, for both are in one group. */
const FROM_KEYS: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];
const OTHERS: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"];

/** Runs a program with this one's streams; signals that come meanwhile are for it. */
export async function run(...what: Parameters<typeof ended>): Promise<number> {
  return (await ended(...what)).code;
}

/** Those that end a process and write none of its memory to the disk, where the secrets in it would stay. */
const PASSED_ON: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program in the place of this one, as far as that goes: its streams, its signals and its exit code are ours, and so is
 * the signal that ends it, once all else is done: a shell leaves its loop when Ctrl-C has ended a command, and not when one
 * has exited with some code.
 */
export async function become(...what: Parameters<typeof ended>): Promise<number> {
  const { code, signal } = await ended(...what);
  if (signal !== null && PASSED_ON.includes(signal)) process.once("exit", () => process.kill(process.pid, signal));
  return code;
}

function ended(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): Promise<{ code: number; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    // First, for a child may be up, and a signal come, before this process gets its next turn.
    const { to, stop } = handOn(isTerminal);
    const refused = (error: unknown): void => {
      stop();
      reject(cannotRun(command, error));
    };
    let child: ChildProcess;
    try {
      child = spawn(command, args, { env: environment, stdio: "inherit" });
    } catch (error) {
      return refused(error);
    }
    to(child);
    child.once("error", refused);
    child.once("exit", (code, signal) => {
      stop();
      // As shells put a signal into a code.
      resolve({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), signal });
    });
  });
}

/** Until it is stopped, signals do not end this process but go to the child, who decides. */
function handOn(isTerminal: boolean): { to: (child: ChildProcess) => void; stop: () => void } {
  let child: ChildProcess | undefined;
  const listeners = [...FROM_KEYS, ...OTHERS].map((signal) => {
    const listener = (): void => {
      if (!isTerminal || !FROM_KEYS.includes(signal)) child?.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return {
    to: (started) => {
      child = started;
    },
    stop: () => {
      for (const off of listeners) off();
    },
  };
}

function cannotRun(command: string, error: unknown): UserError {
  const code = codeOf(error);
  const told = (says: string, exitCode: number): UserError =>
    new UserError("CANNOT_RUN", `exec: "${command}": ${says}`, { exitCode });
  if (command === "" || (code === "ENOENT" && !command.includes("/")))
    return told("executable file not found in $PATH", EXIT.noProgram);
  if (code === "ENOENT") return told("no such file, or what its first line names is not there", EXIT.noProgram);
  return told(whyNotStarted(error), EXIT.cannotRun);
}
