import { EXIT, UserError } from "../errors.ts";

/** What stands in the way of a store, in one line for the person. */
export const failed = (code: string, message: string, hint?: string, cause?: unknown): UserError =>
  new UserError(code, message, { exitCode: EXIT.failed, cause, ...(hint === undefined ? {} : { hint }) });

/** Throws for a key that no store can have, or this one cannot. */
export function mustBeKey(key: string, isOddHere = false): void {
  if (key === "" || key.includes("\0") || isOddHere) throw failed("BAD_KEY", `'${key}' cannot be the name of an item`);
}
