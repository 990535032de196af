import { type Files, FileTrouble, type System } from "../system/system.ts";
import { vaultFolder } from "./names.ts";

/** Where `pass` and its like keep items, and what they call their files: without them, and without unlocking anything. */

export interface PassPlace {
  /** The program's name or path. */
  readonly command: string;
  /** Its store, absolute. */
  readonly folder: string;
  /** A folder within the store; `""` is all of it. */
  readonly prefix: string;
  /** By which variable the program is told of its store, and how its files end. */
  readonly variable: "PASSWORD_STORE_DIR" | "PASSAGE_DIR";
  readonly ending: ".gpg" | ".age";
}

const KINDS = {
  pass: { variable: "PASSWORD_STORE_DIR", ending: ".gpg", folder: ".password-store" },
  passage: { variable: "PASSAGE_DIR", ending: ".age", folder: ".passage/store" },
} as const;

export const isPass = (backend: string): backend is keyof typeof KINDS => Object.hasOwn(KINDS, backend);

/** What is told of it may be undefined or empty. */
export function passPlace(
  backend: keyof typeof KINDS,
  told: { readonly dir?: string | undefined; readonly cmd?: string | undefined; readonly prefix?: string | undefined },
  { environment, machine }: Pick<System, "environment" | "machine">,
): PassPlace {
  const { variable, ending, folder } = KINDS[backend];
  const place = told.dir || environment[variable];
  return {
    command: told.cmd || backend,
    folder: place ? vaultFolder(place, machine.home, machine.folder) : `${machine.home}/${folder}`,
    prefix: (told.prefix ?? "").replace(/^\/+|\/+$/g, ""),
    variable,
    ending,
  };
}

/** The folder that the items are below. */
export const rootOf = ({ folder, prefix }: PassPlace): string => (prefix === "" ? folder : `${folder}/${prefix}`);

const ITEMS_MAX = 10_000; // aws-vault keeps a handful for each profile; a large store of passwords has a thousand.
const DEPTH_MAX = 16;

/** The keys of all items. Throws a FileTrouble where they cannot be listed. */
export function passKeys(place: PassPlace, files: Files): string[] {
  const keys: string[] = [];
  const walk = (folder: string, start: string, depth: number): void => {
    for (const name of files.list(folder, ITEMS_MAX)) {
      const path = `${folder}/${name}`;
      const kind = files.follow(path)?.kind;
      if (kind === "directory" && name !== ".git" && depth < DEPTH_MAX) walk(path, `${start}${name}/`, depth + 1);
      if (kind !== "file" || !name.endsWith(place.ending)) continue;
      if (keys.length === ITEMS_MAX) throw new FileTrouble(`holds more than ${ITEMS_MAX} items`);
      keys.push(keyOf(start + name.slice(0, -place.ending.length)));
    }
  };
  const root = rootOf(place);
  if (files.follow(root)?.kind === "directory") walk(root, "", 0);
  return keys;
}

/** In the key of an SSO token stand two slashes after each other, and in a path one of them is lost. */
const keyOf = (path: string): string => path.replace(/^oidc:(https?):\/(?=[^/])/, "oidc:$1://");
