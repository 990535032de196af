import type { KeyFile, Project } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import { FileTrouble, type System } from "../system/system.ts";

const SERVERLESS = ["serverless.yml", "serverless.yaml", "serverless.ts", "serverless.js", "serverless.json"];
/** As the IAM console calls what it hands out, or a browser that had one already. */
const KEY_FILE = /(?:accessKeys|credentials|rootkey)(?: ?\(\d+\))?\.csv$/i;
const NAMES_MAX = 5000;
const BYTES_MAX = 16 * 1024;

/** What lies in the folder that one is in, the home folder, and where browsers put things. */
export function lookAtProject(system: System): Seen<Project> {
  const { home, folder } = system.machine;
  const serverless = SERVERLESS.map((name) => `${folder}/${name}`).find(
    (path) => tried(() => system.files.follow(path)?.kind) === "file",
  );
  const folders = [...new Set([folder, home, `${home}/.aws`, `${home}/Downloads`])];
  const keyFiles = folders.flatMap((one) =>
    (tried(() => system.files.list(one, NAMES_MAX)) ?? [])
      .filter((name) => KEY_FILE.test(name))
      .flatMap((name) => tried(() => keyFileAt(system, `${one}/${name}`)) ?? []),
  );
  return seen({ serverless, keyFiles });
}

function keyFileAt(system: System, path: string): KeyFile {
  const bytes = system.files.read(path, BYTES_MAX);
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const [titles = ""] = new TextDecoder().decode(bytes).split(/\r?\n/, 1);
  // Where the keys themselves come first, their line has no word with a blank in it.
  const columns = titles.split(",").map((title) => title.trim().replaceAll('"', ""));
  return { path, hasBom, columns: columns.every((title) => /^[A-Za-z ]{3,30}$/.test(title)) ? columns : [] };
}

function tried<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof FileTrouble) return undefined;
    throw error;
  }
}
