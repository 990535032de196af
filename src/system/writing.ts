import fs from "node:fs";
import { onWindows } from "./platform.ts";
import { UNFINISHED } from "./system.ts";
import { codeOf } from "./trouble.ts";

/** How files are changed: whole or not at all, and never through something that somebody else put in the way. */

const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY } = fs.constants;
const O_NOFOLLOW: number = fs.constants.O_NOFOLLOW ?? 0; // Windows has none of the two.
const O_NONBLOCK: number = fs.constants.O_NONBLOCK ?? 0;

/** Writes beside, waits until the disk has it, and renames: a reader sees the old file or the new one. */
export function replaceFile(path: string, bytes: Uint8Array, mode: number): void {
  const folder = folderOf(path);
  const chance = process.getBuiltinModule("node:crypto").randomBytes(9).toString("base64url");
  const beside = `${folder}/${UNFINISHED}${chance}`;
  try {
    writeNew(beside, bytes, mode);
    fs.renameSync(beside, path);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** A file that is not there yet, on the disk when this returns. `finish` has it open, before that. */
export function writeNew(
  path: string,
  bytes: Uint8Array,
  mode: number,
  finish: (descriptor: number) => void = () => {},
): void {
  const descriptor = fs.openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  try {
    if (!onWindows) fs.fchmodSync(descriptor, mode); // What the user's umask took away.
    writeAll(descriptor, bytes);
    finish(descriptor);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

export function appendToFile(path: string, bytes: Uint8Array, mode: number): void {
  const descriptor = fs.openSync(path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK, mode);
  try {
    writeAll(descriptor, bytes);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

export function removeFile(path: string): boolean {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
  syncFolder(folderOf(path));
  return true;
}

// Outside of Windows a backslash is part of a name.
export const folderOf = (path: string): string => path.slice(0, path.search(LAST_SLASH)) || "/";
const LAST_SLASH = onWindows ? /[\\/][^\\/]*$/ : /\/[^/]*$/;

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += fs.writeSync(descriptor, bytes, written);
}

/** So that the new name survives a power cut. Where folders cannot be brought to the disk, there is nothing to do. */
export function syncFolder(folder: string): void {
  if (onWindows) return;
  const descriptor = fs.openSync(folder, fs.constants.O_RDONLY);
  try {
    fs.fsyncSync(descriptor);
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EOPNOTSUPP"].includes(codeOf(error))) throw error;
  } finally {
    fs.closeSync(descriptor);
  }
}
