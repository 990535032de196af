import { type Seen, seen } from "../model/seen.ts";
import { FileTrouble, type System } from "../system/system.ts";

const ENDINGS = ["yml", "yaml", "ts", "js", "json"];

/** The Serverless Framework's file in the folder that one is in. */
export function lookForServerless(system: System): Seen<string | undefined> {
  const paths = ENDINGS.map((ending) => `${system.machine.folder}/serverless.${ending}`);
  return seen(paths.find((path) => isFile(system, path)));
}

function isFile(system: System, path: string): boolean {
  try {
    return system.files.follow(path)?.kind === "file";
  } catch (error) {
    if (error instanceof FileTrouble) return false;
    throw error;
  }
}
