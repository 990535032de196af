import type { Refusal, RefusalCause, Section, Traits } from "../model/reading.ts";
import { endWithout, SPACE_AND_TAB, startWithout, trim, WHITE_SPACE } from "./blanks.ts";
import { Document } from "./document.ts";
import { encode, fromBrokenUtf8 } from "./encoding.ts";

import type { Manners } from "./manners.ts";
import { type Parsed, parse, splitSetting } from "./parse.ts";
import type { PlainFile } from "./plain-file.ts";
import { PlainSection, ReadSection } from "./section.ts";
import { LineSetting } from "./setting.ts";

/** One file as one tool reads it: its sections in order, or where it gives up. */
export interface FileReading {
  readonly refused: Refusal | undefined;
  readonly sections: readonly Section[];
  /** The file itself knows what is in it, where there is nothing to decide. */
  readonly plain?: PlainFile;
}

/** Python and Go keep settings for everyone under this header. */
export const SHARED_HEADER = "DEFAULT";

/** Reads a file in a tool's manners. Sections that hold nothing odd are shared between all tools' readings. */
export function readFile(document: Document, manners: Manners): FileReading {
  if (document.encoding !== "utf-8") {
    switch (manners.notUtf8) {
      case "file refused":
        return notUtf8(document);
      case "file ignored":
        return { refused: undefined, sections: [] };
      case "replaced":
        if (document.encoding === "broken-utf-8") return new Reader(withReplacements(document), manners).read();
        // Its names are full of NULs, so there is no profile in it.
        return new Reader(asBytes(document), manners).read().refused
          ? notUtf8(document)
          : { refused: undefined, sections: [] };
    }
  }
  if (document.hasBom && manners.bom === "refused") {
    return refuse({
      at: document.lineAt(0),
      cause: "byte-order-mark",
      message: "the file starts with a byte order mark",
    });
  }
  const { plain } = document;
  if (plain !== undefined) {
    const sections = (): Section[] => document.sections.filter((section) => section instanceof PlainSection);
    return {
      refused: undefined,
      plain,
      get sections() {
        return sections();
      },
    };
  }
  return new Reader(withLineEnds(document, manners), manners).read();
}

const refuse = (refused: Refusal): FileReading => ({ refused, sections: [] });

const notUtf8 = ({ path }: Document): FileReading =>
  refuse({ at: { kind: "file", path }, cause: "encoding", message: "the file is not UTF-8 text" });

/** U+FFFD for every byte that is not UTF-8. Half a byte order mark of UTF-16 is passed over like a whole one. */
function withReplacements(document: Document): Document {
  const text = document.text.replace(/^(?:\udcff\udcfe|\udcfe\udcff)/, "  ").replace(/[\udc80-\udcff]/gu, "\ufffd");
  return withText(document, text);
}

/** UTF-16 as somebody sees it who goes by bytes. */
function asBytes(document: Document): Document {
  const text = fromBrokenUtf8(encode({ text: document.text, encoding: document.encoding, hasBom: false }));
  return new Document(document.path, document.file, "broken-utf-8", false, text, parse(text), new Map());
}

/** The same document with the line ends that this tool sees. Offsets stay as they are. */
function withLineEnds(document: Document, manners: Manners): Document {
  if (!document.hasLoneReturn || manners.loneReturn === "is text") return document;
  return withText(document, document.text.replace(/\r(?!\n)/g, "\n"));
}

function withText(document: Document, text: string): Document {
  const parsed = parse(text);
  const traits = new Map<number, Traits>();
  for (let line = 0; line < parsed.lines.length; line++) {
    // Where both have the same lines, a value may be known by its line alone.
    const known = document.traits(document.hasLoneReturn ? ~valueStartOf(text, parsed, line) : line);
    if (known !== undefined) traits.set(line, known);
  }
  return new Document(document.path, document.file, document.encoding, document.hasBom, text, parsed, traits);
}

