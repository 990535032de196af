import type { UserError } from "../errors.ts";
import { Secret } from "../secret.ts";
import type { Captured, System } from "../system/system.ts";
import type { Item, Store } from "./store.ts";
import { failed, mustBeKey } from "./trouble.ts";

const SECURITY = "/usr/bin/security";
const SERVICE = "aws-vault";
const NOT_FOUND = 44; // errSecItemNotFound, as `security` ends with it
const LINE_BYTES_MAX = 4000; // Of a line that `security` reads; it would cut off the rest of a longer one.
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
const PATIENCE_MS = 5 * 60 * 1000; // macOS asks a person for a password.

/**
 * aws-vault's backend `keychain`: generic passwords of the service `aws-vault` in a keychain file of its own, through
 * macOS's program `security`, which asks the person. What is stored goes to its input, and is no argument of it.
 */
export function keychainStore(system: System, name: string): Store {
  if (!/^[\w. -]{1,100}$/.test(name)) throw failed("BAD_NAME", `'${name}' cannot be the name of a keychain`);
  const { files, machine } = system;
  const path = `${machine.home}/Library/Keychains/${name}.keychain-db`;
  const isThere = (): boolean => files.follow(path) !== undefined;
  const run = (args: readonly string[], input?: Uint8Array): Promise<Captured> =>
    system.programs.capture(SECURITY, args, {
      milliseconds: PATIENCE_MS,
      bytes: OUTPUT_BYTES_MAX,
      environment: system.environment,
      folder: machine.home,
      ...(input === undefined ? {} : { input }),
    });
  const ofKey = (key: string): string[] => ["-s", SERVICE, "-a", key];

  return {
    name: `the keychain '${name}'`,

    async list() {
      if (!isThere()) return [];
      return accountsIn(outputOf(await run(["dump-keychain", path]), "be listed")).toSorted();
    },

    async get(key) {
      checked(key);
      if (!isThere()) return undefined;
      const said = await run(["find-generic-password", ...ofKey(key), "-w", path]);
      if (said.ended && said.code === NOT_FOUND) return undefined;
      const data = dataIn(outputOf(said, `give '${key}'`));
      return { key, data, label: "", description: "", isGuarded: false, staysHere: false };
    },

    async put(item) {
      const line = addingLine(item, path);
      if (!isThere()) outputOf(await run(["create-keychain", "-P", path]), "be made");
      try {
        const said = await run(["-i"], line);
        // It ends well whatever its commands did, and says on stderr what went wrong.
        if (said.ended && /^security: /m.test(said.errors)) throw refused(`take '${item.key}'`, said.errors);
        outputOf(said, `take '${item.key}'`);
      } finally {
        line.fill(0);
      }
    },

    async remove(key) {
      checked(key);
      if (!isThere()) return false;
      const said = await run(["delete-generic-password", ...ofKey(key), path]);
      if (said.ended && said.code === NOT_FOUND) return false;
      outputOf(said, `give up '${key}'`);
      return true;
    },
  };
}

/** A command for `security -i`. A key that was guarded by aws-vault asks at each reading: nobody is trusted with it. */
function addingLine({ key, data, label, description, isGuarded }: Item, path: string): Uint8Array {
  const words = ["add-generic-password", "-U", "-s", SERVICE, "-a", quoted(key), "-l", quoted(checked(label))];
  if (description !== "") words.push("-D", quoted(checked(description)));
  if (isGuarded) words.push("-T", '""');
  const hex = Buffer.from(data.revealBytes()).toString("hex");
  const line = new TextEncoder().encode(`${[...words, "-X", hex, quoted(path)].join(" ")}\n`);
  if (line.length > LINE_BYTES_MAX) {
    line.fill(0);
    throw failed("TOO_LONG", `the item '${key}' is too long for macOS's program 'security'`, "--backend=file takes it");
  }
  return line;
}

const quoted = (text: string): string => `"${checked(text)}"`;

/** Neither a flag of `security` nor the end of one of its words. */
function checked(key: string): string {
  mustBeKey(key, key.startsWith("-") || /["'\\]|\p{Cc}/u.test(key));
  return key;
}

/** `"acct"<blob>="work"`, or in hexadecimal digits with what can be printed of it behind. */
function accountsIn(dump: string): string[] {
  return dump
    .split(/^keychain: /m)
    .filter((item) => valueIn(item, "svce") === SERVICE)
    .flatMap((item) => valueIn(item, "acct") ?? []);
}

function valueIn(item: string, attribute: string): string | undefined {
  const [, hex, text] = new RegExp(`^\\s*"${attribute}"<blob>=(?:0x([0-9A-F]+)\\b.*|"(.*)")$`, "m").exec(item) ?? [];
  return hex === undefined ? text : Buffer.from(hex, "hex").toString();
}

/** What can be printed is printed as it is, and all else in hexadecimal digits. JSON starts with no such digit. */
function dataIn(output: string): Secret {
  const text = output.replace(/\n$/, "");
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Secret.ofBytes(Buffer.from(text, "hex")) : Secret.ofText(text);
}

function outputOf(said: Captured, what: string): string {
  if (said.ended && said.code === 0) return said.output;
  throw refused(what, said.ended ? said.errors : `security ${said.trouble}`);
}

function refused(what: string, errors: string): UserError {
  const why = errors.trim().split("\n").at(-1) || "no reason is given";
  const isBarred = /interaction is not allowed|-25308/i.test(errors);
  const hint = isBarred
    ? "over SSH nobody can be asked: `security unlock-keychain` first, or use --backend=file"
    : "unlock it in Keychain Access, and allow it when macOS asks";
  return failed("KEYCHAIN_REFUSES", `the keychain cannot ${what}: ${why}`, hint);
}
