import type { System } from "../system/system.ts";

/** The folder with `.git`, at or above the one that the program runs in. */
export function repositoryRoot({ files, machine: { folder } }: System): string | undefined {
  for (let at = folder; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/"))))
    if (files.look(`${at}/.git`) !== undefined) return at;
  return undefined;
}
