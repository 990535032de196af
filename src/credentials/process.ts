import * as v from "valibot";
import { isAwsVault, type Tool } from "../model/tool.ts";
import type { System } from "../system/system.ts";
import { type Credentials, credentialsFrom } from "./credentials.ts";
import type { Means } from "./means.ts";
import { failed } from "./trouble.ts";

/** Commands that stand in the config of the profile that the user named. Nothing else of this program runs one. */

const DEADLINE_MS = 2 * 60 * 1000; // It may sign a person in.
const OUTPUT_BYTES_MAX = 256 * 1024;

/** What a command of the config says. Throws a UserError where it fails, which quotes nothing of what it said. */
export async function outputOf(setting: string, command: string, { system, log }: Means): Promise<string> {
  log(`running the ${setting} of the config`);
  const { programs } = system;
  const environment = { ...system.environment, [WITHIN]: [...within(system), system.sha1(command)].join(" ") };
  const said = await programs.obey(command, { milliseconds: DEADLINE_MS, bytes: OUTPUT_BYTES_MAX, environment });
  if (!said.ended) throw failed("COMMAND_FAILED", `running ${setting}: it ${said.trouble}`);
  if (said.code !== 0) {
    const hint = said.code === 127 ? "its program is not there" : "run it by hand to see what it says";
    throw failed("COMMAND_FAILED", `running ${setting}: exit status ${said.code}`, hint);
  }
  return said.output;
}

/** Tells a command which ones it runs within, by their hashes. */
const WITHIN = "AWS_VAULT_DOCTOR_WITHIN";
const within = ({ environment }: System): string[] =>
  (environment[WITHIN] ?? "").split(" ").filter((one) => one !== "");

/** One that asks us for the profile that it stands in would wait for itself. Throws a UserError there. */
export function mustNotBeWithin(command: string, profile: string, system: System): void {
  if (!within(system).includes(system.sha1(command))) return;
  throw failed(
    "RECURSION",
    `the credential_process of '${profile}' asks for '${profile}' again, and so on`,
    `\`aws-vault-doctor vault add ${profile}\` stores a key for it; \`aws-vault-doctor explain credential-process-recursion\` says more`,
  );
}

const given = v.object({
  AccessKeyId: v.optional(v.string()),
  SecretAccessKey: v.optional(v.string()),
  SessionToken: v.optional(v.string()),
  Expiration: v.optional(v.string()),
});
const NEEDED = ["AccessKeyId", "Expiration", "SecretAccessKey", "SessionToken"] as const;

/**
 * The credentials that a `credential_process` printed. aws-vault takes those alone that end: keys without an end belong into
 * the vault. https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function processCredentials(output: string, now: Date, tool: Tool): Credentials {
  const from = "credential_process";
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    throw failed(
      "BAD_OUTPUT",
      `invalid JSON format from ${from}`,
      "what it prints must be one JSON object, and nothing else",
    );
  }
  const parsed = v.safeParse(given, json);
  if (!parsed.success) throw failed("BAD_OUTPUT", `invalid JSON format from ${from}`, "its values must be texts");
  const needed = isAwsVault(tool) ? NEEDED : (["AccessKeyId", "SecretAccessKey"] as const);
  const missing = needed.filter((name) => !parsed.output[name]);
  if (missing.length > 0) {
    const hint = missing.includes("AccessKeyId")
      ? undefined
      : "keys that do not end are for `aws-vault-doctor vault add`";
    throw failed(
      "BAD_OUTPUT",
      `JSON credential from ${from} missing the following fields: [${missing.join(" ")}]`,
      hint,
    );
  }
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = parsed.output;
  // In a variable or a file, a line end would begin another one.
  if (/\p{Cc}/u.test([AccessKeyId, SecretAccessKey, SessionToken].join("")))
    throw failed("BAD_OUTPUT", `a value from ${from} has a character in it that no key has`);
  const expires = Expiration ? new Date(Expiration) : undefined;
  if (expires !== undefined && Number.isNaN(expires.getTime()))
    throw failed("BAD_OUTPUT", `the Expiration from ${from} is no time`);
  if (expires !== undefined && expires <= now)
    throw failed("BAD_OUTPUT", `the credentials from ${from} have expired already`);
  return credentialsFrom(AccessKeyId!, SecretAccessKey!, SessionToken, expires);
}
