import type { Listener } from "../model/facts.ts";
import type { NetworkPlace } from "../model/place.ts";

/** Whether a listener is an aws-vault (or this program's own server), as far as its process is known. */
export const isAwsVaultProcess = ({ process }: Listener): boolean =>
  process.known && process.value.name.startsWith("aws-vault");

/** An address that somebody listens on, with the program's name where it is known. */
export const heldAddress = (address: string, { process }: Listener): NetworkPlace => ({
  kind: "network",
  address,
  ...(process.known ? { process: process.value.name } : {}),
});

/** Who listens, in words: a program by its name, or what is known of it. */
export function holder({ process, owner }: Listener): string {
  if (process.known) return `'${process.value.name}' (process ${process.value.pid})`;
  return owner === undefined
    ? "a program that this system does not name"
    : `a program of user id ${owner}, which only that user may name,`;
}
