import type { Secret } from "../secret.ts";

/** What a vault keeps: secrets under names, whatever the machine offers to keep them in. */
export interface Store {
  /** For people, such as `the folder '~/.awsvault/keys'`. */
  readonly name: string;
  /** The keys of all items, in a stable order. Nothing is unlocked for it. */
  list(): Promise<readonly string[]>;
  /** Undefined when there is no such item. Throws a UserError when there is one that cannot be opened. */
  get(key: string): Promise<Item | undefined>;
  /** Adds an item or takes the place of the one with its key: whole or not at all. */
  put(item: Item): Promise<void>;
  /** False when there was no such item. */
  remove(key: string): Promise<boolean>;
}

export interface Item {
  readonly key: string;
  readonly data: Secret;
  readonly label: string;
  readonly description: string;
  /** In macOS's keychain: it is read with a prompt only, also by whoever wrote it. */
  readonly isGuarded: boolean;
  /** In macOS's keychain: it does not go to other machines. */
  readonly staysHere: boolean;
}
