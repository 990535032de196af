import { FORMATS, type Format } from "../../credentials/formats.ts";
import type { Command } from "../command.ts";
import { CREDENTIAL_FLAGS, printCredentials } from "./exported.ts";
import { VAULT_FLAGS } from "./flags.ts";
import { pickProfile } from "./pick.ts";

export const exportCredentials: Command = {
  name: "export",
  takes: "[profile]",
  summary: "Print a profile's credentials for another program",
  examples: [["aws-vault-doctor vault export --format json prod", "as a credential_process prints them"]],
  flags: {
    ...VAULT_FLAGS,
    ...CREDENTIAL_FLAGS,
    format: { kind: "text", says: "how to print them (default: env)", choices: FORMATS },
  },
  async run(given, system) {
    const profile = given.words[0] ?? (await pickProfile(system));
    return printCredentials(profile, (given.text("format") ?? "env") as Format, given, system);
  },
};
