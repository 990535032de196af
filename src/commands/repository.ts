import { UserError } from "../errors.ts";
import { FileTrouble, type System } from "../system/system.ts";

/** The folder with `.git`, at or above the one that the program runs in. */
export function repositoryRoot({ files, machine: { folder } }: System): string | undefined {
  for (let at = folder; at !== ""; at = above(at)) if (files.look(`${at}/.git`) !== undefined) return at;
  return undefined;
}

/**
 * A link in a repository, which may be a stranger's, must not lead out of it: neither to a file that is read nor to one that
 * is written. Who names a path elsewhere, means it.
 */
export function mustStayInside(word: string, path: string, system: System): void {
  const root = repositoryRoot(system);
  if (root === undefined || !path.startsWith(`${root}/`)) return;
  const realRoot = system.files.real(root);
  const real = realPath(path, system);
  if (real === realRoot || (real.startsWith(realRoot) && /^[\\/]/.test(real.slice(realRoot.length)))) return;
  throw new UserError("OUTSIDE", `'${word}' leads out of the repository, to ${real}`, {
    hint: "if that file is meant, name it itself",
  });
}

/** Of what is not there, that of the folder which it would be in. */
function realPath(path: string, system: System): string {
  try {
    if (system.files.follow(path) !== undefined) return system.files.real(path);
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
  }
  return realPath(above(path), system);
}

const above = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
