import type { Refusal, RefusalCause, Section, Setting, Traits } from "../model/reading.ts";
import { isAwsVault } from "../model/tool.ts";
import { Document, LineSetting, PlainSection, ReadSection } from "./document.ts";
import type { Manners } from "./manners.ts";
import { type Parsed, parse, splitSetting } from "./parse.ts";

/** One file as one tool reads it: its sections in order, or where it gives up. */
export interface FileReading {
  readonly refused: Refusal | undefined;
  readonly sections: readonly Section[];
}

/** Reads a file in a tool's manners. Sections that hold nothing odd are shared between all tools' readings. */
export function readFile(document: Document, manners: Manners): FileReading {
  if (document.hasBom && document.encoding === "utf-8" && manners.bom === "refused") {
    return refuse({
      at: document.lineAt(0),
      cause: "byte-order-mark",
      message: "the file starts with a byte order mark",
    });
  }
  if (document.encoding !== "utf-8") {
    const isWide = document.encoding !== "latin1";
    if (manners.notUtf8 === "file refused" || (isWide && manners.bom === "refused")) {
      return refuse({
        at: { kind: "file", path: document.path },
        cause: "encoding",
        message: "the file is not UTF-8 text",
      });
    }
    if (manners.notUtf8 === "file ignored") return { refused: undefined, sections: [] };
  }
  if (document.plain !== undefined) return { refused: undefined, sections: document.plain.sections };
  const reader = new Reader(withLineEnds(document, manners), manners);
  return reader.read();
}

const refuse = (refused: Refusal): FileReading => ({ refused, sections: [] });