/** Also of an indented line, or one that starts with a bracket. */
function valueStartOf(text: string, { lines }: Parsed, line: number): number {
  if (lines.isSetting(line)) return lines.valueStart(line);
  return splitSetting(text, lines.start(line), lines.end(line), "=:")?.valueStart ?? lines.end(line);
}

class Reader {
  readonly #document: Document;
  readonly #manners: Manners;
  readonly #sections: Section[] = [];
  readonly #headers = new Set<string>();
  /** Blocks that may turn out to be refused: the settings that everyone shares are refused only where somebody has them. */
  readonly #badBlocks: { readonly section: Section; readonly setting: LineSetting }[] = [];
  /** The lines of all blocks of one name add up in Go, whatever stands between them. */
  readonly #blocksByHeader = new Map<string, Map<string, Map<string, string>>>();
  /** Those of this section, and of the others of its name. */
  #blocks: Map<string, Map<string, string>> | undefined;
  /** The section that the next lines belong to; a plain one is closed unless something odd turns out to be part of it. */
  #section: ReadSection | undefined;
  #plain: PlainSection | undefined;
  /** The settings that everyone shares, when the tool wants no twins among them. */
  #shared: ReadSection | undefined;
  /** The setting that an indented line may continue. */
  #open: Open | undefined;
  /** How far in the last header or setting stood: deeper lines continue it (the AWS CLI only). */
  #indent = 0;
  /** How many settings of this section are named `-` (aws-vault only). */
  #numbered = 0;
  #refused: Refusal | undefined;

  constructor(document: Document, manners: Manners) {
    this.#document = document;
    this.#manners = manners;
  }

