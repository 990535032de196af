import { expectedCredentials } from "../../credentials/expected.ts";
import { credentialVariables } from "../../credentials/formats.ts";
import { shareSignIn } from "../../credentials/shared-sign-in.ts";
import { EXIT, UserError } from "../../errors.ts";
import { expectedAccounts } from "../../preferences.ts";
import { printable } from "../../report/printable.ts";
import { childEnvironment } from "../../run/child-environment.ts";
import type { ServerKind } from "../../serve/serve.ts";
import type { System } from "../../system/system.ts";
import type { Command, Given } from "../command.ts";
import { CREDENTIAL_FLAGS, isTrue, meansFor, printCredentials, profileFor } from "./exported.ts";
import { VAULT_FLAGS } from "./flags.ts";
import { pickProfile } from "./pick.ts";
import { SERVER_FLAGS, serverAsked, startServer } from "./serving.ts";

export const exec: Command = {
  name: "exec",
  takes: "[profile] [command..]",
  takesProgram: true,
  summary: "Run a command with a profile's credentials",
  examples: [["aws-vault-doctor vault exec prod -- aws s3 ls", "what stands behind -- is the command"]],
  flags: {
    ...VAULT_FLAGS,
    ...CREDENTIAL_FLAGS,
    "profile-env": {
      kind: "switch",
      says: "tell the command the profile's name alone, and no credentials (AWS_VAULT_PROFILE_ENV)",
    },
    ...SERVER_FLAGS,
    json: { kind: "switch", says: "as export --format=json", short: "j", isHidden: true },
  },
  async run(given, system) {
    const { environment, programs, terminal } = system;
    const serverKind = serverAsked(given);
    const [named = environment["AWS_PROFILE"] ?? "", ...words] = given.words;
    const profile = named || (await pickProfile(system, "name one, or set AWS_PROFILE"));
    if (given.isOn("json")) return printCredentials(profile, "json", given, system);
    if (environment["AWS_VAULT"]) {
      const message = "running in an existing aws-vault subshell; 'exit' from the subshell or unset AWS_VAULT to force";
      throw new UserError("NESTED", message, { exitCode: EXIT.failed });
    }
    const [command = shellOf(system), ...args] = [...words, ...given.program];
    const isSubshell = words.length + given.program.length === 0;
    const means = await meansFor(given, system);
    const about = profileFor(profile, means);
    const run = (variables: Iterable<readonly [name: string, value: string | undefined]>): Promise<number> =>
      programs.become(command, args, childEnvironment(environment, about, variables), terminal.input.isTerminal);

    const accounts = await expectedAccounts(system);
    if (serverKind !== undefined) {
      const server = await startServer(serverKind, { ...about, means, accounts }, given);
      if (isSubshell) tellOfSubshell([NOTICES[serverKind], subshell(command)], given, system);
      try {
        return await run(Object.entries(server.variables));
      } finally {
        await server.close();
      }
    }
    const credentials = await expectedCredentials(profile, means, accounts);
    const namesOnly = given.isOn("profile-env") || isTrue("AWS_VAULT_PROFILE_ENV", system);
    if (namesOnly) await shareSignIn(profile, means);
    if (isSubshell) tellOfSubshell([subshell(command)], given, system);
    return run(namesOnly ? [["AWS_PROFILE", profile] as const] : credentialVariables(credentials));
  },
};

const NOTICES: Readonly<Record<ServerKind, string>> = {
  ecs: "Starting a local ECS credential server; your app's AWS sdk must support AWS_CONTAINER_CREDENTIALS_FULL_URI.",
  ec2: "Warning: Starting a local EC2 credential server on 169.254.169.254:80; AWS credentials will be accessible to any process while it is running",
};
const subshell = (shell: string): string => `Starting subshell ${printable(shell)}, use \`exit\` to exit the subshell`;

const shellOf = ({ environment, machine }: System): string =>
  environment["SHELL"] || (machine.os === "win32" ? "cmd.exe" : "/bin/sh");

function tellOfSubshell(lines: readonly string[], given: Given, { environment, terminal }: System): void {
  const isWanted = terminal.output.isTerminal && environment["AWS_VAULT_DISABLE_HELP_MESSAGE"] !== "1";
  if (isWanted && !given.isOn("debug")) for (const line of lines) terminal.errors.write(`${line}\n`);
}
