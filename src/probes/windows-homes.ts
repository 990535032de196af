import type { WindowsHome } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";
import type { SeenFacts } from "./probe.ts";

const USERS = "/mnt/c/Users";
const USERS_MAX = 100;
/** Nobody's, and each look over to Windows takes its time. */
const NOBODY = new Set(["All Users", "Default", "Default User", "Public", "desktop.ini"]);
const FILES = ["config", "credentials"];
/** Bytes. Whatever is larger is taken to differ. */
const BYTES_MAX = 1024 * 1024;

/** From inside of WSL: the `.aws` folders of the users of Windows. */
export function lookAtWindowsHomes(system: System, { machine }: SeenFacts): Seen<readonly WindowsHome[]> {
  if (machine?.known !== true || !machine.value.wsl) return seen([]);
  const own = `${system.machine.home}/.aws`;
  const names = tried(() => system.files.list(USERS, USERS_MAX)) ?? [];
  return seen(
    names
      .filter((name) => !NOBODY.has(name))
      .map((name) => `${USERS}/${name}/.aws`)
      .filter((path) => FILES.some((file) => tried(() => system.files.follow(`${path}/${file}`)?.kind) === "file"))
      .map((path) => ({
        path,
        isShared: isSame(system, path, own) || FILES.every((file) => isAlike(`${path}/${file}`)),
      })),
  );

  function isAlike(path: string): boolean {
    const mine = `${own}/${path.slice(path.lastIndexOf("/") + 1)}`;
    return isSame(system, path, mine) || textOf(system, path) === textOf(system, mine);
  }
}

const isSame = (system: System, one: string, other: string): boolean => {
  const real = tried(() => system.files.real(one));
  return real !== undefined && real === tried(() => system.files.real(other));
};

const textOf = (system: System, path: string): string | undefined =>
  tried(() => new TextDecoder().decode(system.files.read(path, BYTES_MAX)).replaceAll("\r", ""));
