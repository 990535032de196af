import { type Document, readOpenly } from "../../awsconfig/document.ts";
import { locations } from "../../awsconfig/locations.ts";
import { read } from "../../awsconfig/profiles.ts";
import { EXIT, UserError } from "../../errors.ts";
import type { Reading } from "../../model/reading.ts";
import { FILE_BYTES_MAX } from "../../probes/files.ts";
import type { System } from "../../system/system.ts";

/**
 * The config file as aws-vault reads it, and nothing else of the machine: these commands run often. Nothing in it is masked,
 * for they act by it; what they say quotes none of its values but those that are public.
 */
export interface AwsVaultConfig {
  readonly path: string;
  readonly document: Document;
  readonly reading: Reading;
}

/** Both files as the AWS CLI reads them, with nothing masked. Throws a FileTrouble for one that cannot be read. */
export function readBothFiles(system: System): Reading {
  const { config, credentials } = locations("cli", system.environment, system.machine.home, system.machine.folder);
  return read("cli", opened(config.path, "config", system), opened(credentials.path, "credentials", system));
}

/** One that is not there is empty. */
function opened(path: string, kind: "config" | "credentials", { files }: System): Document {
  const bytes = files.follow(path) === undefined ? new Uint8Array() : files.read(path, FILE_BYTES_MAX);
  return readOpenly(path, kind, bytes);
}

/** Throws a UserError where aws-vault gives up on the file. */
export function readConfig(system: System): AwsVaultConfig {
  const { environment, machine } = system;
  const { path } = locations("aws-vault-byteness", environment, machine.home, machine.folder).config;
  const document = opened(path, "config", system);
  const reading = read("aws-vault-byteness", document, readOpenly("", "credentials", new Uint8Array()));
  const [refused] = reading.refused;
  if (refused !== undefined) {
    const line = refused.at.span === undefined ? "" : `, line ${refused.at.span.line}`;
    const hint = "`aws-vault-doctor check` says what to do";
    const message = `Error parsing config file ${path}${line}: ${refused.message}`;
    throw new UserError("BAD_CONFIG", message, { exitCode: EXIT.failed, hint });
  }
  return { path, document, reading };
}
