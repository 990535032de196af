import type { AwsDocument, Encoding, LineKind, RawSection, SectionKind } from "../model/document.ts";
import type { FilePlace, Span } from "../model/place.ts";
import type { Layer, Profile, Section, Setting, Traits } from "../model/reading.ts";
import { decode } from "./encoding.ts";
import type { LineTable } from "./lines.ts";
import { mask } from "./mask.ts";
import { BITS, type Names } from "./names.ts";
import { type Parsed, parse } from "./parse.ts";
import type { SectionTable } from "./sections.ts";

/** Reads the bytes of an AWS file into its masked tree. Never fails; no unmasked character outlives the call. */
export function readDocument(path: string, kind: "config" | "credentials", bytes: Uint8Array): Document {
  const { text, encoding, hasBom } = decode(bytes);
  const parsed = text.length === bytes.length && encoding === "utf-8" ? parse(text, bytes) : parse(text);
  const masked = mask(text, parsed);
  return new Document(path, kind, encoding, hasBom, masked.text, parsed, masked.traits);
}

/** The lossless tree of one AWS file, masked. Settings and sections are made when they are asked for. */
export class Document implements AwsDocument {
  readonly path: string;
  readonly file: "config" | "credentials";
  readonly encoding: Encoding;
  readonly hasBom: boolean;
  readonly text: string;
  readonly sections: readonly (RangeSection | PlainSection)[];
  /** Where no reader has anything to decide. */
  readonly plain: PlainFile | undefined;
  readonly hasLoneReturn: boolean;
  readonly lines: LineTable;
  readonly names: Names;
  readonly ranges: SectionTable;
  readonly #traits: ReadonlyMap<number, Traits>;
  readonly #linesByName = new Map<string, readonly number[]>();
  #oddByName: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(
    path: string,
    file: "config" | "credentials",
    encoding: Encoding,
    hasBom: boolean,
    text: string,
    parsed: Parsed,
    traits: ReadonlyMap<number, Traits>,
  ) {
    this.path = path;
    this.file = file;
    this.encoding = encoding;
    this.hasBom = hasBom;
    this.text = text;
    this.lines = parsed.lines;
    this.names = parsed.names;
    this.hasLoneReturn = parsed.hasLoneReturn;
    this.#traits = traits;
    this.ranges = parsed.sections;
    this.sections = Array.from({ length: this.ranges.length }, (_, section) =>
      this.ranges.isPlain(section) && this.ranges.isHeaded(section)
        ? new PlainSection(this, section)
        : new RangeSection(this, section),
    );
    this.plain = plainFile(this.sections);
  }

  get isPlain(): boolean {
    return this.plain !== undefined;
  }

  get lineCount(): number {
    return this.lines.length;
  }

  kind(line: number): LineKind {
    return this.lines.kind(line);
  }

  /** From bracket to bracket; what follows on the line is a remark. */
  headerAt(line: number): FilePlace {
    if (this.lines.kind(line) !== "header") return this.lineAt(line);
    return this.place(this.lines.start(line), this.lines.valueEnd(line) + 1);
  }

  /** Of an ordinary header. In the credentials file tools disagree about a prefix. */
  kindOfHeader(line: number): SectionKind | undefined {
    const prefix = this.lines.headerName(line) - this.lines.valueStart(line);
    if (this.file === "credentials") return prefix === 0 ? "profile" : undefined;
    switch (prefix) {
      case "profile ".length:
        return "profile";
      case "sso-session ".length:
        return "sso-session";
      case "services ".length:
        return "services";
      default:
        return this.headerText(line) === "default" ? "profile" : "other";
    }
  }

  /** What an ordinary header says after its prefix. */
  nameInHeader(line: number): string {
    return this.text.slice(this.lines.headerName(line), this.lines.valueEnd(line));
  }

  headerText(line: number): string {
    return this.text.slice(this.lines.valueStart(line), this.lines.valueEnd(line));
  }

  lineText(line: number): string {
    return this.text.slice(this.lines.start(line), this.lines.end(line));
  }

  lineSpan(line: number): Span {
    return this.span(this.lines.start(line), this.lines.end(line));
  }

  lineAt(line: number): FilePlace {
    return line < this.lineCount
      ? this.place(this.lines.start(line), this.lines.end(line))
      : { kind: "file", path: this.path };
  }

  get settingNames(): Iterable<string> {
    const all = new Set(this.#oddSettings().keys());
    for (let number = 0; number < this.names.all.length; number++) {
      const line = this.#firstNumbered(number);
      if (line >= 0) all.add(this.setting(line)!.name);
    }
    return all;
  }

  linesNamed(name: string): readonly number[] {
    let found = this.#linesByName.get(name);
    if (found === undefined) this.#linesByName.set(name, (found = this.#findLines(name)));
    return found;
  }

  valuesNamed(name: string, ordinary?: RegExp): ReadonlyMap<string, readonly number[]> {
    const { lines, text } = this;
    const byValue = new Map<string, number[]>();
    let last = "";
    let same: number[] | undefined;
    for (const line of this.linesNamed(name)) {
      const start = lines.valueStart(line);
      const end = lines.valueEnd(line);
      if (ordinary !== undefined) {
        ordinary.lastIndex = start;
        if (ordinary.test(text) && ordinary.lastIndex === end) continue;
      }
      // Most often the profiles of a file say the same.
      if (same === undefined || end - start !== last.length || !text.startsWith(last, start)) {
        last = text.slice(start, end);
        same = byValue.get(last);
        if (same === undefined) byValue.set(last, (same = []));
      }
      same.push(line);
    }
    return byValue;
  }

  #findLines(name: string): readonly number[] {
    const { lines } = this;
    const found: number[] = [];
    const number = this.names.find(name);
    if (number !== undefined) {
      for (let line = 0; line < lines.length; line++)
        if (lines.name(line) === number && lines.isSetting(line)) found.push(line);
    }
    const odd = this.#oddSettings().get(name);
    return odd === undefined ? found : [...found, ...odd].sort((one, other) => one - other);
  }

  #firstNumbered(number: number): number {
    const { lines } = this;
    for (let line = 0; line < lines.length; line++)
      if (lines.name(line) === number && lines.isSetting(line)) return line;
    return -1;
  }

  /** The settings whose names have no number, by their names. */
  #oddSettings(): ReadonlyMap<string, readonly number[]> {
    if (this.#oddByName !== undefined) return this.#oddByName;
    const byName = new Map<string, number[]>();
    for (let line = 0; line < this.lines.length; line++) {
      if (!this.lines.isOdd(line) || !this.lines.isSetting(line)) continue;
      const { name } = this.oddSetting(line);
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [line]);
      else others.push(line);
    }
    this.#oddByName = byName;
    return byName;
  }

  setting(line: number): Setting | undefined {
    if (!this.lines.isSetting(line)) return undefined;
    return this.lines.isOdd(line) ? this.oddSetting(line) : new PlainSetting(this, line);
  }

  oddSetting(line: number): LineSetting {
    const { lines } = this;
    return new LineSetting(
      this,
      line,
      lines.start(line),
      lines.nameEnd(line),
      lines.valueStart(line),
      lines.valueEnd(line),
    );
  }

  traits(line: number): Traits | undefined {
    return this.#traits.get(line);
  }

  place(start: number, end: number): FilePlace {
    return { kind: "file", path: this.path, span: this.span(start, end) };
  }

  span(start: number, end: number): Span {
    const line = this.lines.at(start);
    const endLine = this.lines.at(end);
    return {
      start,
      end,
      line: line + 1,
      column: start - this.lines.start(line) + 1,
      endLine: endLine + 1,
      endColumn: end - this.lines.start(endLine) + 1,
    };
  }

  /** Whole lines, with the end of the last one. */
  wholeLines(first: number, last: number): FilePlace {
    const end = last + 1 < this.lineCount ? this.lines.start(last + 1) : this.text.length;
    return this.place(this.lines.start(first), end);
  }
}

