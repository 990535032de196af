import type { Tool } from "../model/tool.ts";
import { Document } from "./document.ts";
import { awsVaultMeaning, cliMeaning, type Meaning, sdkMeaning } from "./header.ts";
import { MANNERS } from "./manners.ts";
import { DOT } from "./mask.ts";
import { parse } from "./parse.ts";
import { readFile } from "./read.ts";
import { PROFILE_SETTINGS, visibility } from "./settings.ts";

type AwsFileKind = "config" | "credentials";

/**
 * What a tool makes of one `name = value` line, whatever else is wrong with its file; undefined when it refuses the line
 * or passes over it.
 */
export function valueIn(tool: Tool, line: string): string | undefined {
  const text = `[x]\n${line}\n`;
  const document = new Document("", "config", "utf-8", false, text, parse(text), new Map());
  const [section] = readFile(document, MANNERS[tool]).sections;
  const [setting] = section?.all() ?? [];
  return setting?.value;
}

/** What a section's header means to a tool. */
export function meaningTo(tool: Tool, header: string, file: AwsFileKind): Meaning {
  switch (tool) {
    case "cli":
      return cliMeaning(header, file);
    case "sdk":
      return sdkMeaning(header, file);
    case "aws-vault-byteness":
    case "aws-vault-99designs":
      return awsVaultMeaning(header);
  }
}

/** Those of some tools that read a file. */
export const readersOf = (file: AwsFileKind, tools: readonly Tool[]): Tool[] =>
  tools.filter((tool) => file === "config" || MANNERS[tool].readsCredentials);

/** Settings that AWS tools know, and whose value is never shown. */
const KNOWN_HIDDEN =
  /^(?:aws_(?:access_key_id|secret_access_key|session_token|security_token)|external_id|endpoint_url)$/;

/** Settings that stand in profiles and sessions, for who looks for a near one. */
export const KNOWN_SETTINGS: readonly string[] = [
  ...PROFILE_SETTINGS,
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "external_id",
  "endpoint_url",
];

/** Whether any AWS tool reads a setting of this name; it is in lower case. */
export const isKnownSetting = (name: string): boolean => visibility(name) !== "hidden" || KNOWN_HIDDEN.test(name);

/** The value is a command line. */
export const isCommand = (name: string): boolean => visibility(name) === "first word";

/** Some of it is not to be shown. */
export const isMasked = (text: string): boolean => text.includes(DOT);
