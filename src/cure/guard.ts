import { Document, readDocument } from "../awsconfig/document.ts";
import { encode } from "../awsconfig/encoding.ts";
import type { Meaning } from "../awsconfig/header.ts";
import { parse } from "../awsconfig/parse.ts";
import { read, settings } from "../awsconfig/profiles.ts";
import { meaningTo } from "../awsconfig/sight.ts";
import type { RawSection } from "../model/document.ts";
import type { Profile, Reading, Section, Setting } from "../model/reading.ts";
import { TOOL_NAMES, TOOLS, type Tool } from "../model/tool.ts";
import type { CureText } from "./text.ts";

type Kind = "config" | "credentials";

/** Both files of a set-up with their true text. Nothing of it leaves this module but names, and these masked. */
export interface Pair {
  readonly config: CureText;
  readonly credentials: CureText;
}

/** What a fix may change. */
export interface Allowed {
  /**
   * The profiles that the finding names; undefined: those in whose sections the fix stands. What a header is
   * called that the fix writes anew may change in any case.
   */
  readonly profiles: readonly string[] | undefined;
  /** Stretches of both files where the fix stands, before and after. */
  readonly before: Readonly<Record<Kind, readonly Stretch[]>>;
  readonly after: Readonly<Record<Kind, readonly Stretch[]>>;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What all four tools take out of a set-up: made once, for it is the later state of one fix and the earlier of the next. */
export interface Shape {
  readonly pair: Pair;
  readonly documents: Readonly<Record<Kind, Document>>;
  readonly readings: ReadonlyMap<Tool, Reading>;
}

export function shapeOf(pair: Pair): Shape {
  const documents = { config: trueDocument("config", pair), credentials: trueDocument("credentials", pair) };
  const readings = new Map(TOOLS.map((tool) => [tool, read(tool, documents.config, documents.credentials)]));
  return { pair, documents, readings };
}

function trueDocument(kind: Kind, pair: Pair): Document {
  const { text, encoding, hasBom } = pair[kind].real;
  return new Document("", kind, encoding, hasBom, text, parse(text), new Map());
}

/**
 * What a fix would spoil, in words: a profile, session or service that it does not name and that some tool reads
 * differently afterwards, or a file that a tool can read only before. Undefined when it spoils nothing. A file that a
 * tool refused before cannot get worse for that tool.
 */
export function harm(before: Shape, after: Shape, allowed: readonly Allowed[]): string | undefined {
  for (const tool of TOOLS) {
    const one = before.readings.get(tool)!;
    const other = after.readings.get(tool)!;
    if (one.refused.length > 0) continue;
    if (other.refused.length > 0) return `${TOOL_NAMES[tool]} would refuse the file`;
    for (const kind of ["profile", "sso-session", "services"] as const) {
      const known = partOf(one, kind);
      const changed = changedNames(known, partOf(other, kind));
      if (changed.length === 0) continue;
      const free = new Set(allowed.flatMap((by) => freeNames(before, after, by, tool, kind)));
      const spoilt = changed.filter((name) => !free.has(name));
      if (spoilt.length === 0) continue;
      const shown = spoilt.map((name) => maskedName(before, after, tool, kind, name));
      const strange = shown.find((name) => name === undefined || !free.has(name));
      if (strange === undefined && shown.every((name) => name !== undefined)) continue;
      return `it would change ${NOUNS[kind]}${strange === undefined ? "" : ` '${strange}'`} for ${TOOL_NAMES[tool]}, which it does not name`;
    }
  }
  return undefined;
}

/** Which names a fix may change. */
function freeNames(before: Shape, after: Shape, allowed: Allowed, tool: Tool, kind: keyof typeof NOUNS): string[] {
  const known = partOf(before.readings.get(tool)!, kind);
  const named = kind === "profile" ? allowed.profiles : undefined;
  const old = sectionsOf(before, allowed.before, tool).filter(({ atHeader }) => named === undefined || atHeader);
  const fresh = sectionsOf(after, allowed.after, tool).filter(({ atHeader, name }) =>
    // A new header may make a new name, but must not take one that somebody has.
    atHeader ? !known.has(name) : named === undefined,
  );
  const inside = [...old, ...fresh].filter((section) => section.kind === kind).map(({ name }) => name);
  return [...(named ?? []), ...inside];
}

/** Whether the same tools can read both. */
export const isReadAlike = (one: Shape, other: Shape): boolean =>
  TOOLS.every((tool) => one.readings.get(tool)!.refused.length > 0 === other.readings.get(tool)!.refused.length > 0);

const NOUNS = { profile: "the profile", "sso-session": "the sso-session", services: "the services section" } as const;

type Named = ReadonlyMap<string, Profile | Section>;

function partOf(reading: Reading, kind: "profile" | "sso-session" | "services"): Named {
  return kind === "profile" ? reading.profiles : kind === "services" ? reading.services : reading.ssoSessions;
}

function changedNames(before: Named, after: Named): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => said(before.get(name)) !== said(after.get(name)));
}

const known = new WeakMap<Profile | Section, string>();

/** All that a tool reads under a name. */
function said(one: Profile | Section | undefined): string | undefined {
  if (one === undefined) return undefined;
  let text = known.get(one);
  if (text === undefined) known.set(one, (text = saidBy(one)));
  return text;
}

function saidBy(one: Profile | Section): string {
  const all: Setting[] = "layers" in one ? [...settings(one).values()].map(({ setting }) => setting) : [...one.all()];
  const lines = all.map(({ name, value, nested }) => [name, value, nested && [...nested]]);
  return JSON.stringify(lines.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
}

interface Standing extends Pick<Meaning, "kind" | "name"> {
  readonly atHeader: boolean;
}

/** What the sections mean to a tool in which some stretches stand. */
function sectionsOf({ documents }: Shape, stretches: Allowed["before"], tool: Tool): readonly Standing[] {
  return (["config", "credentials"] as const).flatMap((file) => {
    const document = documents[file];
    if (document.lineCount === 0) return [];
    return stretches[file].flatMap(({ start, end }) => {
      const first = document.lines.at(Math.min(start, document.text.length));
      const last = document.lines.at(Math.min(end, document.text.length));
      return sectionsBetween(document, first, last)
        .filter(({ header }) => header !== undefined)
        .map((section) => ({ ...meaningTo(tool, section.header!, file), atHeader: first <= section.first }));
    });
  });
}

/** The sections that a stretch of lines stands in, of which a file may have ten thousand. */
function sectionsBetween({ sections }: Document, first: number, last: number): readonly RawSection[] {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sections[middle]!.last <= first) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < sections.length && sections[end]!.first <= last) end++;
  return sections.slice(low, end);
}

/** The name as it may be shown. A masked text has the same profiles in the same order. */
function maskedName(
  before: Shape,
  after: Shape,
  tool: Tool,
  kind: "profile" | "sso-session" | "services",
  name: string,
): string | undefined {
  for (const shape of [before, after]) {
    const names = [...partOf(shape.readings.get(tool)!, kind).keys()];
    const at = names.indexOf(name);
    if (at < 0) continue;
    const documents = (["config", "credentials"] as const).map((file) =>
      readDocument("", file, encode(shape.pair[file].real)),
    );
    const masked = [...partOf(read(tool, documents[0]!, documents[1]!), kind).keys()];
    return masked.length === names.length ? masked[at] : undefined;
  }
  return undefined;
}
