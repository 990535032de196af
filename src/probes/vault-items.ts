import type { VaultItem } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { isProfileKey, parseSessionKey } from "../routes/session-key.ts";
import { FileTrouble, type System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import { keyOf } from "../vault/names.ts";
import type { SeenFacts } from "./probe.ts";
import { type Item, itemAt } from "./vault.ts";

/** The items of the file backend by their names and shapes: none is opened. */
export function lookAtVaultItems(system: System, { vault }: SeenFacts): Seen<readonly VaultItem[]> {
  if (vault?.known !== true) return seen([]);
  const { path } = vault.value;
  try {
    if (system.files.follow(path) === undefined) return seen([]);
    const names = system.files.list(path).filter((name) => !name.startsWith(".")); // .gitkeep, .DS_Store
    const items = names.slice(0, ITEMS_MAX).flatMap((name) => itemAt(system, path, name));
    return seen(items.map((item) => shapeOf(system, item)));
  } catch (error) {
    if (error instanceof FileTrouble) return unseen("failed", `the folder '${path}' cannot be read: ${error.message}`);
    throw error;
  }
}

/** Who has more sessions than this has never cleared them. */
const ITEMS_MAX = 500;
/** Bytes. A sealed item has a few thousand. */
const ITEM_BYTES_MAX = 256 * 1024;
/** A header and four more parts in base64url; Go writes no padding. */
const SEALED = /^eyJ[\w-]*(?:\.[\w-]*){4}\s*$/;

function shapeOf(system: System, { name, path, size, modified }: Item): VaultItem {
  const key = keyOf(name);
  const session = parseSessionKey(key);
  const kind = isProfileKey(key) ? "key" : key.startsWith("oidc:") ? "token" : "session";
  return {
    path,
    profile: kind === "key" ? key : session?.profile,
    expires: session?.expires,
    kind,
    state: size === 0 ? "empty" : stateOf(system, path),
    modified,
  };
}

function stateOf(system: System, path: string): VaultItem["state"] {
  // What cannot be read may be whole.
  return tried(() => {
    const text = new TextDecoder().decode(system.files.read(path, ITEM_BYTES_MAX));
    return SEALED.test(text) ? "sealed" : text.startsWith("eyJ") ? "broken" : "foreign";
  }, "sealed");
}
