import type { VaultFolder } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { type FileFacts, FileTrouble, type System } from "../system/system.ts";
import { keyOf, vaultFolder } from "../vault/names.ts";

/** The folder of aws-vault's file backend, by its names and modes alone: no item is opened. */
export function lookAtVault(system: System): Seen<VaultFolder> {
  const { home, folder } = system.machine;
  const path = vaultFolder(system.environment["AWS_VAULT_FILE_DIR"], home, folder);
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
  const profiles = items.map((item) => keyOf(item.name)).filter(isProfileKey);
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

export interface Item extends FileFacts {
  readonly name: string;
  readonly path: string;
}

// aws-vault would list a folder as an item, too, but there can be no key in it.
export function itemAt(system: System, folder: string, name: string): Item[] {
  const path = `${folder}/${name}`;
  const facts = system.files.follow(path);
  return facts?.kind === "file" ? [{ ...facts, name, path }] : [];
}
