import { EXIT, UserError } from "../errors.ts";
import { type System, UNFINISHED } from "../system/system.ts";
import { fileNameOf, keyOf } from "./names.ts";
import type { Passphrase } from "./passphrase.ts";
import type { Store } from "./store.ts";
import { mustBeKey } from "./trouble.ts";

const ITEM_BYTES_MAX = 1024 * 1024; // The longest session tokens make a few kilobytes.
const ITEMS_MAX = 10_000; // aws-vault keeps a handful for each profile; a folder of more is something else.
const ITEMS_TRIED = 5; // Each takes some milliseconds, and old items may have had another passphrase.

/**
 * aws-vault's file backend: a folder with a sealed file for each item. The passphrase is asked for when an item is opened
 * or written, and not before: listing and removing need none.
 */
export function fileStore(system: System, folder: string, passphrase: () => Promise<Passphrase>): Store {
  const { files } = system;
  const onWindows = system.machine.os === "win32";
  const pathOf = (key: string): string => `${folder}/${fileName(key, onWindows)}`;
  const names = (): string[] => {
    if (files.follow(folder) === undefined) return [];
    const all = files.list(folder, ITEMS_MAX).filter((name) => !name.startsWith(UNFINISHED));
    return all.filter((name) => files.follow(`${folder}/${name}`)?.kind === "file");
  };
  const someItems = (): Uint8Array[] =>
    names()
      .filter((name) => files.follow(`${folder}/${name}`)!.size <= ITEM_BYTES_MAX)
      .slice(0, ITEMS_TRIED)
      .map((name) => files.read(`${folder}/${name}`, ITEM_BYTES_MAX));
  return {
    name: `the folder '${folder}'`,

    list: async () => names().map(keyOf),

    async get(key) {
      const path = pathOf(key);
      if (files.follow(path) === undefined) return undefined;
      const bytes = files.read(path, ITEM_BYTES_MAX);
      return (await sealing()).openItem(bytes, key, path, async () => (await passphrase()).secret);
    },

    async put(item) {
      const path = pathOf(item.key);
      const world = { now: system.now(), random: (count: number) => system.random(count) };
      const { secret, isTyped, again } = await passphrase();
      const { opensNone, sealItem } = await sealing();
      if (isTyped && opensNone(secret, someItems())) throw slipped(folder);
      if (again !== undefined && names().length === 0 && (await again()).reveal() !== secret.reveal())
        throw differing();
      const bytes = sealItem(item, secret, world);
      files.makeFolder(folder);
      files.replace(path, bytes, 0o600);
    },

    remove: async (key) => files.remove(pathOf(key)),
  };
}

const sealing = () => import("./sealed-item.ts");

/** aws-vault would seal with a slip of the finger, and nobody could open the item again. */
const slipped = (folder: string): UserError =>
  new UserError(
    "WRONG_PASSPHRASE",
    `the passphrase opens none of the items in '${folder}', so nothing was sealed with it`,
    {
      exitCode: EXIT.failed,
      hint: "AWS_VAULT_FILE_PASSPHRASE can hold another one for this item, if that is what you want",
    },
  );

/** A slip with the first one could not be told by what is there already. */
const differing = (): UserError =>
  new UserError("WRONG_PASSPHRASE", "the second passphrase is another one than the first, so nothing was sealed", {
    exitCode: EXIT.failed,
    hint: "try it again",
  });

/** Throws a UserError for a key that cannot be the name of a file. */
function fileName(key: string, onWindows: boolean): string {
  const name = fileNameOf(key);
  // On Windows a colon would name a stream within another file.
  mustBeKey(key, /^\.{1,2}$/.test(name) || name.startsWith(UNFINISHED) || (onWindows && /[\\:*?"<>|]/.test(name)));
  return name;
}
