import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

const ENDINGS = ["yml", "yaml", "ts", "js", "json"];

/** The Serverless Framework's file in the folder that one is in. */
export function lookForServerless(system: System): Seen<string | undefined> {
  const paths = ENDINGS.map((ending) => `${system.machine.folder}/serverless.${ending}`);
  return seen(paths.find((path) => isFile(system, path)));
}

const isFile = (system: System, path: string): boolean =>
  tried(() => system.files.follow(path)?.kind === "file", false);
