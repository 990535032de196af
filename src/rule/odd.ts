import { meaningTo, readersOf, valueIn } from "../awsconfig/sight.ts";
import type { AwsDocument, RawSection } from "../model/document.ts";
import type { Facts } from "../model/facts.ts";
import type { Fix } from "../model/fix.ts";
import type { Setting } from "../model/reading.ts";
import { isAwsVault, type Tool } from "../model/tool.ts";

import { edit, stretch } from "./fixes.ts";
import { inQuotes, toolsDo } from "./words.ts";

/** A section that tools may read differently. */
export interface OddSection {
  readonly document: AwsDocument;
  readonly file: "config" | "credentials";
  readonly section: RawSection;
  /** Of the tools that the user asked about: those that read the file, */
  readonly readers: readonly Tool[];
  /** and those to whom the section means something. */
  readonly users: readonly Tool[];
}

/** The sections of both files that tools may read differently: in ordinary files there are none. */
export function* oddSections({
  config,
  credentials,
  profiles,
}: Pick<Facts, "config" | "credentials" | "profiles">): Iterable<OddSection> {
  for (const [document, file] of [
    [config, "config"],
    [credentials, "credentials"],
  ] as const) {
    const odd = oddOf(document);
    if (odd.length === 0 || isGarbled(document)) continue;
    const readers = readersOf(file, profiles.tools);
    for (const section of odd) {
      const { header } = section;
      const users =
        header === undefined ? [] : readers.filter((tool) => meaningTo(tool, header, file).kind !== "other");
      yield { document, file, section, readers, users };
    }
  }
}

const oddByDocument = new WeakMap<AwsDocument, readonly RawSection[]>();

/** Found once a document, for many rules ask. */
function oddOf(document: AwsDocument): readonly RawSection[] {
  let found = oddByDocument.get(document);
  if (found === undefined)
    oddByDocument.set(document, (found = document.isPlain ? [] : document.sections.filter(({ isOdd }) => isOdd)));
  return found;
}

/** No line of it says what it seems to say: it is encrypted, or has two bytes a character without a byte order mark. */
export const isGarbled = (document: AwsDocument): boolean => document.sealedBy !== undefined || hasTwoBytes(document);

export const hasTwoBytes = (document: AwsDocument): boolean =>
  document.lineCount > 0 && document.lineText(0).includes("\0");

/** A line inside of which a carriage return stands, which is a line end for some tools. */
export const hasReturnInside = (document: AwsDocument, line: number): boolean =>
  document.lineText(line).trimEnd().includes("\r");

/** The settings at the margin of a section whose line looks like this, each with its line. */
export function* settingLines(
  document: AwsDocument,
  { first, last }: RawSection,
  looks: RegExp,
): Iterable<[line: number, Setting]> {
  for (let line = first; line < last; line++) {
    if (document.kind(line) !== "setting" || !looks.test(document.lineText(line))) continue;
    const found = document.setting(line)!;
    if (found.name !== "" && !hasReturnInside(document, line)) yield [line, found];
  }
}

/** The header of a section that not all tools take for the same, or for what is meant. */
export interface StrangeHeader extends OddSection {
  readonly header: string;
  /** What is meant: blanks and quotes around a name do not count. */
  readonly name: string;
  readonly isQuoted: boolean;
  /** The tools that do not read it under that name, */
  readonly hurt: readonly Tool[];
  /** and what each one makes of it, in words. */
  readonly told: string;
}

const PLAIN_NAME = /^[A-Za-z0-9_\-./%@:+]+$/;
/** What every tool takes for part of a name. */
export const isPlainName = (name: string): boolean => PLAIN_NAME.test(name);

/** The word that says what a section is, and the rest without blanks around it. */
export function partsOf(header: string): { prefix: "profile" | "sso-session" | "services" | undefined; rest: string } {
  const text = header.trim();
  const prefix = (["profile", "sso-session", "services"] as const).find(
    (word) => text.startsWith(word) && /\s/.test(text.charAt(word.length)),
  );
  return { prefix, rest: text.slice(prefix?.length ?? 0).trim() };
}

