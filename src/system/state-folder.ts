import type { System } from "./system.ts";

/**
 * What this program remembers from one run to the next stands below it.
 * https://specifications.freedesktop.org/basedir-spec/latest/: a relative path there counts for nothing.
 */
export function stateFolder({ environment, machine }: System): string {
  const told = environment["XDG_STATE_HOME"] ?? "";
  return `${told.startsWith("/") ? told : `${machine.home}/.local/state`}/aws-vault-doctor`;
}
