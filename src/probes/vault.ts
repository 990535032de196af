import type { VaultFolder } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { isProfileKey } from "../routes/session-key.ts";
import { type FileFacts, FileTrouble, type System } from "../system/system.ts";
import { keyOf, vaultFolder } from "../vault/names.ts";
import { isPass, passKeys, passPlace, rootOf } from "../vault/pass-names.ts";

/** aws-vault's file backend, and the password store where that is chosen: by names and modes alone, nothing is opened. */
export function lookAtVault(system: System): Seen<VaultFolder> {
  const folder = lookAtFiles(system);
  const { environment, files } = system;
  const backend = environment["AWS_VAULT_BACKEND"] ?? "";
  if (!folder.known || !isPass(backend)) return folder;
  const [dir, prefix] = ["AWS_VAULT_PASS_PASSWORD_STORE_DIR", "AWS_VAULT_PASS_PREFIX"].map((name) => environment[name]);
  const place = passPlace(backend, { dir, prefix }, system);
  const store = rootOf(place);
  try {
    return seen({ ...folder.value, store, profiles: passKeys(place, files).filter(isProfileKey).toSorted() });
  } catch (error) {
    if (error instanceof FileTrouble)
      return unseen("failed", `the password store '${store}' cannot be listed: ${error.message}`);
    throw error;
  }
}

function lookAtFiles(system: System): Seen<VaultFolder> {
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
  if (folder === undefined)
    return seen({ path, store: path, mode: undefined, owner: undefined, profiles: [], open: [] });
  if (folder.kind !== "directory") return unseen("failed", `'${path}' is not a folder`);
  const items = system.files.list(path).flatMap((name) => itemAt(system, path, name));
  const profiles = items.map((item) => keyOf(item.name)).filter(isProfileKey);
  const hasModes = system.machine.os !== "win32";
  const open = hasModes ? items.filter(({ mode }) => (mode & 0o077) !== 0) : [];
  return seen({
    path,
    store: path,
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