/** The same document with the line ends that this tool sees. Offsets stay as they are. */
function withLineEnds(document: Document, manners: Manners): Document {
  if (!document.hasLoneReturn || manners.loneReturn === "is text") return document;
  const text = document.text.replace(/\r(?!\n)/g, "\n");
  const parsed = parse(text);
  const traits = new Map<number, Traits>();
  for (let line = 0; line < parsed.lines.length; line++) {
    const known = document.traits(~valueStartOf(text, parsed, line));
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
  /** The section that the next lines belong to; a plain one is closed unless something odd turns out to be part of it. */
  #section: ReadSection | undefined;
  #plain: PlainSection | undefined;
  /** The setting that an indented line may continue. */
  #open: Open | undefined;
  /** How far in the last header or setting stood: deeper lines continue it (the AWS CLI only). */
  #indent = 0;
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
        line = section.last;
      }
      line = Math.max(line, section.first);
      while (line < section.last && this.#refused === undefined) line = this.#readLine(line);
      if (this.#refused !== undefined) return refuse(this.#refused);
    }
    this.#finish();
    if (this.#refused !== undefined) return refuse(this.#refused);
    return { refused: undefined, sections: this.#sections };
  }

  /** Takes in a line, or several, and returns the next one. */
  #readLine(line: number): number {
    const raw = this.#document.lineText(line);
    const content = raw.trim();
    if (content === "") {
      if (this.#manners.indented === "continues or starts anew") this.#open?.lines.push("");
      return line + 1;
    }
    const indent = raw.length - raw.trimStart().length;
    const isRemark = content.startsWith("#") || content.startsWith(";");
    if (isRemark && indent === 0) return line + 1;
    if (indent > 0 && this.#continues(line, content, indent, isRemark)) return line + 1;
    if (this.#refused !== undefined || isRemark) return line + 1;
    this.#indent = indent;
    const start = this.#document.lines.start(line) + indent;
    return content.startsWith("[") && this.#header(line, content) ? line + 1 : this.#setting(line, start);
  }

  /** Whether an indented line belongs to the setting above it (or is refused). */
  #continues(line: number, content: string, indent: number, isRemark: boolean): boolean {
    const open = this.#open;
    switch (this.#manners.indented) {
      case "continues or starts anew":
        if (isRemark) return true;
        if (open === undefined || indent <= this.#indent) return false;
        break;
      case "must continue":
        if (open === undefined) {
          this.#refuse(
            line,
            this.#section ? "indented" : "above-headers",
            this.#section ? "an indented line with no value above it to continue" : "a line above the first [section]",
          );
          return true;
        }
        if (open.setting.value === "" && !content.includes("=")) {
          this.#refuse(line, "indented", "an indented line without '=' below a setting without a value");
          return true;
        }
        break;
      case "nests or starts anew":
        if (open === undefined || open.setting.value !== "") return false;
        break;
    }
    open.lines.push(content);
    open.lastLine = line;
    return true;
  }

  #header(line: number, content: string): boolean {
    const { afterHeader, tool } = this.#manners;
    let close = content.lastIndexOf("]");
    if (afterHeader === "remark only") {
      const remark = content.search(/[#;]/);
      const bare = (remark < 0 ? content : content.slice(0, remark)).trimEnd();
      if (!bare.endsWith("]")) {
        this.#refuse(line, "header", "a [section] line that does not end with ']'");
        return true;
      }
      close = bare.length - 1;
    }
    if (close < 0 && tool === "cli") return false;
    if (close < 0 || (close === 1 && isAwsVault(tool))) {
      this.#refuse(
        line,
        "header",
        close < 0 ? "a [section] line that is not closed" : "a [section] line without a name",
      );
      return true;
    }
    if (close === 1 && tool === "cli") return false;
    this.#finish();
    const header = content.slice(1, close);
    this.#section = new ReadSection(this.#document.file, header, this.#document.headerAt(line), new Map());
    this.#sections.push(this.#section);
    this.#plain = undefined;
    this.#noteHeader(header, line);
    return true;
  }

  #noteHeader(header: string, line: number): void {
    if (this.#manners.twins === "merged") return;
    if (this.#headers.has(header) && header !== "DEFAULT") this.#refuse(line, "twin-section", `a second [${header}]`);
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
    if (this.#section === undefined && manners.aboveFirstHeader === "refused") {
      this.#refuse(line, "above-headers", "a line above the first [section]");
      return line + 1;
    }
    const parts = splitSetting(document.text, start, document.lines.end(line), manners.delimiters);
    if (parts === undefined || parts.nameEnd === start) {
      this.#refuse(
        line,
        "line",
        parts === undefined ? `a line without '${manners.delimiters[0]}'` : "a setting without a name",
      );
      return line + 1;
    }
    this.#finish();
    const setting = new LineSetting(document, line, start, parts.nameEnd, parts.valueStart, parts.valueEnd);
    const next = manners.goStrings ? readGoValue(document, manners, line, setting) : line + 1;
    if (manners.remark === "after a blank")
      setting.value = withoutRemark(document, parts.nameEnd, document.lines.end(line));
    if (next === undefined) {
      this.#refuse(line, "line", "a quoted value without an end");
      return line + 1;
    }
    this.#open = { setting, lines: [], lastLine: next - 1 };
    if (this.#section?.settings.has(setting.name) === true) {
      if (manners.twins === "file refused")
        this.#refuse(line, "twin-setting", `a second '${setting.name}' in [${this.#section.header}]`);
      // Nested lines of two blocks of one name add up in Go.
      if (manners.goStrings && setting.value === "") {
        const earlier = this.#section.settings.get(setting.name)?.nested ?? [];
        for (const [name, value] of earlier) this.#open.lines.push(`${name}=${value}`);
      }
    }
    if (manners.settingNames.test(setting.name)) this.#section?.settings.set(setting.name, setting);
    return next;
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
      if (this.#manners.tool === "cli") setting.value = [setting.value, ...lines].join("\n");
      else setting.value = [setting.value, ...lines.filter((line) => line !== "")].join("\n");
      return;
    }
    const nested = new Map<string, string>();
    for (const line of lines) {
      if (line === "") continue;
      const cut = line.indexOf("=");
      if (cut < 0 && this.#manners.tool === "cli") {
        this.#refuse(setting.nameAt.span!.line - 1, "line", `a line without '=' in the block below '${setting.name}'`);
        return;
      }
      if (cut >= 0) nested.set(line.slice(0, cut).trim(), line.slice(cut + 1).trim());
    }
    setting.nested = nested;
  }

  #refuse(line: number, cause: RefusalCause, message: string): void {
    this.#refused ??= { at: this.#document.lineAt(line), cause, message };
  }
}

interface Open {
  readonly setting: LineSetting;
  readonly lines: string[];
  lastLine: number;
}

/** The cross-SDK rule: a blank and then `#` or `;` starts a remark, also right after the equals sign. */
function withoutRemark(document: Document, nameEnd: number, end: number): string {
  const afterName = document.text.slice(nameEnd, end);
  const value = afterName.slice(afterName.indexOf("=") + 1);
  const remark = /[ \t][#;]/.exec(value);
  return trimAscii(remark ? value.slice(0, remark.index) : value);
}

function trimAscii(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ASCII_BLANKS.includes(text[start]!)) start++;
  while (end > start && ASCII_BLANKS.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

const ASCII_BLANKS = " \t\r\n\f\v";

/** A value by the rules of gopkg.in/ini.v1; returns the next line, or undefined when a quote never ends. */
function readGoValue(document: Document, manners: Manners, line: number, setting: LineSetting): number | undefined {
  const value = setting.value;
  const quote = value.startsWith('"""') && value.length > 3 ? '"""' : value.startsWith("`") ? "`" : undefined;
  if (quote !== undefined) return readGoQuoted(document, line, setting, quote);
  if (value.endsWith("\\")) return readGoContinued(document, line, setting);
  const remark = manners.remark === "anywhere" ? value.search(/[#;]/) : firstOf(value, " #", " ;");
  // A remark right after the equals sign has lost its space to trimming: for ByteNess it is the value.
  const cut = remark < 0 ? value : value.slice(0, remark).trim();
  setting.value = stripQuotes(cut);
  return line + 1;
}

const firstOf = (text: string, first: string, second: string): number => {
  const at = text.indexOf(first);
  return at >= 0 ? at : text.indexOf(second);
};

function stripQuotes(value: string): string {
  const quote = value[0];
  if (value.length < 2 || (quote !== '"' && quote !== "'")) return value;
  return value.indexOf(quote, 1) === value.length - 1 ? value.slice(1, -1) : value;
}

function readGoQuoted(document: Document, line: number, setting: LineSetting, quote: string): number | undefined {
  const rest = setting.value.slice(quote.length);
  const end = rest.lastIndexOf(quote);
  if (end >= 0) {
    setting.value = rest.slice(0, end);
    return line + 1;
  }
  const taken = [rest];
  for (let next = line + 1; next < document.lineCount; next++) {
    const text = document.lineText(next);
    const close = text.lastIndexOf(quote);
    taken.push(close < 0 ? text : text.slice(0, close));
    if (close < 0) continue;
    setting.value = taken.join("\n");
    setting.lastLine = next;
    return next + 1;
  }
  return undefined;
}

function readGoContinued(document: Document, line: number, setting: LineSetting): number {
  let value = setting.value.slice(0, -1);
  let next = line + 1;
  for (; next < document.lineCount; next++) {
    const more = document.lineText(next).trim();
    value += more;
    if (more === "" || !value.endsWith("\\")) break;
    value = value.slice(0, -1);
  }
  setting.value = value;
  setting.lastLine = Math.min(next, document.lineCount - 1);
  return Math.min(next, document.lineCount - 1) + 1;
}

/** Values that stand for one another several times over could fill the memory. */
const EXPANDED_MAX = 64 * 1024;

/** `%(name)s` in a value of Go's ini reader stands for another setting of the section. */
export function expand(value: string, lookUp: (name: string) => Setting | undefined): string {
  let text = value;
  for (let depth = 0; depth < 99 && text.includes("%("); depth++) {
    const next = text.replace(/%\(([^()]+)\)s/, (whole, name: string) => lookUp(name.toLowerCase())?.value ?? whole);
    if (next === text || next.length > EXPANDED_MAX) break;
    text = next;
  }
  return text;
}
