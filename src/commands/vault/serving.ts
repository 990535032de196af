import { type Accounts, expectedCredentials } from "../../credentials/expected.ts";
import type { Means } from "../../credentials/means.ts";
import { credentialSource } from "../../credentials/source.ts";
import { EXIT, UserError } from "../../errors.ts";
import { placeName } from "../../report/place.ts";
import { printable } from "../../report/printable.ts";
import type { Running } from "../../serve/container-server.ts";
import type { ServerKind } from "../../serve/serve.ts";
import type { Flag, Given } from "../command.ts";

/** Of a command that may serve credentials instead of handing them over once. */
export const SERVER_FLAGS: Readonly<Record<string, Flag>> = {
  "ecs-server": {
    kind: "switch",
    says: "serve the credentials as ECS does, to the command alone, and renew them before they end",
  },
  server: { kind: "switch", says: "as --ecs-server", short: "s" },
  "ec2-server": {
    kind: "switch",
    says: "serve them as EC2 does, on 169.254.169.254, to every program of this machine; takes sudo",
  },
  lazy: { kind: "switch", says: "with a server: make no credentials before the command asks for some" },
  "token-file": {
    kind: "switch",
    says: "with --ecs-server: the token in a file and not in a variable, for SDKs that look for it there",
  },
  "allow-imdsv1": {
    kind: "switch",
    says: "with --ec2-server: answer those too that ask for no token first, as old SDKs do",
  },
};

/** The kind of server that the flags ask for. Throws a UserError where they make no sense together. */
export function serverAsked(given: Given): ServerKind | undefined {
  const isEcs = given.isOn("ecs-server") || given.isOn("server");
  const isEc2 = given.isOn("ec2-server");
  if (isEcs && isEc2) throw cannotUse("--ec2-server with --ecs-server");
  const asked = isEcs ? "ecs" : isEc2 ? "ec2" : undefined;
  if (asked === undefined) return undefined;
  if (given.isOn("json")) throw cannotUse(`--${asked}-server with --json`);
  if (given.isOn("no-session") || given.isOn("n")) throw cannotUse(`--${asked}-server with --no-session`);
  return asked;
}

interface ServedProfile {
  readonly profile: string;
  readonly region: string | undefined;
  readonly means: Means;
  readonly accounts: Accounts;
}

/** Starts a server for a command that is to run. What it needs is loaded here: a mere list of the vault loads none of it. */
export async function startServer(
  kind: ServerKind,
  { profile, region, means, accounts }: ServedProfile,
  given: Given,
): Promise<Running> {
  const { system } = means;
  // Now there is a terminal to ask on.
  const first = given.isOn("lazy") ? undefined : await expectedCredentials(profile, means, accounts);
  const tell = (line: string): void => system.terminal.errors.write(`aws-vault-doctor: ${printable(line)}\n`);
  const { defaultComesFirst } = await import("./default-first.ts");
  const at = defaultComesFirst(system);
  if (at !== undefined) {
    const where = placeName(at, system.machine.home);
    tell(`[default] leads to credentials (${where}), and the AWS CLI and the AWS SDKs take those before a server's`);
  }
  const served = {
    source: credentialSource(profile, besideCommand(means), accounts),
    first,
    region,
    tokenInFile: given.isOn("token-file"),
    allowsV1: given.isOn("allow-imdsv1"),
    tell,
  };
  const { serve } = await import("../../serve/serve.ts");
  return serve(kind, served, system);
}

/** While a command runs, the terminal is the command's: what takes a code asks for it elsewhere. */
function besideCommand({ system, mfa, ...means }: Means): Means {
  const ask = async (): Promise<never> => {
    const message = "new credentials take an answer, and the command has the terminal";
    const hint = "end it and start anew, or name another way to ask with --prompt";
    throw new UserError("TERMINAL_TAKEN", message, { exitCode: EXIT.failed, hint });
  };
  const away = { ...system, terminal: { ...system.terminal, ask, askSecret: ask } };
  return { ...means, system: away, mfa: { ...mfa, avoidsTerminal: true } };
}

const cannotUse = (what: string): UserError =>
  new UserError("BAD_USAGE", `Can't use ${what}`, { exitCode: EXIT.failed });
