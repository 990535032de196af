import type { KeyFile } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

/** As the IAM console calls what it hands out, or a browser that had one already. */
const KEY_FILE = /(?:accessKeys|credentials|rootkey)(?: ?\(\d+\))?\.csv$/i;
const NAMES_MAX = 5000;
const BYTES_MAX = 16 * 1024;

/** The files with keys that lie in the home folder, beside the two files, and where browsers put things. */
export function lookAtKeyFiles(system: System): Seen<readonly KeyFile[]> {
  const { home, os } = system.machine;
  // macOS asks its user before a program may see the downloads.
  const folders = [home, `${home}/.aws`, ...(os === "darwin" ? [] : [`${home}/Downloads`])];
  return seen(
    folders.flatMap((one) =>
      (tried(() => system.files.list(one, NAMES_MAX)) ?? [])
        .filter((name) => KEY_FILE.test(name))
        .flatMap((name) => tried(() => keyFileAt(system, `${one}/${name}`)) ?? []),
    ),
  );
}

function keyFileAt(system: System, path: string): KeyFile {
  const bytes = system.files.read(path, BYTES_MAX);
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const [titles = ""] = new TextDecoder().decode(bytes).split(/\r?\n/, 1);
  // Where the keys themselves come first, their line has no word with a blank in it.
  const columns = titles.split(",").map((title) => title.trim().replaceAll('"', ""));
  return { path, hasBom, columns: columns.every((title) => /^[A-Za-z ]{3,30}$/.test(title)) ? columns : [] };
}
