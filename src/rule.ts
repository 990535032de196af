/** All that a rule may know. */
import { profilesBySource, profilesWith } from "./awsconfig/profiles.ts";
import { isMasked, meaningTo, readersOf, valueIn } from "./awsconfig/sight.ts";
import type { AwsDocument, RawSection } from "./model/document.ts";
import type { Environment, FactName, Facts, Listener, Profiles, StartupFile, Statement } from "./model/facts.ts";
import type { Finding } from "./model/finding.ts";
import type { Fix } from "./model/fix.ts";
import type { EnvironmentPlace, FilePlace, NetworkPlace, Span } from "./model/place.ts";
import type { Profile, Reading, Section, Setting } from "./model/reading.ts";
import type { Rule } from "./model/rule.ts";
import { isAwsVault, TOOL_NAMES, TOOLS, type Tool } from "./model/tool.ts";

export { profilesBySource, profilesWith, setting, settings } from "./awsconfig/profiles.ts";
export { IDENTITY_SETTINGS } from "./awsconfig/settings.ts";
export { isCommand, isKnownSetting } from "./awsconfig/sight.ts";
export { KEY_VARIABLES } from "./awsconfig/variables.ts";
export type { AwsDocument, RawSection } from "./model/document.ts";
export type { Environment, Listener, StartupFile, Statement, Variable } from "./model/facts.ts";
export type { Finding, Related } from "./model/finding.ts";
export type { Fix, Step } from "./model/fix.ts";
export type { FilePlace } from "./model/place.ts";
export type { Layer, Profile, Reading, Section, Setting } from "./model/reading.ts";
export { hops, type Route, type Routes } from "./model/route.ts";
export { AWS_VAULT, isAwsVault, type Tool } from "./model/tool.ts";
export { didYouMean, nearest } from "./nearest.ts";

/** A rule whose `check` gets exactly the facts named in `needs`. */
export const rule = <const Needs extends FactName>(definition: Rule<Needs>): Rule => definition;

/** A variable that is exported empty counts as none. */
export const isSet = (environment: Environment, name: string): boolean => (environment.get(name)?.value ?? "") !== "";

export const variable = (name: string): EnvironmentPlace => ({ kind: "environment", variable: name });

/** `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)!}`;
}

/** `the AWS CLI and aws-vault`, in one order everywhere. */
export const toolNames = (tools: Iterable<Tool>): string => {
  const named = new Set(tools);
  return list(TOOLS.filter((tool) => named.has(tool)).map((tool) => TOOL_NAMES[tool]));
};

/** The tools to name in a finding: none when all that the user asked about suffer. */
export const someOf = (tools: ReadonlySet<Tool>, { tools: asked }: Pick<Profiles, "tools">): Tool[] | undefined =>
  asked.every((tool) => tools.has(tool)) ? undefined : asked.filter((tool) => tools.has(tool));

/** The same as part of a finding. */
export function suffering(tools: Iterable<Tool>, profiles: Pick<Profiles, "tools">): { tools?: Tool[] } {
  const some = someOf(new Set(tools), profiles);
  return some === undefined ? {} : { tools: some };
}

/** `in aws-vault, `: the start of a sentence that is not true of all tools. */
export const inSome = (tools: readonly Tool[] | undefined): string =>
  tools === undefined ? "" : `in ${toolNames(tools)}, `;

/** Puts a text in place of a stretch of a file. */
export const edit = (at: FilePlace, text: string): Fix["steps"][0] => ({
  kind: "edit",
  path: at.path,
  span: at.span!,
  text,
});

/** The statements that export a variable with a value when the shell starts, and that no later line takes back. */
export const exportsOf = (startup: readonly StartupFile[], name: string): Statement[] =>
  startup.flatMap(({ statements }) =>
    statements.filter((one, index) => {
      if (one.kind !== "export" || one.name !== name || one.inFunction || one.value === "") return false;
      return !statements
        .slice(index + 1)
        .some((later) => later.kind === "unset" && later.name === name && !later.inFunction);
    }),
  );

/** Where a variable is set that should not be: in the environment, with the lines that export it, or only in those. */
export function* whereSet(name: string, environment: Environment, startup: readonly StartupFile[]): Iterable<Finding> {
  const lines = exportsOf(startup, name);
  if (isSet(environment, name)) {
    yield {
      at: variable(name),
      says: `${name} is set to '${environment.get(name)!.value}'`,
      also: lines.map(({ at }) => ({ at, says: "every new shell exports it here" })),
      ...commentingOut(lines),
    };
    return;
  }
  for (const line of lines) yield { at: line.at, says: `every new shell exports ${name}`, ...commentingOut([line]) };
}

const canBeRemark = ({ alone, at }: Statement): boolean => alone && at.span?.line === at.span?.endLine;

/** A fix for a finding: the lines become remarks. None when one of them shares its line with other commands, or goes on. */
export function commentingOut(lines: readonly Statement[]): { fix?: Fix } {
  const [first, ...others] = lines.filter(canBeRemark).map(({ at }) => commentOut(at));
  if (first === undefined || others.length + 1 < lines.length) return {};
  return {
    fix: {
      title: lines.length === 1 ? "make the line a comment" : "make the lines comments",
      safety: "ask",
      steps: [first, ...others],
    },
  };
}

