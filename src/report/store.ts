import type { VaultStore } from "../model/facts.ts";
import { printable, shortPath } from "./printable.ts";

/** Such as `file in ~/.awsvault/keys, because no keyring is on this session's D-Bus`. */
export function storeText({ backend, path, why }: VaultStore, home: string): string {
  const place = path === undefined ? "" : ` in ${shortPath(path, home)}`;
  return printable(`${backend}${place}, because ${why}`);
}
