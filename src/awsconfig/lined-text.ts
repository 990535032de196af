import type { Encoding, LineKind, SectionKind } from "../model/document.ts";
import type { FilePlace, Span } from "../model/place.ts";
import type { Traits } from "../model/reading.ts";
import type { LineTable } from "./lines.ts";
import type { Names } from "./names.ts";
import type { Parsed } from "./parse.ts";
import type { SectionTable } from "./sections.ts";

/** A masked text with its tables: where its lines and sections are, and what they are. */
export class LinedText {
  readonly path: string;
  readonly file: "config" | "credentials";
  readonly encoding: Encoding;
  readonly hasBom: boolean;
  readonly text: string;
  readonly sealedBy: string | undefined;
  readonly hasLoneReturn: boolean;
  readonly lines: LineTable;
  readonly names: Names;
  readonly ranges: SectionTable;
  readonly #traits: ReadonlyMap<number, Traits>;

  constructor(
    path: string,
    file: "config" | "credentials",
    encoding: Encoding,
    hasBom: boolean,
    text: string,
    parsed: Parsed,
    traits: ReadonlyMap<number, Traits>,
    sealedBy?: string,
  ) {
    this.path = path;
    this.file = file;
    this.encoding = encoding;
    this.hasBom = hasBom;
    this.text = text;
    this.sealedBy = sealedBy;
    this.lines = parsed.lines;
    this.names = parsed.names;
    this.ranges = parsed.sections;
    this.hasLoneReturn = parsed.hasLoneReturn;
    this.#traits = traits;
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
