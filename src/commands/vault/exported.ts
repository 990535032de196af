import { expectedCredentials } from "../../credentials/expected.ts";
import { type Format, formatted } from "../../credentials/formats.ts";
import type { Means } from "../../credentials/means.ts";
import { isRegion } from "../../credentials/where.ts";
import { EXIT, UserError } from "../../errors.ts";
import type { Reading } from "../../model/reading.ts";
import { expectedAccounts } from "../../preferences.ts";
import { printable } from "../../report/printable.ts";
import { parseGoDuration } from "../../routes/go-duration.ts";
import { chosen, profileNamed } from "../../routes/vault-settings.ts";
import { Secret } from "../../secret.ts";
import type { System } from "../../system/system.ts";
import type { Flag, Given } from "../command.ts";
import { readConfig } from "./config.ts";
import { storeFor } from "./flags.ts";

/** Flags of the commands that make credentials. */
export const CREDENTIAL_FLAGS: Readonly<Record<string, Flag>> = {
  duration: { kind: "text", says: "how long they shall last, such as 1h30m (AWS_VAULT_DURATION)", short: "d" },
  region: { kind: "text", says: "the region to ask in and to tell, instead of the profile's" },
  "mfa-token": { kind: "text", says: "the code of the MFA device, which asks nobody", short: "t" },
  prompt: { kind: "text", says: "how to ask for a code: terminal, ykman, zenity, … (AWS_VAULT_PROMPT)" },
  stdout: { kind: "switch", says: "name the page of a sign-in, and open no browser (AWS_VAULT_STDOUT)" },
  pkce: {
    kind: "switch",
    says: "sign in as the AWS CLI does: the browser comes back to this machine, no code is compared",
  },
  session: { kind: "switch", says: "trade stored keys for a session that expires", isOn: true },
  n: { kind: "switch", says: "as --no-session", isHidden: true },
  // Of aws-vault 4, which old guides still name.
  "session-ttl": { kind: "text", says: "now it is --duration, or AWS_SESSION_TOKEN_TTL", isHidden: true },
  "assume-role-ttl": { kind: "text", says: "now it is --duration, or AWS_ASSUME_ROLE_TTL", isHidden: true },
};

/** What a command may want otherwise than most. */
export interface Wishes {
  /** Sessions are neither taken from the cache nor put there. */
  readonly withoutCache?: boolean;
  /** The profile whose stored keys are used as they are, as `login` needs them. */
  readonly noSessionFor?: string;
  /** The files as some other tool reads them. */
  readonly reading?: Reading | undefined;
  /** Nobody may be asked on the terminal later, as while a server runs. */
  readonly avoidsTerminal?: boolean;
}

/** What it takes to make credentials, by the flags and variables. */
export async function meansFor(given: Given, system: System, wishes: Wishes = {}): Promise<Means> {
  const { environment, terminal } = system;
  const told = new Set<string>();
  refuseOldFlags(given);
  const region = given.text("region");
  const token = given.text("mfa-token");
  return {
    system,
    reading: wishes.reading ?? readConfig(system).reading,
    store: await storeFor(given, system),
    settings: {
      noSession: given.isOn("no-session") || given.isOn("n"),
      noSessionFor: wishes.noSessionFor,
      duration: durationIn(given, system),
      caching: wishes.withoutCache !== true,
      // The flag wins over the variable, and both over all profiles of the chain.
      variables: region === undefined ? environment : { ...environment, AWS_REGION: region },
    },
    mfa: {
      token: token === undefined ? undefined : Secret.ofText(token.trim()),
      prompt: given.text("prompt") ?? (environment["AWS_VAULT_PROMPT"] || undefined),
      avoidsTerminal: wishes.avoidsTerminal === true || !terminal.output.isTerminal,
    },
    opensBrowser: !given.isOn("stdout") && !isTrue("AWS_VAULT_STDOUT", system),
    signsInByRedirect: given.isOn("pkce"),
    note: (line) => {
      if (told.has(line)) return;
      told.add(line);
      terminal.errors.write(`aws-vault-doctor: ${printable(line)}\n`);
    },
    log: given.log,
    during: (_, act) => act(),
  };
}

function refuseOldFlags(given: Given): void {
  for (const name of ["session-ttl", "assume-role-ttl"]) {
    if (given.text(name) === undefined) continue;
    const message = `--${name} is a flag of aws-vault 4; ${CREDENTIAL_FLAGS[name]!.says}`;
    throw new UserError("OLD_FLAG", message, { exitCode: EXIT.failed });
  }
}

/** What a program gets to know of a profile besides its credentials. */
export function profileFor(
  profile: string,
  { reading, settings }: Means,
): { readonly profile: string; readonly region: string | undefined; readonly endpointUrl: string | undefined } {
  const by = { target: profile, tool: reading.tool, variables: settings.variables };
  const found = (name: string) => chosen(profileNamed(profile, reading), name, by);
  const region = found("region");
  // What stands in the wrong line of a file may be a secret, and is not told as a region.
  const isTold = region?.by.kind === "variable" || isRegion(region?.value ?? "");
  return { profile, region: isTold ? region?.value : undefined, endpointUrl: found("endpoint_url")?.value };
}

/** What `export` does, and the old flag of `exec`. */
export async function printCredentials(profile: string, format: Format, given: Given, system: System): Promise<number> {
  if (system.environment["AWS_VAULT"]) {
    const message = "in an existing aws-vault subshell; 'exit' from the subshell or unset AWS_VAULT to force";
    throw new UserError("NESTED", message, { exitCode: EXIT.failed });
  }
  const means = await meansFor(given, system);
  const credentials = await expectedCredentials(profile, means, await expectedAccounts(system));
  const { region } = profileFor(profile, means);
  system.terminal.output.write(formatted({ profile, region, credentials }, format));
  return EXIT.ok;
}

/** Seconds. Go's durations have units, and aws-vault's flags know days and weeks too. */
function durationIn(given: Given, { environment }: System): number | undefined {
  const text = given.text("duration") ?? environment["AWS_VAULT_DURATION"] ?? "";
  if (text === "") return undefined;
  const [, number = "", unit] = /^(\d+(?:\.\d+)?)([dw])$/.exec(text) ?? [];
  const seconds = unit === undefined ? parseGoDuration(text) : Number(number) * (unit === "d" ? 86_400 : 604_800);
  if (seconds !== undefined && seconds > 0) return seconds;
  const from = given.text("duration") === undefined ? "AWS_VAULT_DURATION" : "--duration";
  const message = /^\d+$/.test(text) ? `time: missing unit in duration "${text}"` : `invalid duration "${text}"`;
  throw new UserError("BAD_FLAG", `${from}: ${message}`, { exitCode: EXIT.failed, hint: "write 3600s, 60m or 1h" });
}

const TRUE = ["1", "t", "T", "TRUE", "true", "True"];
const FALSE = ["0", "f", "F", "FALSE", "false", "False", ""];

/** As Go reads a truth. Throws a UserError for what is none. */
export function isTrue(variable: string, { environment }: System): boolean {
  const value = environment[variable] ?? "";
  if (TRUE.includes(value)) return true;
  if (FALSE.includes(value)) return false;
  throw new UserError("BAD_VARIABLE", `${variable} is neither true nor false: '${value}'`, { exitCode: EXIT.failed });
}
