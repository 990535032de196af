import type { Exported } from "../../credentials/formats.ts";
import { credentialsOf } from "../../credentials/resolve.ts";
import type { Reading } from "../../model/reading.ts";
import { chosen, profileNamed } from "../../routes/vault-settings.ts";
import type { System } from "../../system/system.ts";
import type { Flag, Given } from "../command.ts";
import { readConfig } from "./config.ts";
import { storeFor } from "./flags.ts";

/** Flags of the commands that hand credentials on. */
export const CREDENTIAL_FLAGS: Readonly<Record<string, Flag>> = {
  region: { kind: "text", says: "the region to tell, instead of the profile's" },
  session: { kind: "switch", says: "trade stored keys for a session that expires", isOn: true },
  n: { kind: "switch", says: "as --no-session", isHidden: true },
};

/** A profile's credentials, and what else of it a program gets. */
export async function exportedFor(
  profile: string,
  given: Given,
  system: System,
): Promise<{ readonly exported: Exported; readonly endpointUrl: string | undefined }> {
  const { environment } = system;
  const { reading } = readConfig(system);
  const credentials = await credentialsOf(profile, reading, storeFor(given, system), {
    noSession: given.isOn("no-session") || given.isOn("n"),
    caching: true,
    variables: environment,
  });
  const region = given.text("region") ?? valueOf("region", profile, reading, system);
  const endpointUrl = valueOf("endpoint_url", profile, reading, system);
  return { exported: { profile, region, credentials }, endpointUrl };
}

/** What is masked is none that anybody could use, and the dots in its place are none either. */
function valueOf(name: string, profile: string, reading: Reading, { environment }: System): string | undefined {
  const told = { target: profile, tool: reading.tool, variables: environment };
  const found = chosen(profileNamed(profile, reading), name, told);
  return found?.by.kind === "setting" && found.by.setting.hidden ? undefined : found?.value;
}
