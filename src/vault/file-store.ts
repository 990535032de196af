import { UserError } from "../errors.ts";
import type { Secret } from "../secret.ts";
import { type System, UNFINISHED } from "../system/system.ts";
import { JsonError } from "./go-json.ts";
import { formatItem, parseItem } from "./item.ts";
import { fileNameOf, keyOf } from "./names.ts";
import type { Item, Store } from "./store.ts";
import { openToken, parseToken, sealToken, type Token, TokenError } from "./token.ts";

const ITEM_BYTES_MAX = 1024 * 1024; // The longest session tokens make a few kilobytes.
const ITEMS_MAX = 10_000; // aws-vault keeps a handful for each profile; a folder of more is something else.

/**
 * aws-vault's file backend: a folder with a sealed file for each item. The passphrase is asked for when an item is opened
 * or written, and not before: listing and removing need none.
 */
export function fileStore(system: System, folder: string, passphrase: () => Promise<Secret>): Store {
  const { files } = system;
  const onWindows = system.machine.os === "win32";
  const pathOf = (key: string): string => `${folder}/${fileName(key, onWindows)}`;
  return {
    name: `the folder '${folder}'`,

    async list() {
      if (files.follow(folder) === undefined) return [];
      const names = files.list(folder, ITEMS_MAX).filter((name) => !name.startsWith(UNFINISHED));
      return names.filter((name) => files.follow(`${folder}/${name}`)?.kind === "file").map(keyOf);
    },

    async get(key) {
      const path = pathOf(key);
      if (files.follow(path) === undefined) return undefined;
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.read(path, ITEM_BYTES_MAX));
      return orTell(path, async () => {
        const token = parseToken(text); // Before anybody is asked: what no passphrase opens needs none.
        return opened(token, await passphrase(), key);
      });
    },

    async put(item) {
      const path = pathOf(item.key);
      const secret = await passphrase();
      const plain = formatItem(item);
      const token = sealToken(plain, secret, { now: system.now(), random: (count) => system.random(count) });
      plain.wipe();
      files.makeFolder(folder);
      files.replace(path, new TextEncoder().encode(token), 0o600);
    },

    remove: async (key) => files.remove(pathOf(key)),
  };
}

function opened(token: Token, passphrase: Secret, key: string): Item {
  const plain = openToken(token, passphrase);
  try {
    const item = parseItem(plain);
    // aws-vault does not look at it. But whoever can rename files must not make one profile's key that of another.
    if (item.key.normalize() !== key.normalize()) {
      throw new TokenError("damaged", `it was sealed as '${item.key}', and somebody gave it another name`);
    }
    return item;
  } catch (error) {
    throw error instanceof JsonError ? new TokenError("damaged", error.message) : error;
  } finally {
    plain.wipe();
  }
}

async function orTell<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TokenError) throw cannotOpen(path, error);
    throw error;
  }
}

/** Says which of the two it is, a wrong passphrase or a damaged file, as far as that can be known. */
function cannotOpen(path: string, { fault, message }: TokenError): UserError {
  const more = { exitCode: 1, hint: HINTS[fault] };
  switch (fault) {
    case "locked":
      return new UserError("WRONG_PASSPHRASE", `${message}: '${path}'`, more);
    case "damaged":
      return new UserError("DAMAGED_ITEM", `the passphrase is right, but '${path}' is damaged: ${message}`, more);
    case "malformed":
      return new UserError("DAMAGED_ITEM", `'${path}' is no item of a vault, or a damaged one: ${message}`, more);
    case "unsupported":
      return new UserError("UNSUPPORTED_ITEM", `'${path}' cannot be opened: ${message}`, more);
  }
}

const HINTS = {
  locked:
    "each item has the passphrase that was typed when it was added; releases of aws-vault before 6.2 sealed items that later ones cannot open",
  damaged: "remove the item and add it again",
  malformed: "remove the file if it does not belong there, or add the item again",
  unsupported: "add the item again",
} as const;

/** Throws a UserError for a key that cannot be the name of a file. */
function fileName(key: string, onWindows: boolean): string {
  const name = fileNameOf(key);
  // On Windows a colon would name a stream within another file.
  if (/^\.{0,2}$|\0/.test(name) || name.startsWith(UNFINISHED) || (onWindows && /[\\:*?"<>|]/.test(name))) {
    throw new UserError("BAD_KEY", `'${key}' cannot be the name of an item`, { exitCode: 1 });
  }
  return name;
}