  read(): FileReading {
    let line = 0;
    for (const section of this.#document.sections) {
      if (section instanceof PlainSection && line <= section.first) {
        this.#finish();
        this.#section = undefined;
        this.#sections.push(section);
        this.#plain = section;
        this.#noteHeader(section.header, section.first);
        this.#indent = 0;
        this.#numbered = 0;
        line = section.last;
      }
      line = Math.max(line, section.first);
      while (line < section.last && this.#refused === undefined) line = this.#readLine(line);
      if (this.#refused !== undefined) return refuse(this.#refused);
    }
    this.#finish();
    this.#refuseBadBlocks();
    if (this.#refused !== undefined) return refuse(this.#refused);
    return { refused: undefined, sections: this.#sections };
  }

  /** Takes in a line, or several, and returns the next one. */
  #readLine(line: number): number {
    const { lines, text } = this.#document;
    const first = lines.start(line);
    const end = lines.end(line);
    const start = startWithout(this.#manners.blanks, text, first, end);
    if (start > first && this.#continues(line, start)) return line + 1;
    if (this.#refused !== undefined) return line + 1;
    if (start === end) {
      if (this.#manners.indented === "continues or starts anew") this.#open?.lines.push("");
      return line + 1;
    }
    const isRemark = text[start] === "#" || text[start] === ";";
    if (isRemark) return line + 1;
    this.#indent = start - first;
    return text[start] === "[" && this.#header(line, start) ? line + 1 : this.#setting(line, start);
  }

  /** Whether an indented line belongs to the setting above it (or is refused). */
  #continues(line: number, start: number): boolean {
    const { blanks, indented } = this.#manners;
    const { lines, text } = this.#document;
    const first = lines.start(line);
    const end = endWithout(blanks, text, start, lines.end(line));
    const isBlank = start >= end;
    const open = this.#open;
    switch (indented) {
      case "continues or starts anew":
        if (isBlank || open === undefined || start - first <= this.#indent) return false;
        if (text[start] === "#" || text[start] === ";") return false;
        break;
      case "must continue":
        if (isBlank) return false;
        if (open === undefined) {
          this.#refuse(
            line,
            this.#section || this.#plain ? "indented" : "above-headers",
            this.#section || this.#plain
              ? "an indented line with no value above it to continue"
              : "a line above the first [section]",
          );
          return true;
        }
        if (open.setting.value === "") {
          const parts = this.#split(start, lines.end(line));
          if (parts === undefined || parts.nameStart === parts.nameEnd) {
            const missing = parts === undefined ? "'='" : "a name";
            this.#refuse(line, "indented", `an indented line without ${missing} below a setting without a value`);
            return true;
          }
        }
        break;
      case "nests or starts anew":
        if (open === undefined || open.setting.value !== "") return false;
        if (!SPACE_AND_TAB.includes(text[first]!)) return false;
        if (open.isNumbered) this.#refuse(line, "indented", "an indented line below a setting named '-'");
        if (isBlank) return true;
        break;
    }
    open.lines.push(text.slice(start, end));
    open.lastLine = line;
    return true;
  }

  #header(line: number, start: number): boolean {
    const { afterHeader, emptyHeader, openHeader, blanks } = this.#manners;
    const content = this.#document.text.slice(start, this.#document.lines.end(line));
    let close = content.lastIndexOf("]");
    if (afterHeader === "remark only") {
      const remark = content.search(/[#;]/);
      const bare = trim(blanks, remark < 0 ? content : content.slice(0, remark));
      if (!bare.endsWith("]")) {
        this.#refuse(line, "header", "a [section] line that does not end with ']'");
        return true;
      }
      close = bare.length - 1;
    }
    if (close < 0 && openHeader === "is a setting") return false;
    if (close === 1 && emptyHeader === "is a setting") return false;
    if (close < 0 || (close === 1 && emptyHeader === "refused")) {
      const fault = close < 0 ? "that is not closed" : "without a name";
      this.#refuse(line, "header", `a [section] line ${fault}`);
      return true;
    }
    this.#finish();
    this.#startSection(content.slice(1, close), line);
    return true;
  }

  #startSection(header: string, line: number): void {
    const isShared = header === SHARED_HEADER && this.#manners.twins === "file refused";
    this.#plain = undefined;
    this.#numbered = 0;
    if (isShared && this.#shared !== undefined) {
      this.#section = this.#shared;
      return;
    }
    this.#section = new ReadSection(this.#document.file, header, this.#document.headerAt(line), new Map());
    this.#sections.push(this.#section);
    if (this.#manners.goStrings) {
      this.#blocks = this.#blocksByHeader.get(header) ?? new Map();
      this.#blocksByHeader.set(header, this.#blocks);
    }
    if (isShared) this.#shared = this.#section;
    this.#noteHeader(header, line);
  }

  #noteHeader(header: string, line: number): void {
    if (this.#manners.twins === "merged") return;
    if (this.#headers.has(header)) this.#refuse(line, "twin-section", `a second [${header}]`);
    this.#headers.add(header);
  }

  /** Some tools take a line for a header that is a setting for others (`[] = x`): then the plain section goes on. */
  #reopen(): void {
    const plain = this.#plain;
    if (plain === undefined) return;
    const own = new Map([...plain.all()].map((setting) => [setting.name, setting] as const));
    this.#section = new ReadSection(plain.file, plain.header, plain.headerAt, own);
    this.#sections[this.#sections.length - 1] = this.#section;
    this.#plain = undefined;
  }

  #setting(line: number, start: number): number {
    this.#reopen();
    const manners = this.#manners;
    const document = this.#document;
    if (this.#section === undefined) {
      if (manners.aboveFirstHeader === "refused") {
        this.#refuse(line, "above-headers", "a line above the first [section]");
        return line + 1;
      }
      this.#startSection(SHARED_HEADER, line);
    }
    const parts = this.#split(start, document.lines.end(line));
    if (parts === undefined || parts.nameStart === parts.nameEnd) {
      const fault = parts === undefined ? `a line without '${manners.delimiters[0]}'` : "a setting without a name";
      this.#refuse(line, "line", fault);
      return line + 1;
    }
    this.#finish();
    const setting = new LineSetting(document, line, parts.nameStart, parts.nameEnd, parts.valueStart, parts.valueEnd);
    setting.name = manners.lowerCase(document.text.slice(parts.nameStart, parts.nameEnd));
    setting.value = document.text.slice(parts.valueStart, parts.bareEnd);
    const isNumbered = manners.goStrings && setting.name === "-";
    if (isNumbered) setting.name = `#${++this.#numbered}`;
    const next = manners.goStrings ? readGoValue(document, manners, line, setting, parts.cut + 1) : line + 1;
    if (next === undefined) {
      this.#refuse(line, "line", "a quoted value without an end");
      return line + 1;
    }
    this.#open = { setting, isNumbered, lines: [], lastLine: next - 1 };
    if (manners.twins === "file refused" && this.#section?.settings.has(setting.name) === true)
      this.#refuse(line, "twin-setting", `a second '${setting.name}' in [${this.#section.header}]`);
    if (setting.value === "") setting.nested = this.#blocks?.get(setting.name);
    if (manners.settingNames.test(setting.name)) this.#section?.settings.set(setting.name, setting);
    return next;
  }

  /** Cuts a line at its first delimiter; undefined when it has none. */
  #split(start: number, end: number): Parts | undefined {
    const { blanks, delimiters, goStrings, remark } = this.#manners;
    const { text } = this.#document;
    const remarkAt = remark === "after a blank" ? text.slice(start, end).search(BLANK_AND_MARK) : -1;
    const bare = remarkAt < 0 ? end : start + remarkAt + 1;
    const name = goStrings ? quotedName(text, start, end) : { start, end: undefined, cutFrom: start };
    if (name === undefined) return undefined;
    let cut = name.cutFrom;
    while (cut < bare && !delimiters.includes(text[cut]!)) cut++;
    if (cut >= bare) return undefined;
    const nameEnd = name.end ?? cut;
    const nameStart = startWithout(blanks, text, name.start, nameEnd);
    const valueStart = startWithout(blanks, text, cut + 1, end);
    return {
      nameStart,
      nameEnd: endWithout(blanks, text, nameStart, nameEnd),
      cut,
      valueStart,
      valueEnd: endWithout(blanks, text, valueStart, end),
      bareEnd: endWithout(blanks, text, valueStart, bare),
    };
  }

  /** The open setting has all its lines: now its value is known. */
  #finish(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const { setting, lines } = open;
    while (lines.at(-1) === "") lines.pop();
    if (lines.length === 0) return;
    setting.lastLine = open.lastLine;
    if (setting.value !== "") {
      setting.value = [setting.value, ...lines].join("\n");
      return;
    }
    const { blanks, blockLineEnds, blockLineWithoutEquals, blockNames } = this.#manners;
    const nested = this.#blocks?.get(setting.name) ?? new Map<string, string>();
    for (const line of lines.flatMap((some) => some.split(blockLineEnds))) {
      const cut = line.indexOf("=");
      const name = trim(blanks, line.slice(0, cut));
      if (cut >= 0 && blockNames.test(name)) nested.set(name, trim(blanks, line.slice(cut + 1)));
      else if (cut < 0 && blockLineWithoutEquals === "refused" && trim(blanks, line) !== "")
        this.#badBlocks.push({ section: this.#section!, setting });
    }
    setting.nested = nested;
    this.#blocks?.set(setting.name, nested);
  }

  /** A block is looked at for each section that has it: in the settings that everyone shares, it may be that none has. */
  #refuseBadBlocks(): void {
    for (const { section, setting } of this.#badBlocks) {
      const isRead =
        section !== this.#shared ||
        this.#sections.some((other) => other !== section && other.get(setting.name) === undefined);
      if (isRead) {
        const line = setting.nameAt.span!.line - 1;
        this.#refuse(line, "line", `a line without '=' in the block below '${setting.name}'`);
      }
    }
  }

  #refuse(line: number, cause: RefusalCause, message: string): void {
    this.#refused ??= { at: this.#document.lineAt(line), cause, message };
  }
}

interface Open {
  readonly setting: LineSetting;
  readonly isNumbered: boolean;
  readonly lines: string[];
  lastLine: number;
}

interface Parts {
  readonly nameStart: number;
  readonly nameEnd: number;
  /** The delimiter. */
  readonly cut: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Where the value ends when a remark is no part of it. */
  readonly bareEnd: number;
}

/** The cross-SDK rule: a blank and then `#` or `;` starts a remark, also right after the equals sign. */
const BLANK_AND_MARK = new RegExp(`[${WHITE_SPACE}][#;]`);

/** Where Go's ini reader sees the name that starts here, and from where on it looks for a delimiter. */
function quotedName(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number | undefined; readonly cutFrom: number } | undefined {
  const hasThree = text.startsWith('"""', start) && hasBytes(text.slice(start, start + 7), 7);
  const quote = hasThree ? '"""' : text[start] === '"' || text[start] === "`" ? text[start] : "";
  if (quote === "") return { start, end: undefined, cutFrom: start };
  const nameStart = start + quote.length;
  const nameEnd = text.indexOf(quote, nameStart);
  if (nameEnd < 0 || nameEnd >= end) return undefined;
  return { start: nameStart, end: nameEnd, cutFrom: nameEnd + quote.length };
}

const hasBytes = (text: string, bytes: number): boolean => new TextEncoder().encode(text).length >= bytes;

/** A value by the rules of gopkg.in/ini.v1; returns the next line, or undefined when a quote never ends. */
function readGoValue(
  document: Document,
  manners: Manners,
  line: number,
  setting: LineSetting,
  from: number,
): number | undefined {
  const { text } = document;
  const end = nextStart(document, line);
  // With its line end, for three quotes and nothing else are told from three quotes and a line end.
  const rest = text.slice(startWithout(manners.blanks, text, from, end), end);
  const quote = rest.startsWith('"""') && rest.length > 3 ? '"""' : rest.startsWith("`") ? "`" : undefined;
  if (quote !== undefined) return readGoQuoted(document, line, setting, rest.slice(quote.length), quote);
  const value = trim(manners.blanks, rest);
  if (value.endsWith("\\")) return readGoContinued(document, manners, line, setting, value);
  const remark = manners.remark === "anywhere in a value" ? value.search(/[#;]/) : firstOf(value, " #", " ;");
  // A remark right after the equals sign has lost its space to trimming: for ByteNess it is the value.
  const cut = remark < 0 ? value : trim(manners.blanks, value.slice(0, remark));
  setting.value = stripQuotes(cut);
  return line + 1;
}

const nextStart = ({ lines, lineCount, text }: Document, line: number): number =>
  line + 1 < lineCount ? lines.start(line + 1) : text.length;

const firstOf = (text: string, first: string, second: string): number => {
  const at = text.indexOf(first);
  return at >= 0 ? at : text.indexOf(second);
};

function stripQuotes(value: string): string {
  const quote = value[0];
  if (value.length < 2 || (quote !== '"' && quote !== "'")) return value;
  return value.indexOf(quote, 1) === value.length - 1 ? value.slice(1, -1) : value;
}

function readGoQuoted(
  document: Document,
  line: number,
  setting: LineSetting,
  rest: string,
  quote: string,
): number | undefined {
  const end = rest.lastIndexOf(quote);
  if (end >= 0) {
    setting.value = rest.slice(0, end);
    return line + 1;
  }
  const taken = [rest];
  for (let next = line + 1; next < document.lineCount; next++) {
    const text = document.text.slice(document.lines.start(next), nextStart(document, next));
    const close = text.lastIndexOf(quote);
    taken.push(close < 0 ? text : text.slice(0, close));
    if (close < 0) continue;
    setting.value = taken.join("");
    setting.lastLine = next;
    return next + 1;
  }
  return undefined;
}

function readGoContinued(
  document: Document,
  manners: Manners,
  line: number,
  setting: LineSetting,
  start: string,
): number {
  let value = start.slice(0, -1);
  let next = line + 1;
  for (; next < document.lineCount; next++) {
    const more = trim(manners.blanks, document.lineText(next));
    value += more;
    if (more === "" || !value.endsWith("\\")) break;
    value = value.slice(0, -1);
  }
  setting.value = value;
  setting.lastLine = Math.min(next, document.lineCount - 1);
  return Math.min(next, document.lineCount - 1) + 1;
}
