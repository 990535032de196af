import { confirm, input, select } from "@inquirer/prompts";
import { EXIT, UserError } from "../errors.ts";
import type { Prompts } from "../system/system.ts";

/** On stderr: stdout is for data alone. */
const context = { output: process.stderr };

/** Questions to the person at the terminal. Throws a UserError when that person presses Ctrl-C. */
export const prompts: Prompts = {
  confirm: (message) => orInterrupted(confirm({ message, default: false }, context)),
  choose: (message, choices) => orInterrupted(select({ message, choices, loop: false }, context)),
  ask: (message) => orInterrupted(input({ message, required: true }, context)),
};

async function orInterrupted<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ExitPromptError") throw error;
    throw new UserError("INTERRUPTED", "broken off; nothing more was changed", {
      exitCode: EXIT.interrupted,
      cause: error,
    });
  }
}
