import { confirm as askConfirm, input, password, select } from "@inquirer/prompts";
import { EXIT, UserError } from "../errors.ts";
import { printable } from "../report/printable.ts";
import { Secret } from "../secret.ts";
import type { Choice } from "../system/system.ts";

/** Questions on stderr, for stdout is for data alone. Whoever asks knows that there is a terminal. */
const context = { output: process.stderr };

/** The terminal itself, for who has other things at stdin and stderr. */
export interface Device {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}
const PLAIN = { prefix: "" };

export const confirm = (question: string, device: Device | undefined): Promise<boolean> =>
  orInterrupted(askConfirm({ message: printable(question), default: false }, device ?? context), NO_MORE);

export const choose = <Value extends string>(
  question: string,
  choices: readonly Choice<Value>[],
  device: Device | undefined,
): Promise<Value> =>
  orInterrupted(
    select({ message: printable(question), choices, loop: false, pageSize: choices.length }, device ?? context),
    NO_MORE,
  );

export const ask = (question: string, device: Device | undefined): Promise<string> =>
  orInterrupted(input({ message: printable(question), theme: PLAIN }, device ?? context), NOTHING);

export const askSecret = async (question: string, device: Device | undefined): Promise<Secret> => {
  const hidden = { message: printable(question), mask: false, theme: PLAIN };
  return Secret.ofText(await orInterrupted(password(hidden, device ?? context), NOTHING));
};

const NO_MORE = "broken off; nothing more was changed";
const NOTHING = "nothing was answered";

/** Throws a UserError when the person presses Ctrl-C. */
async function orInterrupted<T>(answer: Promise<T>, message: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || !["ExitPromptError", "AbortPromptError"].includes(error.name)) throw error;
    throw new UserError("INTERRUPTED", message, { exitCode: EXIT.interrupted, cause: error });
  }
}