/** The profiles that assume a role straight from long-term keys, in the readings where they have no MFA device. */
export function* rolesWithoutMfa({
  readings,
  routes,
}: Profiles): Iterable<{ tool: Tool; reading: Reading; profile: Profile }> {
  for (const [tool, reading] of readings) {
    for (const profile of profilesWith(reading, "role_arn")) {
      if (profile.has("mfa_serial")) continue;
      const route = routes.get(tool)!.get(profile.name)!;
      if (!route.found || route.hop.kind !== "role" || route.hop.profile !== profile.name || !route.from?.found)
        continue;
      const { kind } = route.from.hop;
      // A temporary key is a session already, and can carry no new MFA code.
      if ("by" in route.from.hop && route.from.hop.by.hidden?.looksLike === "temporary key") continue;
      if (kind === "static" || kind === "stored") yield { tool, reading, profile };
    }
  }
}

/** Whether a listener is an aws-vault (or this program's own server), as far as its process is known. */
export const isAwsVaultProcess = ({ process }: Listener): boolean =>
  process.known && process.value.name.startsWith("aws-vault");

/** An address that somebody listens on, with the program's name where it is known. */
export const heldAddress = (address: string, { process }: Listener): NetworkPlace => ({
  kind: "network",
  address,
  ...(process.known ? { process: process.value.name } : {}),
});

/** Who listens, in words: a program by its name, or what is known of it. */
export function holder({ process, owner }: Listener): string {
  if (process.known) return `'${process.value.name}' (process ${process.value.pid})`;
  return owner === undefined
    ? "a program that this system does not name"
    : `a program of user id ${owner}, which only that user may name,`;
}

/** Puts a remark before a line of a start-up file, so that the shell passes it over and a person can bring it back. */
export const commentOut = (at: FilePlace): Fix["steps"][0] => edit(startOf(at), "# aws-vault-doctor: ");

/** The empty stretch where a place starts. */
export function startOf(at: FilePlace): FilePlace & { readonly span: Span } {
  const { start, line, column } = at.span!;
  return { ...at, span: { start, end: start, line, column, endLine: line, endColumn: column } };
}

/** The profile that a header opens; none for the headers of sessions and services. */
export const profilesOf = (header: string): { profiles?: string[] } =>
  /^(?:sso-session|services)\s/.test(header) ? {} : { profiles: [header.replace(/^profile\s+/, "")] };

/** The section that a profile is written in: the config file's, or else the credentials file's. */
export const ownSection = ({ layers }: Profile): Section =>
  (layers.find(({ kind }) => kind === "config") ?? layers[0]!).section;

/** The profiles that lean on one as their source, near or far, itself included. */
export function dependents(reading: Reading, name: string): Set<string> {
  const bySource = profilesBySource(reading);
  const found = new Set([name]);
  for (const one of found) for (const other of bySource.get(one) ?? []) found.add(other.name);
  return found;
}

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
  if (found === undefined) oddByDocument.set(document, (found = document.sections.filter(({ isOdd }) => isOdd)));
  return found;
}

/** Two bytes a character without a byte order mark: no line of it says what it seems to say. */
export const isGarbled = (document: AwsDocument): boolean =>
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

/** A stretch of one line, by columns that count from 0. */
export function stretch(document: AwsDocument, line: number, from: number, to: number): FilePlace {
  const { start, line: number } = document.lineSpan(line);
  const span = {
    start: start + from,
    end: start + to,
    line: number,
    column: from + 1,
    endLine: number,
    endColumn: to + 1,
  };
  return { kind: "file", path: document.path, span };
}

/** How a line of the file ends, for new ones. */
export const lineEndOf = (document: AwsDocument, line: number): string =>
  document.text.startsWith("\r\n", document.lineSpan(line).end) ? "\r\n" : "\n";

/** What each tool reads as the value of a line, if it reads one. */
export function valuesOf(document: AwsDocument, line: number, tools: readonly Tool[]): Map<Tool, string> {
  const values = new Map<Tool, string>();
  for (const tool of tools) {
    const value = valueIn(tool, document.lineText(line));
    if (value !== undefined) values.set(tool, value);
  }
  return values;
}

/** `the AWS CLI reads 'eu-west-1 # home', aws-vault reads 'eu-west-1'`: first those that do not read what is meant. */
export function tellValues(values: ReadonlyMap<Tool, string>, meant: string): string {
  const byText = new Map<string, Tool[]>();
  const inOrder = [...values].sort(([, one], [, other]) => Number(one === meant) - Number(other === meant));
  for (const [tool, value] of inOrder) {
    const text = shown(value, meant);
    byText.set(text, [...(byText.get(text) ?? []), tool]);
  }
  return [...byText].map(([text, tools]) => `${toolsDo(tools, "read")} ${text}`).join(", ");
}

/** `aws-vault reads`, `the AWS CLI and aws-vault read`. */
export function toolsDo(tools: readonly Tool[], verb: "read" | "take" | "refuse" | "keep" | "pass" | "put"): string {
  const isOne = tools.length === 1 && tools[0] !== "sdk";
  return `${toolNames(tools)} ${verb}${!isOne ? "" : verb === "pass" ? "es" : "s"}`;
}

/** What has quotes of its own stands in the other ones. */
const inQuotes = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);

/** A value in quotes; of one that may not be shown, no more than how long it is beside the one that is meant. */
function shown(value: string, meant: string): string {
  if (value === "") return "no value";
  if (!isMasked(value)) return inQuotes(value);
  if (value.length === meant.length) return "the value itself";
  return value.length > meant.length ? "a longer value" : "a shorter value";
}
