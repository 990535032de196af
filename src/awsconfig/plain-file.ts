import type { SectionKind } from "../model/document.ts";
import { ByName } from "./by-name.ts";
import type { LinedText } from "./lined-text.ts";
import { BITS, mix, spread } from "./names.ts";
import { PlainSection } from "./section.ts";

/** Names can be chosen so that all of them fall into one slot. */
const TRIES_MAX = 32;

/** What there is in a file that holds nothing tools may disagree about, by name. Sections are made when asked for. */
export interface PlainFile {
  readonly isEmpty: boolean;
  readonly profiles: SectionsByName;
  readonly ssoSessions: SectionsByName;
  readonly services: SectionsByName;
  /** There are sections that are for no tool anything. */
  readonly hasOthers: boolean;
}

/**
 * Undefined where a reader has something to decide: a line that is odd, two sections of one name, and the names that
 * mean something to some tools alone (`[DEFAULT]`, `[profile default]`, a dot in that of an sso-session).
 */
export function plainFile(source: LinedText): PlainFile | undefined {
  const index = new SectionIndex(source);
  const sizes: Record<SectionKind, number> = { profile: 0, "sso-session": 0, services: 0, other: 0 };
  for (let section = 0; section < source.ranges.length; section++) {
    if (!source.ranges.isPlain(section)) return undefined;
    if (!source.ranges.isHeaded(section)) continue; // Remarks above the first header.
    const header = source.ranges.first(section);
    const kind = source.kindOfHeader(header);
    if (kind === undefined || !index.add(kind, section)) return undefined;
    sizes[kind]++;
    if (kind === "sso-session" && source.nameInHeader(header).includes(".")) return undefined;
  }
  if (index.find("other", "DEFAULT") >= 0 || index.find("profile", "DEFAULT") >= 0) return undefined;
  const byDefault = index.find("profile", "default");
  if (byDefault >= 0 && source.headerText(source.ranges.first(byDefault)) !== "default") return undefined;
  const all = (kind: SectionKind): SectionsByName => new SectionsByName(source, index, kind, sizes[kind]);
  return {
    isEmpty: Object.values(sizes).every((size) => size === 0),
    profiles: all("profile"),
    ssoSessions: all("sso-session"),
    services: all("services"),
    hasOthers: sizes.other > 0,
  };
}

const SALT: Readonly<Record<SectionKind, number>> = { profile: 1, "sso-session": 2, services: 3, other: 4 };

/** Finds sections by their names as they stand in the text, without a string for each. */
class SectionIndex {
  readonly #source: LinedText;
  /** Numbers of sections, from 1; 0 is an empty slot. */
  readonly #slots: Int32Array;

  constructor(source: LinedText) {
    this.#source = source;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(source.ranges.length * 2 + 2)));
  }

  /** False when there is one of that name already, or no room near its slot. */
  add(kind: SectionKind, section: number): boolean {
    const { text, lines, ranges } = this.#source;
    const header = ranges.first(section);
    const start = lines.headerName(header);
    const end = lines.valueEnd(header);
    let hash = SALT[kind];
    for (let at = start; at < end; at++) hash = mix(hash, text.charCodeAt(at));
    const slot = this.#slot(hash, kind, text, start, end);
    if (slot < 0 || this.#slots[slot] !== 0) return false;
    this.#slots[slot] = section + 1;
    return true;
  }

  /** The number of the section, or -1. */
  find(kind: SectionKind, name: string): number {
    let hash = SALT[kind];
    for (let at = 0; at < name.length; at++) hash = mix(hash, name.charCodeAt(at));
    const slot = this.#slot(hash, kind, name, 0, name.length);
    return slot < 0 ? -1 : this.#slots[slot]! - 1;
  }

  /** Where that name is, or would be; -1 when that is too far. */
  #slot(hash: number, kind: SectionKind, name: string, from: number, to: number): number {
    const last = this.#slots.length - 1;
    let slot = spread(hash) & last;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const known = this.#slots[slot]!;
      if (known === 0 || this.#is(known - 1, kind, name, from, to)) return slot;
      slot = (slot + 1) & last;
    }
    return -1;
  }