/** What there is in a file that holds nothing tools may disagree about, by name. */
export interface PlainFile {
  readonly sections: readonly PlainSection[];
  readonly profiles: ReadonlyMap<string, PlainSection>;
  readonly ssoSessions: ReadonlyMap<string, PlainSection>;
  readonly services: ReadonlyMap<string, PlainSection>;
}

function plainFile(all: readonly (RangeSection | PlainSection)[]): PlainFile | undefined {
  const sections: PlainSection[] = [];
  const named = {
    profile: new Map<string, PlainSection>(),
    "sso-session": new Map<string, PlainSection>(),
    services: new Map<string, PlainSection>(),
    other: new Map<string, PlainSection>(),
  };
  for (const section of all) {
    if (!(section instanceof PlainSection)) {
      if (section.isOdd) return undefined;
      continue; // Remarks above the first header.
    }
    if (section.kind === undefined) return undefined;
    sections.push(section);
    named[section.kind].set(section.name, section);
  }
  const { profile: profiles, "sso-session": ssoSessions, services, other } = named;
  // Two of one name, Python's defaults, and a name that not all tools look for: let the readers decide.
  const isPlain =
    profiles.size + ssoSessions.size + services.size + other.size === sections.length &&
    !other.has("DEFAULT") &&
    !profiles.has("DEFAULT") &&
    profiles.get("default")?.hasPrefix !== true;
  return isPlain ? { sections, profiles, ssoSessions, services } : undefined;
}

