/** The person's terminal: what is written to it, and what is asked there. */
import fs from "node:fs";
import { EXIT, UserError } from "../errors.ts";
import type { Device } from "../terminal/prompts.ts";
import { onWindows } from "./platform.ts";
import { isTerminal, streamTo } from "./streams.ts";
import type { Terminal } from "./system.ts";

export function thisTerminal(): Terminal {
  return {
    input: {
      get isTerminal() {
        return isTerminal(0);
      },
      read: () => fs.readFileSync(0, "utf8"),
    },
    output: streamTo(1),
    errors: streamTo(2),
    ask: (question, instead) => onTerminal(instead, ({ ask }, device) => ask(question, device)),
    askSecret: (question, instead) => onTerminal(instead, ({ askSecret }, device) => askSecret(question, device)),
    confirm: (question, instead) => onTerminal(instead, ({ confirm }, device) => confirm(question, device)),
    choose: (question, choices, instead) =>
      onTerminal(instead, ({ choose }, device) => choose(question, choices, device)),
    get canAsk() {
      return canAsk();
    },
  };
}

const canAsk = (): boolean => isTerminal(0) && isTerminal(2);

type PromptModule = typeof import("../terminal/prompts.ts");

/**
 * What is asked goes to stderr, and the answer comes from stdin. Where one of them is a pipe or a file, which is for the
 * command that is run, the person is asked on the terminal that this process was started from, if there is one.
 */
async function onTerminal<T>(
  hint: string,
  act: (module: PromptModule, device: Device | undefined) => Promise<T>,
): Promise<T> {
  const isDirect = canAsk();
  const device = isDirect ? undefined : openTerminal();
  if (!isDirect && device === undefined) {
    const message = "an answer is needed, and there is no terminal to ask on";
    throw new UserError("NO_TERMINAL", message, { exitCode: EXIT.failed, hint });
  }
  try {
    return await act(await import("../terminal/prompts.ts"), device);
  } finally {
    device?.input.destroy();
    device?.output.destroy();
  }
}

function openTerminal() {
  if (onWindows) return undefined;
  try {
    const { ReadStream, WriteStream } = process.getBuiltinModule("node:tty");
    const open = (): number => fs.openSync("/dev/tty", "r+");
    return { input: new ReadStream(open()), output: new WriteStream(open()) };
  } catch {
    return undefined; // A service, or a job that was detached.
  }
}
