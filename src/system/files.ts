/** The files of this machine. How their contents are read and written, `reading.ts` and `writing.ts` say. */
import fs from "node:fs";
import { onWindows } from "./platform.ts";
import { readAside, readBytes, readStart, readWhole, withOpenFile } from "./reading.ts";
import { type FileFacts, type FileKind, type Files, FileTrouble } from "./system.ts";
import { codeOf, namingPaths } from "./trouble.ts";
import { appendToFile, removeFile, replaceFile } from "./writing.ts";

export const files: Files = namingPaths({
  look(path) {
    const stats = statsOf(path, fs.lstatSync);
    return stats && factsOf(stats);
  },
  follow(path) {
    const stats = statsOf(path, fs.statSync, "ELOOP");
    return stats && factsOf(stats);
  },
  readLink: linkAt,
  real: (path) => fs.realpathSync.native(path),
  read: (path, most) => withOpenFile(path, (descriptor, size) => readWhole(descriptor, size, most)),
  readStart: (path, most) => withOpenFile(path, (descriptor) => readBytes(descriptor, most, most)),
  readText: (path, most) => withOpenFile(path, (descriptor) => readStart(descriptor, most)),
  readTextAside: readAside,
  list: (path, most) => listed(path, most).toSorted(),
  replace: replaceFile,
  append: appendToFile,
  makeFolder: (path) => fs.mkdirSync(path, { recursive: true, mode: 0o700 }),
  remove: removeFile,
});

function listed(path: string, most: number | undefined): string[] {
  if (most === undefined) return fs.readdirSync(path);
  const folder = fs.opendirSync(path);
  try {
    const names: string[] = [];
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      if (names.length === most) throw new FileTrouble(`holds more than ${most} files`);
      names.push(entry.name);
    }
    return names;
  } finally {
    folder.closeSync();
  }
}

type Stat = (path: string, options: { readonly throwIfNoEntry: false }) => fs.Stats | undefined;

function statsOf(path: string, stat: Stat, ...nothing: string[]): fs.Stats | undefined {
  try {
    // Most paths that are asked for do not exist, and an exception costs more than the look.
    return stat(path, { throwIfNoEntry: false });
  } catch (error) {
    if (["ENOTDIR", ...nothing].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function factsOf(stats: fs.Stats): FileFacts {
  const mode = stats.mode & 0o7777;
  // Windows has no such bits: there the ending says it, and whoever asks has looked at the ending.
  const executable = stats.isFile() && (onWindows || (mode & 0o111) !== 0);
  return { kind: kindOf(stats), mode, owner: stats.uid, size: stats.size, executable, modified: stats.mtimeMs };
}

function kindOf(stats: fs.Stats): FileKind {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "link";
  return "special";
}

function linkAt(path: string): string {
  try {
    return fs.readlinkSync(path);
  } catch (error) {
    throw codeOf(error) === "EINVAL" ? new FileTrouble("is not a link", { cause: error }) : error;
  }
}
