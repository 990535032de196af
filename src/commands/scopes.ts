import { absolute } from "../awsconfig/locations.ts";
import { UserError } from "../errors.ts";
import type { Consent, NamedFile, Scope } from "../model/scope.ts";
import { DEFAULT_TOOLS } from "../model/tool.ts";
import { didYouMean } from "../nearest.ts";
import { type Preferences, parseTools } from "../preferences.ts";
import type { System } from "../system/system.ts";
import type { Given } from "./command.ts";
import { COMMAND_NAMES } from "./names.ts";
import { mustStayInside } from "./repository.ts";

const CONSENTS: Readonly<Record<string, Consent>> = { run: "run", unlock: "unlock", online: "network" };

/** This machine; or the named files, those of one folder together. */
export function scopes(given: Given, system: System, { tools: preferred, policies }: Preferences): Scope[] {
  const tools = given.list("for");
  const trouble = (message: string): never => {
    throw new UserError("BAD_FLAG", `--for: ${message}`);
  };
  const base = {
    tools: tools.length === 0 ? (preferred ?? DEFAULT_TOOLS) : parseTools(tools.join(","), trouble),
    profile: given.text("profile"),
    policies,
    consent: new Set(Object.keys(CONSENTS).flatMap((flag) => (given.isOn(flag) ? CONSENTS[flag]! : []))),
  };
  const named = (flag: string): NamedFile | undefined => {
    const path = given.text(flag);
    return path === undefined ? undefined : { path: existing(path, system, []), by: `--${flag}` };
  };
  if (given.words.length === 0) {
    const flag = ["as-config", "as-credentials"].find((name) => given.isOn(name));
    if (flag !== undefined)
      throw new UserError("BAD_FLAG", `--${flag} says what the named files are, and none is named`);
    return [
      {
        ...base,
        config: named("config-file"),
        credentials: named("credentials-file"),
        filesOnly: !given.isOn("environment"),
      },
    ];
  }
  if (given.text("config-file") ?? given.text("credentials-file")) {
    throw new UserError(
      "BAD_FLAG",
      "files are named by arguments or by --config-file and --credentials-file, not by both",
    );
  }
  return pairs(given, system).map((pair) => ({ ...pair, ...base, filesOnly: true }));
}

interface Pair {
  config: NamedFile;
  credentials: NamedFile;
}

function pairs(given: Given, system: System): Pair[] {
  const inFolders = new Map<string, Pair>();
  const found: Pair[] = [];
  for (const word of given.words) {
    const file = { ...(word === "-" ? piped(given, system) : fromRepository(word, system)), by: "argument" };
    const kind = kindOf(file.path, given);
    const folder = file.path.slice(0, file.path.lastIndexOf("/"));
    const pair = inFolders.get(folder);
    if (pair !== undefined && pair[kind] === "none") pair[kind] = file;
    else {
      const fresh: Pair = { config: "none", credentials: "none" };
      fresh[kind] = file;
      inFolders.set(folder, fresh);
      found.push(fresh);
    }
  }
  return found;
}

function kindOf(path: string, given: Given): "config" | "credentials" {
  const [isConfig, isCredentials] = [given.isOn("as-config"), given.isOn("as-credentials")];
  if (isConfig && isCredentials) throw new UserError("BAD_FLAG", "a file is --as-config or --as-credentials, not both");
  if (isConfig || isCredentials) return isConfig ? "config" : "credentials";
  return /credentials?[^/]*$/i.test(path) ? "credentials" : "config";
}

/** Of what comes from stdin, nothing can be changed. */
function piped(given: Given, { terminal }: System): { path: string; bytes: Uint8Array } {
  if (given.text("fix") !== undefined || given.isOn("diff"))
    throw new UserError("BAD_FLAG", "what is piped in can be judged, and not changed: name a file");
  return { path: "<stdin>", bytes: new TextEncoder().encode(terminal.input.read()) };
}

/** A link in somebody else's repository must not lead us to a file outside of it. */
function fromRepository(word: string, system: System): { path: string } {
  const path = existing(word, system, COMMAND_NAMES);
  mustStayInside(word, path, system);
  return { path };
}

function existing(word: string, system: System, commands: readonly string[]): string {
  const path = absolute(word, system.machine.home, system.machine.folder);
  if (system.files.look(path) === undefined) {
    throw new UserError("NO_SUCH_FILE", `there is no file '${word}'${didYouMean(word, commands)}`);
  }
  return path;
}
