import { input, password } from "@inquirer/prompts";
import { EXIT, UserError } from "../errors.ts";
import { printable } from "../report/printable.ts";
import { Secret } from "../secret.ts";

/** Questions on stderr, for stdout is for data alone. Whoever asks knows that there is a terminal. */

export const ask = (question: string): Promise<string> =>
  orGivenUp(input({ message: printable(question), theme: PLAIN }, { output: process.stderr }));

export const askSecret = async (question: string): Promise<Secret> =>
  Secret.ofText(
    await orGivenUp(password({ message: printable(question), mask: false, theme: PLAIN }, { output: process.stderr })),
  );

const PLAIN = { prefix: "" };

async function orGivenUp(answer: Promise<string>): Promise<string> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || !["ExitPromptError", "AbortPromptError"].includes(error.name)) throw error;
    throw new UserError("GIVEN_UP", "nothing was answered", { exitCode: EXIT.interrupted });
  }
}
