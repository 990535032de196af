import type { Scope } from "../model/scope.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";

/** The files that were named to be judged by themselves, as those of a repository are; not a person's own below ~/.aws. */
export function lookAtShared({ machine }: System, { config, credentials }: Scope): Seen<readonly string[]> {
  const named = [config, credentials].flatMap((file) =>
    file !== undefined && file !== "none" && file.by === "argument" ? [file.path] : [],
  );
  return seen(named.filter((path) => !path.startsWith(`${machine.home}/.aws/`)));
}
