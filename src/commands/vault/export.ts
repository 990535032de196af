import { FORMATS, type Format, formatted } from "../../credentials/formats.ts";
import { credentialsOf } from "../../credentials/resolve.ts";
import { EXIT, UserError } from "../../errors.ts";
import type { Reading } from "../../model/reading.ts";
import type { SessionVariables } from "../../model/session.ts";
import { chosen, profileNamed } from "../../routes/vault-settings.ts";
import type { Command } from "../command.ts";
import { readConfig } from "./config.ts";
import { storeFor, VAULT_FLAGS } from "./flags.ts";

export const exportCredentials: Command = {
  name: "export",
  takes: "<profile>",
  summary: "Print a profile's credentials for another program; so far stored keys, with --no-session",
  examples: [["aws-vault-doctor vault export --no-session --format json work", "as a credential_process prints them"]],
  flags: {
    ...VAULT_FLAGS,
    format: { kind: "text", says: "how to print them (default: env)", choices: FORMATS },
    region: { kind: "text", says: "the region to tell, instead of the profile's" },
    session: { kind: "switch", says: "trade stored keys for a session that expires", isOn: true },
    n: { kind: "switch", says: "as --no-session", isHidden: true },
  },
  async run(given, system) {
    const [profile = ""] = given.words;
    const { environment } = system;
    if (environment["AWS_VAULT"]) {
      const message = "in an existing aws-vault subshell; 'exit' from the subshell or unset AWS_VAULT to force";
      throw new UserError("NESTED", message, { exitCode: EXIT.failed });
    }
    const { reading } = readConfig(system);
    const noSession = given.isOn("no-session") || given.isOn("n");
    const credentials = await credentialsOf(profile, reading, storeFor(given, system), {
      noSession,
      caching: true,
      variables: environment,
    });
    const region = given.text("region") ?? regionOf(profile, reading, environment);
    const format = (given.text("format") ?? "env") as Format;
    system.terminal.output.write(formatted({ profile, region, credentials }, format));
    return EXIT.ok;
  },
};

/** What is masked is no region, and the dots in its place are none either. */
function regionOf(profile: string, reading: Reading, variables: SessionVariables): string | undefined {
  const told = { target: profile, tool: reading.tool, variables };
  const region = chosen(profileNamed(profile, reading), "region", told);
  return region?.by.kind === "setting" && region.by.setting.hidden ? undefined : region?.value;
}
