import { EXIT, UserError } from "../errors.ts";
import type { Secret } from "../secret.ts";
import { JsonError } from "./go-json.ts";
import { formatItem, itemOf } from "./item.ts";
import type { Item } from "./store.ts";
import { openToken, parseToken, sealToken, TokenError } from "./token.ts";

/** What is in the file of an item. It stands apart from the store because listing needs no ciphers, and they take time. */
export function sealItem(
  item: Item,
  passphrase: Secret,
  world: { readonly now: Date; random(count: number): Uint8Array },
): Uint8Array {
  const plain = formatItem(item);
  try {
    return new TextEncoder().encode(sealToken(plain, passphrase, world));
  } finally {
    plain.wipe();
  }
}

/** The item of a key, out of its file. Throws a UserError that says what is wrong: passphrase or file, as far as it shows. */
export async function openItem(
  bytes: Uint8Array,
  key: string,
  path: string,
  passphrase: () => Promise<Secret>,
): Promise<Item> {
  try {
    const token = parseToken(textOf(bytes)); // Before anybody is asked: what no passphrase opens needs none.
    const plain = openToken(token, await passphrase());
    try {
      return itemOf(plain, key);
    } catch (error) {
      throw error instanceof JsonError ? new TokenError("damaged", error.message) : error;
    } finally {
      plain.wipe();
    }
  } catch (error) {
    throw error instanceof TokenError ? cannotOpen(path, error) : error;
  }
}

/** Whether there are items among these files, and the passphrase is that of none. */
export function opensNone(passphrase: Secret, contents: readonly Uint8Array[]): boolean {
  const isLocked = (bytes: Uint8Array): boolean | undefined => {
    try {
      openToken(parseToken(textOf(bytes)), passphrase).wipe();
      return false;
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return error.fault === "locked" ? true : undefined; // A damaged one says nothing about the passphrase.
    }
  };
  const told = contents.map(isLocked).filter((one) => one !== undefined);
  return told.length > 0 && !told.includes(false);
}

const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

function cannotOpen(path: string, { fault, message }: TokenError): UserError {
  const more = { exitCode: EXIT.failed, hint: HINTS[fault] };
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
