import type { Binaries, Binary } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import type { SeenFacts } from "./probe.ts";

/** What people install by hand, and what may come out as something else. */
const NAMES = ["aws-vault", "aws"];
const BYTES = 64;
/** How programs begin on Linux, macOS (in four ways, and for several processors at once) and Windows. */
const PROGRAM = /^(?:7f454c46|feedface|feedfacf|cefaedfe|cffaedfe|cafebabe|4d5a)/;

/** What kind of file stands where a program should, by its first bytes. None is run. */
export function lookAtBinaries(system: System, { programs }: SeenFacts): Seen<Binaries> {
  const found = new Map<string, Binary>();
  for (const name of NAMES) {
    const path = programs?.known === true ? programs.value.get(name) : undefined;
    if (path !== undefined) found.set(name, { path, kind: kindOf(system, path) });
  }
  return seen(found);
}

function kindOf(system: System, path: string): Binary["kind"] {
  return tried(() => {
    if (system.files.follow(path)?.size === 0) return "empty";
    const start = system.files.readStart(path, BYTES);
    if (PROGRAM.test(Buffer.from(start.subarray(0, 4)).toString("hex"))) return "program";
    if (start[0] === 0x23 && start[1] === 0x21) return "script"; // #!
    return start.every((byte) => byte >= 0x09 && byte !== 0x7f) ? "text" : "unknown";
  }, "unknown");
}
