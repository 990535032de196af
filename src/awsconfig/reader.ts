import type { Refusal, RefusalCause, Section } from "../model/reading.ts";
import { endWithout, SPACE_AND_TAB, startWithout, trim } from "./blanks.ts";
import type { Document } from "./document.ts";
import { type FileReading, refuse } from "./file-reading.ts";
import { readGoValue } from "./go-value.ts";
import { SHARED_HEADER } from "./header.ts";
import type { Manners } from "./manners.ts";
import { PlainSection, ReadSection } from "./section.ts";
import { LineSetting } from "./setting.ts";
import { splitLine } from "./split-line.ts";

/** One reading of a text in a tool's manners, line by line, and what has to be known of the lines above. */
export class Reader {
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
          const parts = splitLine(text, this.#manners, start, lines.end(line));
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
    const parts = splitLine(document.text, manners, start, document.lines.end(line));
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
