import { AwsError } from "../aws/error.ts";
import { EXIT, UserError } from "../errors.ts";

/** What stands in the way of credentials, in one line for the person. */
export const failed = (code: string, message: string, hint?: string, cause?: unknown): UserError =>
  new UserError(code, message, { exitCode: EXIT.failed, cause, ...(hint === undefined ? {} : { hint }) });

/** As aws-vault says it: for which profile, and what AWS, a program or the person answered. Other errors stay as they are. */
export function forProfile(profile: string, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const hint = `\`aws-vault-doctor verify ${profile}\` says which step fails, and why`;
  return failed("NOT_GIVEN", `Failed to get credentials for ${profile}: ${error.message}`, hint, error);
}

/** What AWS refused, or who was not reached, where `forProfile` told so. */
export function refusalIn(error: unknown) {
  if (!(error instanceof UserError && error.code === "NOT_GIVEN" && error.cause instanceof AwsError)) return undefined;
  const { operation, code, says, status } = error.cause;
  return { operation, code, says, isAnswer: status !== undefined };
}

export const badTags = (hint: string): UserError =>
  failed(
    "BAD_TAGS",
    "Failed to parse session_tags profile setting: session tags string must be <key1>=<value1>,[<key2>=<value2>[,...]]",
    hint,
  );
