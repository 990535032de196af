import type { VaultFolder } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { type FileFacts, FileTrouble, type System } from "../system/system.ts";

/** The folder of aws-vault's file backend, by its names and modes alone: no item is opened. */
export function lookAtVault(system: System): Seen<VaultFolder> {
  const path = vaultPath(system);
  try {
    return lookAtFolder(system, path);
  } catch (error) {
    if (error instanceof FileTrouble) return unseen("failed", `the folder '${path}' cannot be read: ${error.message}`);
    throw error;
  }
}

function lookAtFolder(system: System, path: string): Seen<VaultFolder> {
  const folder = system.files.follow(path);
  if (folder === undefined) return seen({ path, mode: undefined, owner: undefined, profiles: [], open: [] });
  if (folder.kind !== "directory") return unseen("failed", `'${path}' is not a folder`);
  const items = system.files.list(path).flatMap((name) => itemAt(system, path, name));
  const profiles = items.map((item) => decodeName(item.name)).filter(isProfileKey);
  const hasModes = system.machine.os !== "win32";
  const open = hasModes ? items.filter(({ mode }) => (mode & 0o077) !== 0) : [];
  return seen({
    path,
    mode: hasModes ? folder.mode : undefined,
    owner: hasModes ? folder.owner : undefined,
    profiles: profiles.toSorted(),
    open: open.map((item) => ({ path: item.path, mode: item.mode })),
  });
}

function vaultPath(system: System): string {
  const { home, folder } = system.machine;
  const told = system.environment["AWS_VAULT_FILE_DIR"] || "~/.awsvault/keys"; // aws-vault, too, takes "" for unset.
  if (told.startsWith("~/")) return withoutTrailingSlash(`${home}/${told.slice(2)}`);
  return withoutTrailingSlash(isAbsolute(told) ? told : `${folder}/${told}`);
}

const isAbsolute = (path: string): boolean => /^([a-z]:[\\/]|[\\/])/i.test(path);

const withoutTrailingSlash = (path: string): string => path.replace(/(?<=.)[\\/]+$/, "");

interface Item extends FileFacts {
  readonly name: string;
  readonly path: string;
}

// aws-vault would list a folder as an item, too, but there can be no key in it.
function itemAt(system: System, folder: string, name: string): Item[] {
  const path = `${folder}/${name}`;
  const facts = system.files.follow(path);
  return facts?.kind === "file" ? [{ ...facts, name, path }] : [];
}

const ESCAPES = /(?:%[0-9A-F]{2})+/gi;

/** aws-vault writes `/` as `%2F` and `%` as `%25`; reading, it takes any `%XX` for a byte. */
function decodeName(name: string): string {
  return name.replace(ESCAPES, (escapes) => {
    const bytes = escapes.slice(1).split("%");
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => parseInt(byte, 16)));
  });
}
