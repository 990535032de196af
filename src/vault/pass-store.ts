import { Secret } from "../secret.ts";
import { findProgram, foldersOf, isAbsolute } from "../system/path.ts";
import type { Captured, System } from "../system/system.ts";
import { JsonError } from "./go-json.ts";
import { formatItem, itemOf } from "./item.ts";
import { type PassPlace, passKeys, rootOf } from "./pass-names.ts";
import type { Store } from "./store.ts";
import { failed, mustBeKey } from "./trouble.ts";

const OUTPUT_BYTES_MAX = 1024 * 1024;
const PATIENCE_MS = 5 * 60 * 1000; // A person may have to find the passphrase of their key, or the key itself.

/**
 * aws-vault's backend `pass`: a file for each item in a password store, which `pass` reads and writes. Listing looks at
 * the names of the files alone, so that nothing is unlocked for it.
 */
export function passStore(system: System, place: PassPlace): Store {
  const { files, machine, terminal } = system;
  const root = rootOf(place);
  const nameOf = (key: string): string => (place.prefix === "" ? key : `${place.prefix}/${key}`);

  function pathOf(key: string): string {
    const parts = key.split("/");
    const isOdd = parts.some((part) => part === "." || part === "..") || key.endsWith("/");
    // What starts with a dash would be a flag: `pass` knows how to tell, but not every program that is called as it is.
    mustBeKey(key, isOdd || nameOf(key).startsWith("-"));
    return `${root}/${parts.filter((part) => part !== "").join("/")}${place.ending}`;
  }

  const isThere = (key: string): boolean => files.follow(pathOf(key))?.kind === "file";

  async function run(args: readonly string[], input?: Uint8Array): Promise<Captured> {
    const { AWS_VAULT_FILE_PASSPHRASE: _, ...environment } = system.environment;
    return system.programs.capture(programPath(place, system), args, {
      milliseconds: PATIENCE_MS,
      bytes: OUTPUT_BYTES_MAX,
      environment: { ...environment, [place.variable]: place.folder },
      folder: machine.home,
      isAttached: terminal.input.isTerminal,
      ...(input === undefined ? {} : { input }),
    });
  }

  async function done(args: readonly string[], what: string, input?: Uint8Array): Promise<string> {
    const said = await run(args, input);
    if (said.ended && said.code === 0) return said.output;
    const { command } = place;
    const why = !said.ended ? said.trouble : (lastLine(said.errors) ?? `it ended with exit code ${said.code}`);
    throw failed("PASS_FAILED", `'${command}' cannot ${what}: ${why}`, hintFor(why, place));
  }

  return {
    name:
      place.prefix === ""
        ? `the password store '${place.folder}'`
        : `'${place.prefix}' in the password store '${place.folder}'`,

    list: async () => passKeys(place, files),

    async get(key) {
      if (!isThere(key)) return undefined;
      const json = Secret.ofText(await done(["show", nameOf(key)], `show '${nameOf(key)}'`));
      try {
        return itemOf(json, key);
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        const hint = "with --pass-prefix, other passwords are not taken for items of the vault";
        throw failed(
          "DAMAGED_ITEM",
          `'${nameOf(key)}' is no item of a vault, or a damaged one: ${error.message}`,
          hint,
        );
      } finally {
        json.wipe();
      }
    },

    async put(item) {
      const path = pathOf(item.key);
      mustBeStore(place, system);
      const json = formatItem(item);
      try {
        await done(["insert", "-m", "-f", nameOf(item.key)], `store '${nameOf(item.key)}'`, json.revealBytes());
      } finally {
        json.wipe();
      }
      if (!isThere(item.key)) {
        const message = `'${place.command}' stored '${nameOf(item.key)}', but not in '${path}'`;
        throw failed("PASS_ELSEWHERE", message, "--pass-dir names the folder of its store");
      }
    },

    async remove(key) {
      if (!isThere(key)) return false;
      await done(["rm", "-f", nameOf(key)], `remove '${nameOf(key)}'`);
      return true;
    },
  };
}

function programPath({ command }: PassPlace, system: System): string {
  const path = isAbsolute(command) ? command : findProgram(system, foldersOf(system), command);
  if (path !== undefined && system.files.follow(path)?.executable === true) return path;
  const hint = "install it, name another one with --pass-cmd, or use --backend=file";
  throw failed("NO_PASS", `the program '${command}' is not available`, hint);
}

/** Before `pass` says it in its own way, which tells nobody what to do. passage has its recipients elsewhere. */
function mustBeStore({ folder, ending, command }: PassPlace, { files }: System): void {
  if (ending !== ".gpg" || files.follow(`${folder}/.gpg-id`) !== undefined) return;
  const hint = `\`${command} init <gpg-id>\` makes one; \`gpg --full-generate-key\` makes a key for it`;
  throw failed("NO_PASS_STORE", `'${folder}' is no password store yet: it has no file .gpg-id`, hint);
}

const lastLine = (text: string): string | undefined =>
  text
    .split("\n")
    .map((line) => line.trim())
    .findLast((line) => line !== "");

function hintFor(why: string, { ending }: PassPlace): string | undefined {
  if (ending !== ".gpg") return undefined;
  if (/no secret key/i.test(why))
    return "the item is for a GPG key that is not here: `gpg --list-secret-keys` shows those that are";
  if (/pinentry|ioctl|agent|passphrase/i.test(why))
    return "GPG could not ask for its passphrase: `export GPG_TTY=$(tty)` in the shell's start-up file lets it";
  return undefined;
}
