import { type Document, readDocument, readOpenly } from "../../awsconfig/document.ts";
import { locations } from "../../awsconfig/locations.ts";
import { read } from "../../awsconfig/profiles.ts";
import { EXIT, UserError } from "../../errors.ts";
import type { Reading } from "../../model/reading.ts";
import type { Tool } from "../../model/tool.ts";
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

/** Both files, to be read as an AWS tool does, masked or not. Throws a FileTrouble for one that cannot be read. */
export function filesFor(tool: Tool, system: System): (open: typeof readOpenly) => Reading {
  const { config, credentials } = locations(tool, system.environment, system.machine.home, system.machine.folder);
  const texts = [bytesOf(config.path, system), bytesOf(credentials.path, system)] as const;
  return (open) => read(tool, open(config.path, "config", texts[0]), open(credentials.path, "credentials", texts[1]));
}

/**
 * Both files as the AWS CLI reads them, with nothing masked. Throws a FileTrouble for one that cannot be read, and a UserError
 * where the AWS CLI gives up on one.
 */
export function readBothFiles(system: System): Reading {
  const readBy = filesFor("cli", system);
  const reading = readBy(readOpenly);
  // What it gives up on may be a secret in the wrong place: the words quote the masked text.
  if (reading.refused.length > 0) refuse("the AWS CLI cannot read", readBy(readDocument));
  return reading;
}

/** Throws a UserError where aws-vault gives up on the file. */
export function readConfig(system: System): AwsVaultConfig {
  const { environment, machine } = system;
  const { path } = locations("aws-vault-byteness", environment, machine.home, machine.folder).config;
  const document = readOpenly(path, "config", bytesOf(path, system));
  const reading = read("aws-vault-byteness", document, readOpenly("", "credentials", new Uint8Array()));
  refuse("Error parsing config file", reading);
  return { path, document, reading };
}

/** A file that is not there is empty. */
const bytesOf = (path: string, { files }: System): Uint8Array =>
  files.follow(path) === undefined ? new Uint8Array() : files.read(path, FILE_BYTES_MAX);

function refuse(says: string, { refused: [refused] }: Reading): void {
  if (refused === undefined) return;
  const { path, span } = refused.at;
  const line = span === undefined ? "" : `, line ${span.line}`;
  const hint = "`aws-vault-doctor check` says what to do";
  const message = `${says} ${path}${line}: ${refused.message}`;
  throw new UserError("BAD_CONFIG", message, { exitCode: EXIT.failed, hint });
}
