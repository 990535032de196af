import { UserError } from "../errors.ts";
import { type Files, FileTrouble } from "./system.ts";

/** What the machine says as a FileTrouble, of the file that it is about; what it did not say stays as it is. */
export function asTrouble(error: unknown, path?: string): unknown {
  if (error instanceof FileTrouble)
    return error.path === undefined ? new FileTrouble(error.message, { path, cause: error.cause }) : error;
  const code = error instanceof UserError ? "" : codeOf(error);
  return code === "" ? error : new FileTrouble(WORDS[code] ?? code, { path, cause: error });
}

/** The same files, and a trouble says which one it is about. */
export function namingPaths(files: Files): Files {
  const naming =
    <Rest extends readonly unknown[], T>(act: (path: string, ...rest: Rest) => T) =>
    (path: string, ...rest: Rest): T => {
      try {
        return act(path, ...rest);
      } catch (error) {
        throw asTrouble(error, path);
      }
    };
  return {
    look: naming(files.look),
    follow: naming(files.follow),
    readLink: naming(files.readLink),
    real: naming(files.real),
    read: naming(files.read),
    readStart: naming(files.readStart),
    readText: naming(files.readText),
    readTextAside: files.readTextAside,
    list: naming(files.list),
    replace: naming(files.replace),
    append: naming(files.append),
    makeFolder: naming(files.makeFolder),
    remove: naming(files.remove),
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

/** The code of what Node threw, such as ENOENT; empty when it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
