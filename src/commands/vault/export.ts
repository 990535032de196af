import { FORMATS, type Format, formatted } from "../../credentials/formats.ts";
import { EXIT, UserError } from "../../errors.ts";
import type { Command } from "../command.ts";
import { CREDENTIAL_FLAGS, exportedFor } from "./exported.ts";
import { VAULT_FLAGS } from "./flags.ts";

export const exportCredentials: Command = {
  name: "export",
  takes: "<profile>",
  summary: "Print a profile's credentials for another program",
  examples: [["aws-vault-doctor vault export --format json prod", "as a credential_process prints them"]],
  flags: {
    ...VAULT_FLAGS,
    ...CREDENTIAL_FLAGS,
    format: { kind: "text", says: "how to print them (default: env)", choices: FORMATS },
  },
  async run(given, system) {
    const [profile = ""] = given.words;
    if (system.environment["AWS_VAULT"]) {
      const message = "in an existing aws-vault subshell; 'exit' from the subshell or unset AWS_VAULT to force";
      throw new UserError("NESTED", message, { exitCode: EXIT.failed });
    }
    const { exported } = await exportedFor(profile, given, system);
    const format = (given.text("format") ?? "env") as Format;
    system.terminal.output.write(formatted(exported, format));
    return EXIT.ok;
  },
};
