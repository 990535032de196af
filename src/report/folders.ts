import { shortPath } from "./printable.ts";

/** The folders that paths are told from, so that no report names the user: what is checked out, and the home folder. */
export interface Folders {
  /** The repository's, or the one that the program runs in. */
  readonly root: string;
  readonly home: string;
}

/** Where a path leads from the deeper one of the two folders. Without a base it is absolute, or no path at all. */
export interface Placed {
  readonly base: "root" | "home" | undefined;
  readonly path: string;
}

export function placed(path: string, { root, home }: Folders): Placed {
  const isIn = (folder: string): boolean => folder !== "" && folder !== "/" && path.startsWith(`${folder}/`);
  const isHome = isIn(home) && (!isIn(root) || home.length >= root.length);
  if (isHome) return { base: "home", path: path.slice(home.length + 1) };
  return isIn(root) ? { base: "root", path: path.slice(root.length + 1) } : { base: undefined, path };
}

/** `team/aws/config`, `~/.aws/config`, `/etc/aws/config`. */
export function pathName(path: string, folders: Folders): string {
  const { base, path: rest } = placed(path, folders);
  return base === "root" ? rest : shortPath(path, folders.home);
}
