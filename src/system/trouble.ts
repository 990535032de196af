import { UserError } from "../errors.ts";
import { type Files, FileTrouble } from "./system.ts";

/** What the machine says as a FileTrouble, of the file that it is about; what it did not say stays as it is. */
export function asTrouble(error: unknown, path?: string): unknown {
  if (error instanceof FileTrouble)
    return error.path === undefined ? new FileTrouble(error.message, { path, cause: error.cause }) : error;
  const code = error instanceof UserError ? "" : codeOf(error);
  return code === "" ? error : new FileTrouble(WORDS[code] ?? code, { path, cause: error });
}

/** Does something with a file; what goes wrong is a FileTrouble of it. */
export function orTrouble<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw asTrouble(error, path);
  }
}

/** The same files, and a trouble says which one it is about. */
export function namingPaths(files: Files): Files {
  return {
    look: (path) => orTrouble(path, () => files.look(path)),
    follow: (path) => orTrouble(path, () => files.follow(path)),
    readLink: (path) => orTrouble(path, () => files.readLink(path)),
    real: (path) => orTrouble(path, () => files.real(path)),
    read: (path, most) => orTrouble(path, () => files.read(path, most)),
    readStart: (path, most) => orTrouble(path, () => files.readStart(path, most)),
    readText: (path, most) => orTrouble(path, () => files.readText(path, most)),
    readTextAside: (path, most) => files.readTextAside(path, most),
    list: (path, most) => orTrouble(path, () => files.list(path, most)),
    replace: (path, bytes, mode) => orTrouble(path, () => files.replace(path, bytes, mode)),
    append: (path, bytes, mode) => orTrouble(path, () => files.append(path, bytes, mode)),
    makeFolder: (path) => orTrouble(path, () => files.makeFolder(path)),
    remove: (path) => orTrouble(path, () => files.remove(path)),
  };
}

/** What its codes mean. */
export const WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "there is no such file",
  ENOTDIR: "is not a directory",
  EISDIR: "is a directory",
  ELOOP: "too many links",
  ENAMETOOLONG: "the name is too long",
  EIO: "the disk gave an error",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
};

/** Why Node starts no program. What it says itself quotes the value at fault, which may be a secret. */
export const whyNotStarted = (error: unknown): string =>
  NOT_STARTED[codeOf(error)] ?? WORDS[codeOf(error)] ?? codeOf(error);

const NOT_STARTED: Readonly<Record<string, string>> = {
  ERR_INVALID_ARG_VALUE: "an argument or a variable has a NUL in it, which no program can be given",
  E2BIG: "its arguments and its environment are longer than the system allows",
  ENOEXEC: "is no program",
};

/** The code of what Node threw, such as ENOENT; empty when it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
