import type { System } from "./system.ts";
import { tried } from "./tried.ts";

/** Programs, looked for as a shell does. */

/** Of PATH. What a relative entry holds depends on the folder that one happens to be in. */
export const foldersOf = (system: System): string[] => [...new Set(system.machine.programFolders)].filter(isAbsolute);

export const isAbsolute = (path: string): boolean => /^([a-z]:[\\/]|[\\/])/i.test(path);

/** The first program of that name in some folders. */
export const findProgram = (system: System, folders: readonly string[], name: string): string | undefined =>
  pathsOf(system, folders, name).find((path) => isProgram(system, path));

/** All programs of that name, those that the first one hides too, in the order of the folders. */
export const findPrograms = (system: System, folders: readonly string[], name: string): string[] =>
  pathsOf(system, folders, name).filter((path) => isProgram(system, path));

function pathsOf(system: System, folders: readonly string[], name: string): string[] {
  const separator = system.machine.os === "win32" ? "\\" : "/";
  return folders.flatMap((folder) => {
    const start = /[\\/]$/.test(folder) ? folder : `${folder}${separator}`;
    return system.machine.programEndings.map((ending) => `${start}${name}${ending}`);
  });
}

/** A shell steps over what it may not look at, too. */
const isProgram = (system: System, path: string): boolean =>
  tried(() => system.files.follow(path)?.executable ?? false, false);
