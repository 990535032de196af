import type { AwsDocument, Encoding, LineKind, RawSection } from "../model/document.ts";
import type { FilePlace, Span } from "../model/place.ts";
import type { Section, Setting, Traits } from "../model/reading.ts";
import { decode } from "./encoding.ts";
import type { LineTable } from "./lines.ts";
import { mask } from "./mask.ts";
import { type Parsed, parse, type SectionRange } from "./parse.ts";

/** Reads the bytes of an AWS file into its masked tree. Never fails; no unmasked character outlives the call. */
export function readDocument(path: string, kind: "config" | "credentials", bytes: Uint8Array): Document {
  const { text, encoding, hasBom } = decode(bytes);
  const parsed = parse(text);
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
  readonly ranges: readonly SectionRange[];
  readonly hasLoneReturn: boolean;
  readonly lines: LineTable;
  readonly #traits: ReadonlyMap<number, Traits>;
  readonly #plain = new Map<SectionRange, PlainSection>();
  #sections: readonly RawSection[] | undefined;

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
    this.ranges = parsed.sections;
    this.hasLoneReturn = parsed.hasLoneReturn;
    this.#traits = traits;
  }

  get lineCount(): number {
    return this.lines.length;
  }

  get sections(): readonly RawSection[] {
    this.#sections ??= this.ranges.map((range) => new RangeSection(this, range));
    return this.#sections;
  }

  kind(line: number): LineKind {
    return this.lines.kind(line);
  }

  /** From bracket to bracket; what follows on the line is a remark. */
  headerAt(line: number): FilePlace {
    if (this.lines.kind(line) !== "header") return this.lineAt(line);
    return this.place(this.lines.start(line), this.lines.valueEnd(line) + 1);
  }

  /** The section as every tool reads it, made once. */
  plainSection(range: SectionRange): PlainSection {
    let section = this.#plain.get(range);
    if (section === undefined) this.#plain.set(range, (section = new PlainSection(this, range)));
    return section;
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

  setting(line: number): Setting | undefined {
    return this.lines.isSetting(line) ? this.plainSetting(line) : undefined;
  }

  plainSetting(line: number): Setting {
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

/** A stretch of lines as a section; its texts and places are made when they are asked for. */
class RangeSection implements RawSection {
  readonly #document: Document;
  readonly #range: SectionRange;

  constructor(document: Document, range: SectionRange) {
    this.#document = document;
    this.#range = range;
  }

  get header(): string | undefined {
    return this.#range.header < 0 ? undefined : this.#document.headerText(this.#range.header);
  }
  get headerAt(): FilePlace {
    const { header } = this.#range;
    return header < 0 ? this.#document.lineAt(0) : this.#document.headerAt(header);
  }
  get isOdd(): boolean {
    return !this.#range.plain;
  }
  get first(): number {
    return this.#range.first;
  }
  get last(): number {
    return this.#range.last;
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

/** A section that all tools read alike: a window on the line table, searched when asked. */
export class PlainSection implements Section {
  readonly #document: Document;
  readonly #range: SectionRange;
  #header: string | undefined;

  constructor(document: Document, range: SectionRange) {
    this.#document = document;
    this.#range = range;
  }

  get file(): "config" | "credentials" {
    return this.#document.file;
  }
  get header(): string {
    this.#header ??= this.#document.headerText(this.#range.header);
    return this.#header;
  }
  get headerAt(): FilePlace {
    return this.#document.headerAt(this.#range.header);
  }

  get(name: string): Setting | undefined {
    const { lines, text } = this.#document;
    for (let line = this.#range.first + 1; line < this.#range.last; line++) {
      if (!lines.isSetting(line)) continue;
      const start = lines.start(line);
      if (lines.nameEnd(line) - start === name.length && text.startsWith(name, start))
        return this.#document.plainSetting(line);
    }
    return undefined;
  }

  *all(): Iterable<Setting> {
    for (let line = this.#range.first + 1; line < this.#range.last; line++) {
      if (this.#document.lines.isSetting(line)) yield this.#document.plainSetting(line);
    }
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
  all(): Iterable<Setting> {
    return this.settings.values();
  }
}