/** A stretch of lines that tools may read differently, or that stand above the first header. */
class RangeSection implements RawSection {
  readonly #document: Document;
  readonly #number: number;

  constructor(document: Document, section: number) {
    this.#document = document;
    this.#number = section;
  }

  get isOdd(): boolean {
    return !this.#document.ranges.isPlain(this.#number);
  }
  get first(): number {
    return this.#document.ranges.first(this.#number);
  }
  get last(): number {
    return this.#document.ranges.last(this.#number);
  }
  get #isHeaded(): boolean {
    return this.#document.ranges.isHeaded(this.#number);
  }
  get kind(): SectionKind | undefined {
    const isOrdinary = this.#isHeaded && !this.#document.lines.isOdd(this.first);
    return isOrdinary ? this.#document.kindOfHeader(this.first) : undefined;
  }
  get name(): string | undefined {
    return this.kind === undefined ? undefined : this.#document.nameInHeader(this.first);
  }
  get header(): string | undefined {
    return this.#isHeaded ? this.#document.headerText(this.first) : undefined;
  }
  get headerAt(): FilePlace {
    return this.#isHeaded ? this.#document.headerAt(this.first) : this.#document.lineAt(0);
  }
}

/** A section that all tools read alike: a window on the line table, searched when asked. Alone it is a profile. */
export class PlainSection implements RawSection, Section, Profile {
  readonly kind: SectionKind | undefined;
  /** What the header says after its prefix; all of it where that counts for nothing. */
  readonly name: string;
  readonly #document: Document;
  readonly #number: number;

  constructor(document: Document, section: number) {
    this.#document = document;
    this.#number = section;
    this.kind = document.kindOfHeader(this.first);
    this.name = this.kind === undefined ? this.header : document.nameInHeader(this.first);
  }

  get isOdd(): false {
    return false;
  }
  get first(): number {
    return this.#document.ranges.first(this.#number);
  }
  get last(): number {
    return this.#document.ranges.last(this.#number);
  }
  get file(): "config" | "credentials" {
    return this.#document.file;
  }
  get layers(): readonly Layer[] {
    return [{ kind: this.file, section: this }];
  }
  get header(): string {
    return this.#document.headerText(this.first);
  }
  get hasPrefix(): boolean {
    return this.header.length > this.name.length;
  }
  get headerAt(): FilePlace {
    return this.#document.headerAt(this.first);
  }

