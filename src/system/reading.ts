/** How files are read: regular ones alone, and no more of them than was asked for. */
import fs from "node:fs";
import { FileTrouble } from "./system.ts";
import { asTrouble } from "./trouble.ts";

const O_NONBLOCK: number = fs.constants.O_NONBLOCK ?? 0; // Windows has none.

export function withOpenFile<T>(path: string, use: (descriptor: number, size: number) => T): T {
  // A look before the open, because opening a device can have effects; and one after it, because what stands at the
  // path may have been exchanged between the two. O_NONBLOCK: the open of a FIFO must not wait for a writer.
  mustBeFile(fs.statSync(path));
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | O_NONBLOCK);
  try {
    const stats = fs.fstatSync(descriptor);
    mustBeFile(stats);
    return use(descriptor, stats.size);
  } finally {
    fs.closeSync(descriptor);
  }
}

function mustBeFile(stats: fs.Stats): void {
  if (stats.isDirectory()) throw new FileTrouble("is a directory");
  if (!stats.isFile()) throw new FileTrouble("is not a regular file");
}

export function readWhole(descriptor: number, size: number, most: number): Uint8Array {
  if (size > most) throw tooLarge(size, most);
  const bytes = readBytes(descriptor, size, most + 1);
  if (bytes.length > most) throw new FileTrouble(`grew beyond ${inWords(most)} while it was read`);
  return bytes;
}

export function readStart(descriptor: number, most: number): string {
  return new TextDecoder().decode(readBytes(descriptor, 64 * 1024, most));
}

/** Up to the end of the file or `most` bytes. A read may come short, and a file may be longer than its size said. */
export function readBytes(descriptor: number, expected: number, most: number): Uint8Array {
  let bytes = new Uint8Array(Math.min(expected + 1, most)); // One more: the read that finds the end needs room.
  let length = 0;
  while (length < most) {
    if (length === bytes.length) bytes = enlarged(bytes, Math.min(length * 2, most));
    const count = fs.readSync(descriptor, bytes, length, bytes.length - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** In another thread: what the kernel makes when it is asked takes its time. */
export async function readAside(path: string, most: number): Promise<string> {
  let descriptor: number | undefined;
  const bytes = new Uint8Array(most);
  const readOn = (open: number, length: number): Promise<number> =>
    new Promise((resolve, reject) => {
      fs.read(open, bytes, length, most - length, null, (error, count) => {
        if (error) reject(error);
        else if (count === 0 || length + count === most) resolve(length + count);
        else resolve(readOn(open, length + count));
      });
    });
  try {
    descriptor = fs.openSync(path, fs.constants.O_RDONLY | O_NONBLOCK);
    return new TextDecoder().decode(bytes.subarray(0, await readOn(descriptor, 0)));
  } catch (error) {
    throw asTrouble(error, path);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** The trouble of a file that is larger than `most` bytes. */
export function tooLarge(size: number, most: number): FileTrouble {
  return new FileTrouble(`is ${inWords(size)}; files above ${inWords(most)} are not read`);
}

function inWords(bytes: number): string {
  const KILOBYTE = 1024;
  if (bytes < KILOBYTE) return `${bytes} bytes`;
  if (bytes < KILOBYTE ** 2) return `${roundedUp(bytes / KILOBYTE)} kB`;
  return `${roundedUp(bytes / KILOBYTE ** 2)} MB`;
}

const roundedUp = (value: number): number => Math.ceil(value * 10) / 10; // Up: one byte above a limit must show.
