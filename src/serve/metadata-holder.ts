import { EXIT, UserError } from "../errors.ts";
import type { Listener } from "../model/facts.ts";
import { lookAtMetadataAddress } from "../probes/metadata.ts";
import { askMetadataServer } from "../probes/metadata-server.ts";
import { METADATA_ADDRESS, METADATA_PORT } from "../system/addresses.ts";
import type { System } from "../system/system.ts";

/** Who has the metadata address, by the doctor's own eyes. */

export const METADATA_AT = `${METADATA_ADDRESS}:${METADATA_PORT}`;

/** What this machine itself serves answers at once. */
export const NEAR_MS = 1000;

export interface MetadataHolder {
  /** The interface of this machine that has the address. */
  readonly alias: { readonly name: string; readonly loopback: boolean } | undefined;
  readonly listener: Listener | undefined;
}

export async function holderOfMetadata(system: System): Promise<MetadataHolder> {
  const metadata = await lookAtMetadataAddress(system);
  if (!metadata.known) return { alias: undefined, listener: undefined };
  return { alias: metadata.value.alias, listener: metadata.value.listeners[0] };
}

/** The process that listens, and what it says of itself. */
export async function whoServes(system: System): Promise<string> {
  const { listener } = await holderOfMetadata(system);
  const who = listener === undefined ? "somebody" : inWords(listener);
  const { kind, name } = await askMetadataServer(system, NEAR_MS);
  return kind === "silent" ? who : `${who}, ${name},`;
}

export const inWords = ({ process, owner }: Listener): string =>
  process.known
    ? `'${process.value.name}' (process ${process.value.pid})`
    : owner === undefined
      ? "a program that this system does not name"
      : `a program of user id ${owner}`;

/** `who` has an address that is needed. */
export function addressTaken(who: string, where: string, hint: string): UserError {
  return new UserError("ADDRESS_TAKEN", `${who} has ${where} already`, { exitCode: EXIT.failed, hint });
}