/** The headers that tools read differently, but for those that a rule of their own speaks of: no name, 'default', 'DEFAULT'. */
export function* strangeHeaders(facts: Pick<Facts, "config" | "credentials" | "profiles">): Iterable<StrangeHeader> {
  for (const odd of oddSections(facts)) {
    const { document, file, section } = odd;
    const { header } = section;
    if (header === undefined || header === "DEFAULT" || hasReturnInside(document, section.first)) continue;
    const { prefix, rest } = partsOf(header);
    if (file === "credentials" ? prefix !== undefined : prefix === undefined && rest !== "default") continue;
    const isQuoted = /^["']/.test(rest) && rest.length > 1 && rest.endsWith(rest[0]!);
    const name = isQuoted ? rest.slice(1, -1) : rest;
    if (name.trim() === "" || (name === "default" && prefix === "profile")) continue;
    // aws-vault knows no services.
    const tools = odd.readers.filter((tool) => prefix !== "services" || !isAwsVault(tool));
    const refuses = (tool: Tool): boolean => tool === "sdk" && /[#;]/.test(header);
    const meant = { kind: prefix ?? "profile", name };
    const hurt = tools.filter((tool) => {
      const read = meaningTo(tool, header, file);
      return refuses(tool) || read.kind !== meant.kind || read.name !== meant.name;
    });
    if (hurt.length === 0) continue;
    const byText = new Map<string, Tool[]>();
    for (const tool of [...hurt, ...tools.filter((one) => !hurt.includes(one))]) {
      const read = meaningTo(tool, header, file);
      const text = refuses(tool) ? "refuse" : read.kind === "other" ? "pass" : inQuotes(read.name);
      byText.set(text, [...(byText.get(text) ?? []), tool]);
    }
    const told = [...byText].map(([text, some]) =>
      text === "refuse"
        ? `${toolsDo(some, "refuse")} the whole file`
        : text === "pass"
          ? `${toolsDo(some, "pass")} over it`
          : `${toolsDo(some, "read")} ${text}`,
    );
    yield { ...odd, header, name, isQuoted, hurt, told: told.join(", ") };
  }
}

export interface IndentedLine {
  readonly line: number;
  /** How many blanks stand before the text. */
  readonly indent: number;
  readonly content: string;
  readonly kind: "header" | "remark" | "text";
  /** The setting at the margin above it, if there is one: it may be part of that. */
  readonly below: Setting | undefined;
}

/** The indented lines of a section. */
export function* indentedLines(document: AwsDocument, section: RawSection): Iterable<IndentedLine> {
  let below: Setting | undefined;
  for (let line = section.first; line < section.last; line++) {
    const kind = document.kind(line);
    if (kind === "setting") below = document.setting(line);
    if (kind !== "indented") continue;
    const text = document.lineText(line);
    const content = text.trim();
    if (!/^[ \t]/.test(text) || hasReturnInside(document, line)) continue;
    const isHeader = content.startsWith("[") && content.includes("]");
    yield {
      line,
      indent: text.length - text.trimStart().length,
      content,
      kind: isHeader ? "header" : /^[#;]/.test(content) ? "remark" : "text",
      below,
    };
    // What follows belongs to the section that it opens, for some.
    if (isHeader) below = undefined;
  }
}

/** The name that an indented `name = value` line sets. */
export const nameIn = ({ content }: IndentedLine): string => /^[^=:]*/.exec(content)![0].trim().toLowerCase();

/** Settings whose value is a block of indented lines. */
export const BLOCKS: ReadonlySet<string> = new Set(["s3", "s3api", "dynamodb", "ec2", "sts", "iam", "api_versions"]);

/** Moves some lines to the left: as far as the first of them stands in, unless said otherwise. */
export const dedented = (
  document: AwsDocument,
  lines: readonly [IndentedLine, ...IndentedLine[]],
  by = lines[0].indent,
): Fix["steps"] => {
  const [first, ...others] = lines;
  const step = ({ line, indent }: IndentedLine) => edit(stretch(document, line, 0, Math.min(indent, by)), "");
  return [step(first), ...others.map(step)];
};

/** What each tool reads as the value of a line, if it reads one. */
export function valuesOf(document: AwsDocument, line: number, tools: readonly Tool[]): Map<Tool, string> {
  const values = new Map<Tool, string>();
  for (const tool of tools) {
    const value = valueIn(tool, document.lineText(line));
    if (value !== undefined) values.set(tool, value);
  }
  return values;
}