  #is(section: number, kind: SectionKind, name: string, from: number, to: number): boolean {
    const { text, lines, ranges } = this.#source;
    const header = ranges.first(section);
    const start = lines.headerName(header);
    if (lines.valueEnd(header) - start !== to - from) return false;
    for (let at = from; at < to; at++) if (text.charCodeAt(start + at - from) !== name.charCodeAt(at)) return false;
    return this.#source.kindOfHeader(header) === kind;
  }
}

/** The sections of one kind, in the order of the file. */
export class SectionsByName extends ByName<PlainSection> {
  readonly size: number;
  readonly #source: LinedText;
  readonly #index: SectionIndex;
  readonly #kind: SectionKind;
  readonly #valuesOf = new Map<string, ReadonlySet<string>>();

  constructor(source: LinedText, index: SectionIndex, kind: SectionKind, size: number) {
    super();
    this.#source = source;
    this.#index = index;
    this.#kind = kind;
    this.size = size;
  }

  get(name: string): PlainSection | undefined {
    const section = this.#index.find(this.#kind, name);
    return section < 0 ? undefined : new PlainSection(this.#source, section);
  }
  has(name: string): boolean {
    return this.#index.find(this.#kind, name) >= 0;
  }
  *values(): MapIterator<PlainSection> {
    if (this.size === 0) return;
    for (let section = 0; section < this.#source.ranges.length; section++)
      if (this.#isOne(section)) yield new PlainSection(this.#source, section);
  }
  /** Those that have one setting and lack another. Objects are made for these alone. */
  having(name: string, without: string | undefined): PlainSection[] {
    const { ranges, names } = this.#source;
    const wanted = names.find(name);
    const unwanted = without === undefined ? undefined : names.find(without);
    const found: PlainSection[] = [];
    if (wanted === undefined) return found;
    for (let section = 0; section < ranges.length; section++) {
      if (!this.#sets(section, wanted) || (unwanted !== undefined && this.#sets(section, unwanted))) continue;
      if (this.#isOne(section)) found.push(new PlainSection(this.#source, section));
    }
    return found;
  }
  /** What a setting is set to, each value once; in the sections of all kinds. */
  valuesOf(name: string): ReadonlySet<string> {
    let found = this.#valuesOf.get(name);
    if (found === undefined) this.#valuesOf.set(name, (found = this.#findValues(name)));
    return found;
  }
  #findValues(name: string): Set<string> {
    const { lines, names, text } = this.#source;
    const number = names.find(name);
    const found = new Set<string>();
    if (number === undefined) return found;
    for (let line = 0; line < lines.length; line++) {
      if (lines.name(line) !== number || !lines.isSetting(line)) continue;
      if (!lines.isRepeated(line)) found.add(text.slice(lines.valueStart(line), lines.valueEnd(line)));
    }
    return found;
  }
  /** The names that a text is part of. */
  namesWith(part: string): string[] {
    const { lines, ranges, text } = this.#source;
    const found: string[] = [];
    let at = -1;
    for (let section = 0; section < ranges.length; section++) {
      if (!this.#isOne(section)) continue;
      const header = ranges.first(section);
      const start = lines.headerName(header);
      if (at < start) at = text.indexOf(part, start);
      if (at < 0) break;
      if (at < lines.valueEnd(header)) found.push(this.#source.nameInHeader(header));
    }
    return found;
  }
  #sets(section: number, name: number): boolean {
    const { ranges, lines } = this.#source;
    if (name < BITS) return (ranges.settings(section) & (1 << name)) !== 0;
    return lines.find(name, ranges.first(section) + 1, ranges.last(section)) >= 0;
  }
  #isOne(section: number): boolean {
    const { ranges } = this.#source;
    return ranges.isHeaded(section) && this.#source.kindOfHeader(ranges.first(section)) === this.#kind;
  }
}
