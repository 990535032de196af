import { EXIT, UserError } from "../../errors.ts";
import { printable } from "../../report/printable.ts";
import { childEnvironment } from "../../run/child-environment.ts";
import type { System } from "../../system/system.ts";
import type { Command, Given } from "../command.ts";
import { CREDENTIAL_FLAGS, exportedFor } from "./exported.ts";
import { VAULT_FLAGS } from "./flags.ts";

export const exec: Command = {
  name: "exec",
  takes: "[profile] [command..]",
  takesProgram: true,
  summary: "Run a command with a profile's credentials",
  examples: [["aws-vault-doctor vault exec prod -- aws s3 ls", "what stands behind -- is the command"]],
  flags: { ...VAULT_FLAGS, ...CREDENTIAL_FLAGS },
  async run(given, system) {
    const { environment, programs, terminal } = system;
    if (environment["AWS_VAULT"]) {
      const message = "running in an existing aws-vault subshell; 'exit' from the subshell or unset AWS_VAULT to force";
      throw new UserError("NESTED", message, { exitCode: EXIT.failed });
    }
    const [profile = environment["AWS_PROFILE"] ?? "", ...words] = given.words;
    if (profile === "") {
      const hint = "name one, or set AWS_PROFILE";
      throw new UserError("BAD_USAGE", "required argument 'profile' not provided", { exitCode: EXIT.failed, hint });
    }
    const [command = shellOf(system), ...args] = [...words, ...given.program];
    const { exported, endpointUrl } = await exportedFor(profile, given, system);
    if (words.length + given.program.length === 0) tellOfSubshell(command, given, system);
    const child = childEnvironment(environment, exported, endpointUrl);
    return programs.run(command, args, child, terminal.input.isTerminal);
  },
};

const shellOf = ({ environment, machine }: System): string =>
  environment["SHELL"] || (machine.os === "win32" ? "cmd.exe" : "/bin/sh");

function tellOfSubshell(shell: string, given: Given, { environment, terminal }: System): void {
  const isWanted = terminal.output.isTerminal && environment["AWS_VAULT_DISABLE_HELP_MESSAGE"] !== "1";
  if (!isWanted || given.isOn("debug")) return;
  terminal.errors.write(`Starting subshell ${printable(shell)}, use \`exit\` to exit the subshell\n`);
}