  get(name: string): Setting | undefined {
    const line = this.#find(name);
    return line < 0 ? undefined : new PlainSetting(this.#document, line);
  }

  has(name: string): boolean {
    const number = this.#document.names.find(name);
    if (number === undefined) return false;
    return number < BITS ? this.#hasBit(number) : this.#find(name) >= 0;
  }

  *all(): Iterable<Setting> {
    for (let line = this.first + 1; line < this.last; line++) {
      if (this.#document.lines.isSetting(line)) yield new PlainSetting(this.#document, line);
    }
  }

  #hasBit(number: number): boolean {
    return (this.#document.ranges.settings(this.#number) & (1 << number)) !== 0;
  }

  #find(name: string): number {
    const { lines, names } = this.#document;
    const number = names.find(name);
    if (number === undefined || (number < BITS && !this.#hasBit(number))) return -1;
    return lines.find(number, this.first + 1, this.last);
  }
}

/** A setting that every tool reads as it stands on its line. */
class PlainSetting implements Setting {
  readonly #document: Document;
  readonly #line: number;

  constructor(document: Document, line: number) {
    this.#document = document;
    this.#line = line;
  }

  get name(): string {
    return this.#document.names.all[this.#document.lines.name(this.#line)]!;
  }
  get value(): string {
    const { lines, text } = this.#document;
    return text.slice(lines.valueStart(this.#line), lines.valueEnd(this.#line));
  }
  get hidden(): Traits | undefined {
    return this.#document.traits(this.#line);
  }
  get nested(): undefined {
    return undefined;
  }
  get at(): FilePlace {
    const { lines } = this.#document;
    return this.#document.place(lines.valueStart(this.#line), lines.valueEnd(this.#line));
  }
  get nameAt(): FilePlace {
    const { lines } = this.#document;
    return this.#document.place(lines.start(this.#line), lines.nameEnd(this.#line));
  }
  get linesAt(): FilePlace {
    return this.#document.wholeLines(this.#line, this.#line);
  }
}

/** A setting as it stands on its line, unless a tool reads more or less than that (`value`, `nested`, `lastLine`). */
export class LineSetting implements Setting {
  name: string;
  value: string;
  nested: ReadonlyMap<string, string> | undefined;
  lastLine: number;
  readonly #document: Document;
  readonly #line: number;
  readonly #parts: readonly [number, number, number, number];

  constructor(
    document: Document,
    line: number,
    nameStart: number,
    nameEnd: number,
    valueStart: number,
    valueEnd: number,
  ) {
    this.name = document.text.slice(nameStart, nameEnd).toLowerCase();
    this.value = document.text.slice(valueStart, valueEnd);
    this.lastLine = line;
    this.#document = document;
    this.#line = line;
    this.#parts = [nameStart, nameEnd, valueStart, valueEnd];
  }

  get hidden(): Traits | undefined {
    return this.#document.traits(this.#line);
  }
  get at(): FilePlace {
    return this.#document.place(this.#parts[2], this.#parts[3]);
  }
  get nameAt(): FilePlace {
    return this.#document.place(this.#parts[0], this.#parts[1]);
  }
  get linesAt(): FilePlace {
    return this.#document.wholeLines(this.#line, this.lastLine);
  }
}

/** A section, or several of one name merged, as one tool reads it. */
export class ReadSection implements Section {
  readonly file: "config" | "credentials";
  readonly header: string;
  readonly headerAt: FilePlace;
  readonly settings: Map<string, Setting>;

  constructor(file: "config" | "credentials", header: string, headerAt: FilePlace, settings: Map<string, Setting>) {
    this.file = file;
    this.header = header;
    this.headerAt = headerAt;
    this.settings = settings;
  }

  get(name: string): Setting | undefined {
    return this.settings.get(name);
  }
  has(name: string): boolean {
    return this.settings.has(name);
  }
  all(): Iterable<Setting> {
    return this.settings.values();
  }
}
