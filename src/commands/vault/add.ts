import { newProfile } from "../../awsconfig/new-profile.ts";
import { EXIT, UserError } from "../../errors.ts";
import { isProfileKey } from "../../routes/session-key.ts";
import { inOwnSection } from "../../routes/vault-settings.ts";
import { Secret } from "../../secret.ts";
import { FileTrouble, type System } from "../../system/system.ts";
import { removeSessionsOf } from "../../vault/listing.ts";
import { type LongTermKey, longTermKeyItem } from "../../vault/long-term-key.ts";
import type { Command, Given } from "../command.ts";
import { type AwsVaultConfig, readConfig } from "./config.ts";
import { quoted, storeFor, VAULT_FLAGS } from "./flags.ts";

export const add: Command = {
  name: "add",
  takes: "<profile>",
  summary: "Put a profile's access key into the vault, and the profile into ~/.aws/config if it is not there",
  examples: [["aws-vault-doctor vault add work", "asks for the access key"]],
  flags: {
    ...VAULT_FLAGS,
    env: { kind: "switch", says: "take the key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" },
    "add-config": { kind: "switch", says: "add the profile to ~/.aws/config if it is not there", isOn: true },
  },
  async run(given, system) {
    const [profile = ""] = given.words;
    const { output } = system.terminal;
    const store = await storeFor(given, system);
    const config = readConfig(system);
    refuse(profile, config);
    const isNew = given.isOn("add-config") && !config.reading.profiles.has(profile);
    // Found out before the key is stored: else a name that no header can hold would be told of too late.
    if (isNew) bytesFor(profile, "", config);
    const key = given.isOn("env") ? fromEnvironment(system) : await fromTerminal(system);
    const mfaSerial =
      isNew && !given.isOn("env") ? (await system.terminal.ask(MFA_QUESTION, WITHOUT_QUESTIONS)).trim() : "";
    if (isNew) bytesFor(profile, mfaSerial, config);
    await store.put(longTermKeyItem(profile, key));
    key.secretAccessKey.wipe();
    output.write(`Added credentials to profile ${quoted(profile)} in vault\n`);
    const sessions = await removeSessionsOf(profile, store);
    if (sessions > 0) output.write(`Deleted ${sessions} existing sessions.\n`);
    if (isNew) addToConfig(profile, mfaSerial, system, given.log);
    return EXIT.ok;
  },
};

const MFA_QUESTION = "Enter MFA Device ARN (If MFA is not enabled, leave this blank):";
const WITHOUT_QUESTIONS = "--env takes the key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

function refuse(profile: string, { reading }: AwsVaultConfig): void {
  const known = reading.profiles.get(profile);
  const source = known && inOwnSection(known, "source_profile")?.value;
  if (source) {
    throw failed(
      "HAS_SOURCE",
      `Your profile has a source_profile of ${source}, adding credentials to ${profile} won't have any effect`,
      `add them to '${source}'`,
    );
  }
  if (!isProfileKey(profile)) {
    throw failed("BAD_NAME", `'${profile}' would be taken for a session, and not for a profile`);
  }
}

function fromEnvironment({ environment }: System): LongTermKey {
  const take = (name: string): Secret => {
    const value = environment[name];
    if (!value) throw failed("NO_KEY", `Missing value for ${name}`);
    return Secret.ofText(value);
  };
  return { accessKeyId: take("AWS_ACCESS_KEY_ID"), secretAccessKey: take("AWS_SECRET_ACCESS_KEY") };
}

async function fromTerminal({ terminal }: System): Promise<LongTermKey> {
  const accessKeyId = Secret.ofText(await terminal.ask("Enter Access Key ID:", WITHOUT_QUESTIONS)).trimmed();
  const secretAccessKey = (await terminal.askSecret("Enter Secret Access Key:", WITHOUT_QUESTIONS)).trimmed();
  // aws-vault would store a key that nobody can use.
  if (accessKeyId.isEmpty || secretAccessKey.isEmpty) throw failed("NO_KEY", "nothing is stored: the key is empty");
  return { accessKeyId, secretAccessKey };
}

function bytesFor(profile: string, mfaSerial: string, { path, document }: AwsVaultConfig): Uint8Array {
  const bytes = newProfile(document, profile, mfaSerial === "" ? {} : { mfa_serial: mfaSerial });
  if (bytes !== undefined) return bytes;
  const message = `Error adding profile: '${profile}' cannot be a section at the end of ${path}`;
  throw failed("CANNOT_ADD", message, "--no-add-config stores the key and leaves the file as it is");
}

/** At the end, and nothing else is touched. The file is read again, because a person took their time to type. */
function addToConfig(profile: string, mfaSerial: string, system: System, log: Given["log"]): void {
  const config = readConfig(system);
  if (config.reading.profiles.has(profile)) return;
  log(`adding profile ${profile} to config at ${config.path}`);
  const bytes = bytesFor(profile, mfaSerial, config);
  try {
    system.files.makeFolder(config.path.slice(0, config.path.lastIndexOf("/")) || "/");
    system.files.append(config.path, bytes, 0o600);
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    throw failed(
      "NOT_ADDED",
      `Error adding profile: ${error.inFull}`,
      "the key is stored all the same, and can be used",
    );
  }
}

const failed = (code: string, message: string, hint?: string): UserError =>
  new UserError(code, message, { exitCode: EXIT.failed, ...(hint === undefined ? {} : { hint }) });
