import { UserError } from "../errors.ts";
import { FileTrouble, type System } from "../system/system.ts";

/** A file that the user has named to be written, whole or not at all. Where a link leads to a file, that one is written. */
export function writeNamed(name: string, path: string, text: string, { files }: System): void {
  try {
    const there = files.follow(path);
    const real = there === undefined ? path : files.real(path);
    files.replace(real, new TextEncoder().encode(text), there?.mode ?? 0o644);
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    throw new UserError("NOT_WRITTEN", `${name} cannot be written: ${error.message}`, { cause: error });
  }
}
