import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { EXIT, UserError } from "../errors.ts";

/** What the terminal's own keys send goes to the child already, for both are in one group. */
const FROM_KEYS: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];
const OTHERS: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"];

/** Runs a program in the place of this one, as far as that goes: its streams, its signals and its exit code are ours. */
export function runInPlace(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): Promise<number> {
  return new Promise((resolve, reject) => {
    // First, for a child may be up, and a signal come, before this process gets its next turn.
    const { to, stop } = handOn(isTerminal);
    const child = spawn(command, args, { env: environment, stdio: "inherit" });
    to(child);
    child.once("error", (error) => {
      stop();
      reject(cannotRun(command, error));
    });
    child.once("exit", (code, signal) => {
      stop();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])); // As shells put a signal into a code.
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

function cannotRun(command: string, error: Error): UserError {
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") {
    const message = `exec: "${command}": executable file not found in $PATH`;
    return new UserError("NO_PROGRAM", message, { exitCode: EXIT.noProgram });
  }
  const message = `exec: "${command}": ${code === "EACCES" ? "permission denied" : error.message}`;
  return new UserError("CANNOT_RUN", message, { exitCode: EXIT.cannotRun });
}
