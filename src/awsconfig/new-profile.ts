import type { Profile, Reading } from "../model/reading.ts";
import { TOOLS, type Tool } from "../model/tool.ts";
import { Document } from "./document.ts";
import { encode } from "./encoding.ts";
import { parse } from "./parse.ts";
import { read, settings as readSettings } from "./profiles.ts";

/**
 * The bytes to add at the end of a config file so that aws-vault sees a new profile there, and no tool sees a change
 * elsewhere. Undefined where no line at the end can do that: for a name that a header cannot hold, or below a value that
 * goes on.
 */
export function newProfile(
  config: Document,
  name: string,
  settings: Readonly<Record<string, string>>,
): Uint8Array | undefined {
  const { text, encoding } = config;
  if ([name, ...Object.values(settings)].some((one) => /[\r\n\0]/.test(one))) return undefined;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const header = name === "default" ? "[default]" : `[profile ${name}]`;
  const lines = [header, ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`), ""];
  const gap = text === "" ? "" : text.endsWith("\n") ? end : end + end;
  const addition = gap + lines.join(end);
  const isHarmless = TOOLS.every((tool) => {
    const before = readingOf(tool, config, text);
    const after = readingOf(tool, config, text + addition);
    if (after.refused.length > before.refused.length) return false;
    return [...after.profiles.values()].every((one) => {
      const known = before.profiles.get(one.name);
      return known === undefined ? one.name === name : valuesOf(one) === valuesOf(known);
    });
  });
  const found = readingOf("aws-vault-byteness", config, text + addition).profiles.get(name);
  const isThere =
    found !== undefined && Object.entries(settings).every(([key, value]) => found.get(key)?.value === value);
  return isHarmless && isThere ? encode({ text: addition, encoding, hasBom: false }) : undefined;
}

const valuesOf = (profile: Profile): string =>
  JSON.stringify([...readSettings(profile)].map(([name, { setting }]) => [name, setting.value]));

const readingOf = (tool: Tool, { path, encoding, hasBom }: Document, text: string): Reading => {
  const document = new Document(path, "config", encoding, hasBom, text, parse(text), new Map());
  const none = new Document("", "credentials", "utf-8", false, "", parse(""), new Map());
  return read(tool, document, none);
};
