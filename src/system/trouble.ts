import { UserError } from "../errors.ts";
import { FileTrouble } from "./system.ts";

/** What the machine says as a FileTrouble; what it did not say stays as it is. */
export function asTrouble(error: unknown): unknown {
  const code = error instanceof FileTrouble || error instanceof UserError ? "" : codeOf(error);
  return code === "" ? error : new FileTrouble(WORDS[code] ?? code, { cause: error });
}

/** What its codes mean. */
export const WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "there is no such file",
  ENOTDIR: "is not a directory",
  EISDIR: "is a directory",
  ELOOP: "too many links",
  EIO: "the disk gave an error",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
};

/** The code of what Node threw, such as ENOENT; empty when it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
