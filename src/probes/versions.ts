import type { Installed, Versions } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import { findPrograms, foldersOf } from "../system/path.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

/** What is asked for its version, and how it writes it. */
const ASKED: Readonly<Record<string, RegExp>> = {
  aws: /aws-cli\/(\d+\.\d+\.\d+)/,
  "aws-vault": /^v?(\d+\.\d+(?:\.\d+)?)/m,
};
/** Python takes its time when it starts from a cold disk. */
const DEADLINE_MS = 5000;
const OUTPUT_BYTES_MAX = 16 * 1024;
/** Of one name. Who has more on PATH, has the same one in many folders. */
const ASKED_MAX = 4;

/** The versions of the programs that read the two files, each asked with `--version` alone. */
export async function lookAtVersions(system: System): Promise<Seen<Versions>> {
  const folders = foldersOf(system);
  const found = new Map<string, readonly Installed[]>();
  await Promise.all(
    Object.keys(ASKED).map(async (name) => {
      const paths = once(system, findPrograms(system, folders, name)).slice(0, ASKED_MAX);
      found.set(name, await Promise.all(paths.map((path) => ask(system, name, path))));
    }),
  );
  return seen(found);
}

async function ask(system: System, name: string, path: string): Promise<Installed> {
  const said = await system.programs.capture(path, ["--version"], {
    milliseconds: DEADLINE_MS,
    bytes: OUTPUT_BYTES_MAX,
    environment: environmentFor(system),
    folder: system.machine.home,
  });
  const text = said.ended ? `${said.output}\n${said.errors}` : ""; // Before Python 3.4, a version was an error.
  return { path, version: ASKED[name]!.exec(text)?.[1], trouble: troubleIn(said) };
}

const troubleIn = (said: Awaited<ReturnType<System["programs"]["capture"]>>): string | undefined => {
  if (!said.ended) return said.trouble;
  return said.code === 0 ? undefined : `ended with code ${said.code}`;
};

/** The AWS CLI loads the plug-ins that a config file names before it says anything: so it gets none to read. */
function environmentFor({ environment, machine }: System): Record<string, string | undefined> {
  const nothing = machine.os === "win32" ? "NUL" : "/dev/null";
  const kept = Object.entries(environment).filter(([name]) => !/^AWS/i.test(name));
  return { ...Object.fromEntries(kept), AWS_CONFIG_FILE: nothing, AWS_SHARED_CREDENTIALS_FILE: nothing };
}

/** Of several ways to one file, the first. */
function once(system: System, paths: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const path of paths) {
    const real = realOf(system, path);
    if (!known.has(real)) known.set(real, path);
  }
  return [...known.values()];
}

const realOf = (system: System, path: string): string => tried(() => system.files.real(path), path);
