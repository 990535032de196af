import { Document } from "../src/awsconfig/document.ts";
import { decode } from "../src/awsconfig/encoding.ts";
import { parse } from "../src/awsconfig/parse.ts";
import { read } from "../src/awsconfig/profiles.ts";
import type { Profile, Section } from "../src/model/reading.ts";
import type { Tool } from "../src/model/tool.ts";

export type Values = Readonly<Record<string, unknown>>;
export type Sections = Readonly<Record<string, Values>>;

/** A reading as plain data, to be compared with what other tools say. */
export interface Told {
  readonly profiles: Sections;
  readonly ssoSessions: Sections;
  readonly services: Sections;
}

export interface Files {
  readonly config: Document;
  readonly credentials: Document;
}

/** Unmasked, for the other tools speak of values. */
export function plainDocument(file: "config" | "credentials", content: string | Uint8Array): Document {
  const { text, encoding, hasBom } = decode(typeof content === "string" ? new TextEncoder().encode(content) : content);
  return new Document(file, file, encoding, hasBom, text, parse(text), new Map());
}

/** What a tool reads, without what aws-vault takes over from other profiles; undefined where it gives up. */
export function toldBy(tool: Tool, { config, credentials }: Files): Told | undefined {
  const { refused, profiles, ssoSessions, services } = read(tool, config, credentials);
  if (refused.length > 0) return undefined;
  return {
    profiles: each(profiles, ownValues),
    ssoSessions: each(ssoSessions, valuesOf),
    services: each(services, valuesOf),
  };
}

export const valuesOf = (section: Section): Values =>
  Object.fromEntries(
    [...section.all()].map(({ name, value, nested }) => [
      name,
      nested === undefined ? value : Object.fromEntries(nested),
    ]),
  );

const each = <T>(all: ReadonlyMap<string, T>, values: (one: T) => Values): Sections =>
  Object.fromEntries([...all].map(([name, one]) => [name, values(one)]));

const ownValues = ({ layers }: Profile): Values =>
  Object.fromEntries(
    layers
      .filter(({ kind }) => kind !== "include_profile" && kind !== "default")
      .toReversed()
      .flatMap(({ section }) => Object.entries(valuesOf(section))),
  );
