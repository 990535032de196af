import { decode } from "../awsconfig/encoding.ts";
import { dotted } from "../awsconfig/mask.ts";
import { traitsOf } from "../awsconfig/traits.ts";
import { matters, show } from "../awsconfig/variables.ts";
import type { StartupFile } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { statements } from "../shell/statements.ts";
import { FileTrouble, type System } from "../system/system.ts";
import { shellOf, startupFiles } from "./startup-files.ts";

/** Bytes. Start-up files are written by hand; one that is larger is something else. */
const STARTUP_BYTES_MAX = 2 * 1024 * 1024;

/** A value that a command gives is that command's line here, and may hold a password whatever the variable is called. */
const showInShell: typeof show = (name, value) => {
  // What begins with AWS in small letters is no variable.
  if (!matters(name) || name.startsWith("aws")) return showAlias(value);
  return showVariable(name, value);
};

const HELPER = /^(?:\.|source)\s+(?:\S*\/)?(?:awsume|assume)(?:\.fish)?$/;
/** Whatever it is that is sourced. */
const SOURCED = /^(?:\.|source)(?=\s)/;
const OWN = /^aws-vault\s+exec(?:\s+(?:-[a-z]|--[a-z][a-z0-9-]*))*(?!\S)/;

/** Of an alias, no more than that it starts aws-vault, with which flags, or is how a shell is lent a helper's variables. */
function showAlias(value: string): ReturnType<typeof show> {
  if (HELPER.test(value)) return { value, hidden: undefined };
  const shown = (OWN.exec(value) ?? SOURCED.exec(value))?.[0] ?? "";
  return { value: shown + dotted(value.slice(shown.length)), hidden: traitsOf(value) };
}

const showVariable: typeof show = (name, value) =>
  /[`(]/.test(value) ? { value: dotted(value), hidden: traitsOf(value) } : show(name, value);

/** The masked text of a start-up file; undefined for any other file. */
export function maskStartup(path: string, text: string): string | undefined {
  const shell = shellOf(path);
  return shell && statements(path, shell, text, showInShell).masked;
}

/** What the shells' start-up files do to variables and aliases. */
export function lookAtStartup(system: System): Seen<readonly StartupFile[]> {
  const found: StartupFile[] = [];
  for (const { path, shell } of startupFiles(system)) {
    try {
      const facts = system.files.follow(path);
      if (facts?.kind !== "file") continue;
      const { text, encoding } = decode(system.files.read(path, STARTUP_BYTES_MAX));
      if (encoding === "utf-16le" || encoding === "utf-16be") continue; // No shell reads a word of it.
      const { statements: list, uses, masked } = statements(path, shell, text, showInShell);
      found.push({ path, shell, statements: list, uses, mode: facts.mode, text: masked });
    } catch (error) {
      if (error instanceof FileTrouble) return unseen("failed", `${path} cannot be read: ${error.message}`);
      throw error;
    }
  }
  return seen(found);
}
