import { INDENT } from "./blanks.ts";
import { BLANK, COMMENT, HEADER, INDENTED, LineTable, SETTING, UNREADABLE } from "./lines.ts";
import { BITS, mix, NAMES_MAX, Names, NO_NAME } from "./names.ts";
import { SectionTable } from "./sections.ts";

export interface Parsed {
  readonly lines: LineTable;
  readonly names: Names;
  readonly sections: SectionTable;
  /** A carriage return that ends no line: Python takes it for a line end, the others do not. */
  readonly hasLoneReturn: boolean;
}

/** A section of Python's own making. */
const PYTHONS = "DEFAULT";
const PREFIXES = ["profile", "sso-session", "services"];
const BLANK_TO_ALL = /^[ \t]*$/;
const PLAIN_SECTION_SETTINGS_MAX = 64; // Above it, looking for twins by comparing all pairs would cost too much.

/**
 * Finds the lines and sections of an AWS file. Takes any text and never fails: what it cannot read is a line of kind
 * "unreadable". Every character belongs to exactly one line, so the text itself is the way back. `ascii` is the same
 * text as bytes, where somebody has them.
 */
export const parse = (text: string, ascii?: Uint8Array): Parsed => new Parser(text, ascii ?? codesOf(text)).parse();

class Parser {
  readonly #text: string;
  readonly #codes: Codes;
  readonly #lines: LineTable;
  readonly #names: Names;
  /** The earlier line that the last one is like: what follows the two is often the same, too. */
  #like = -1;
  #lastHeader = -1;
  /** The last ordinary setting of each name, by the name's number. */
  readonly #lastNamed = new Int32Array(NAMES_MAX).fill(-1);

  constructor(text: string, codes: Codes) {
    this.#text = text;
    this.#codes = codes;
    this.#names = new Names(text);
    this.#lines = new LineTable(text.length, this.#names);
  }

  parse(): Parsed {
    const text = this.#text;
    const lines = this.#lines;
    const hasLoneReturn = text.includes("\r") && /\r(?!\n)/.test(text);
    const sections = new SectionTable();
    let isHeaded = false;
    let first = 0;
    let settings = 0;
    let has = 0; // Of the first names, a bit each.
    let isPlain = !hasLoneReturn;
    for (let start = 0; start < text.length; ) {
      const line = lines.length;
      start = this.#line(start);
      if (lines.isHeader(line)) {
        if (line > first) sections.add(first, line, isHeaded, isPlain, has);
        isHeaded = true;
        first = line;
        settings = 0;
        has = 0;
        isPlain = !hasLoneReturn;
      }
      if (!isPlain) continue;
      if (lines.isOdd(line)) isPlain = false;
      else if (lines.isSetting(line)) {
        if (!isHeaded || ++settings > PLAIN_SECTION_SETTINGS_MAX) isPlain = false;
        else {
          const name = lines.name(line);
          if ((name >= BITS || (has & (1 << name)) !== 0) && lines.find(name, first + 1, line) >= 0) isPlain = false;
          else if (name < BITS) has |= 1 << name;
        }
      }
    }
    if (lines.length > first) sections.add(first, lines.length, isHeaded, isPlain, has);
    return { lines, names: this.#names, sections, hasLoneReturn };
  }

  /** Adds the line that starts here, and returns where the next one starts. */
  #line(start: number): number {
    const code = this.#codes[start]!;
    if (IS_NAME[code] === 1) return this.#setting(start);
    if (code === BRACKET) return this.#header(start);
    const lines = this.#lines;
    if (code === NEW_LINE) {
      lines.add(BLANK, false, start, start, start, ~start, 1);
      this.#like++;
      return start + 1;
    }
    const next = this.#lineEnd(start);
    const end = this.#withoutEnd(start, next);
    if (code === HASH || code === SEMICOLON) {
      lines.add(COMMENT, false, start, start, start, ~start, next - end);
      return next;
    }
    const content = this.#text.slice(start, end);
    if (content.trim() === "") lines.add(BLANK, !BLANK_TO_ALL.test(content), start, start, start, ~start, next - end);
    else if (INDENT.test(content)) lines.add(INDENTED, true, start, start, end, ~start, next - end);
    else this.#oddSetting(start, end, next);
    return next;
  }

  /** An ordinary header, in one pass: a name, or one of the prefixes, a space and a name; then nothing but spaces. */
  #header(start: number): number {
    const codes = this.#codes;
    let at = start + 1;
    while (IS_HEADER[codes[at]!] === 1) at++;
    let nameStart = start + 1;
    if (codes[at] === SPACE && isPrefix(this.#text, start + 1, at)) {
      nameStart = ++at;
      while (IS_HEADER[codes[at]!] === 1) at++;
    }
    const close = at;
    if (codes[close] !== BRACKET_END || close === nameStart) return this.#oddHeader(start);
    if (close - start === PYTHONS.length + 1 && this.#text.startsWith(PYTHONS, start + 1))
      return this.#oddHeader(start);
    do at++;
    while (codes[at] === SPACE);
    const end = at;
    if (codes[at] === RETURN && codes[at + 1] === NEW_LINE) at++;
    if (codes[at] !== NEW_LINE && at !== this.#text.length) return this.#oddHeader(start);
    const next = Math.min(at + 1, this.#text.length);
    this.#like = this.#lastHeader;
    this.#lastHeader = this.#lines.length;
    this.#lines.add(HEADER, false, start, start + 1, close, nameStart, next - end);
    return next;
  }

  #oddHeader(start: number): number {
    const next = this.#lineEnd(start);
    const end = this.#withoutEnd(start, next);
    const close = start + this.#text.slice(start, end).lastIndexOf("]");
    if (close <= start) this.#lines.add(UNREADABLE, true, start, start, end, ~start, next - end);
    else this.#lines.add(HEADER, true, start, start + 1, close, ~start, next - end);
    return next;
  }

  /**
   * The ordinary line: `name = value` with nothing in it that tools disagree about. Most often it stands below the like of
   * the line above too, as a whole or up to some way into its value, and what is the same need not be looked at again.
   */
  #setting(start: number): number {
    const codes = this.#codes;
    const lines = this.#lines;
    const model = this.#like + 1;
    if (model >= lines.length || !lines.isPlainSetting(model)) return this.#newSetting(start);
    const from = lines.start(model);
    const size = (model + 1 < lines.length ? lines.start(model + 1) : start) - from;
    let same = 0;
    while (same < size && codes[start + same] === codes[from + same]) same++;
    const name = lines.name(model);
    const valueStart = start - from + lines.valueStart(model);
    const valueEnd = start - from + lines.valueEnd(model);
    if (same < size) {
      const known = Math.min(start + same, valueEnd);
      return known > valueStart ? this.#value(start, name, valueStart, known) : this.#newSetting(start);
    }
    lines.add(SETTING, false, start, valueStart, valueEnd, name, lines.lengthOfEnd(model));
    if (this.#lastNamed[name] === model) lines.markRepeated();
    this.#follow(name);
    return start + size;
  }

  #newSetting(start: number): number {
    const codes = this.#codes;
    let at = start;
    let hash = 0;
    let code = codes[at]!;
    while (IS_NAME[code] === 1) {
      hash = mix(hash, code);
      code = codes[++at]!;
    }
    const nameEnd = at;
    while (code === SPACE) code = codes[++at]!;
    if (code !== EQUALS) return this.#oddLine(start);
    do code = codes[++at]!;
    while (code === SPACE);
    const name = this.#names.number(start, nameEnd, hash);
    if (name === NO_NAME) return this.#oddLine(start);
    if (nameEnd === start + 1 && codes[start] === DASH) return this.#oddLine(start); // Go counts these.
    return this.#value(start, name, at, at);
  }

  /** The rest of such a line, whose value is known up to there. */
  #value(start: number, name: number, valueStart: number, known: number): number {
    const codes = this.#codes;
    let at = known;
    let code = codes[at]!;
    while (IS_VALUE[code] === 1) code = codes[++at]!;
    const end = at;
    if (code === RETURN && codes[at + 1] === NEW_LINE) code = codes[++at]!;
    if (code !== NEW_LINE && at !== this.#text.length) return this.#oddLine(start);
    let valueEnd = end;
    while (valueEnd > valueStart && codes[valueEnd - 1] === SPACE) valueEnd--;
    const next = Math.min(at + 1, this.#text.length);
    this.#lines.add(SETTING, false, start, valueStart, valueEnd, name, next - end);
    this.#follow(name);
    return next;
  }

  /** What follows the setting just added is likely to be what followed the one before it of that name. */
  #follow(name: number): void {
    this.#like = this.#lastNamed[name]!;
    this.#lastNamed[name] = this.#lines.length - 1;
  }

  #oddLine(start: number): number {
    const next = this.#lineEnd(start);
    this.#oddSetting(start, this.#withoutEnd(start, next), next);
    return next;
  }

  #oddSetting(start: number, end: number, next: number): void {
    const parts = splitSetting(this.#text, start, end, "=:");
    if (parts === undefined) this.#lines.add(UNREADABLE, true, start, start, end, ~start, next - end);
    else this.#lines.add(SETTING, true, start, parts.valueStart, parts.valueEnd, ~parts.nameEnd, next - end);
  }

  #lineEnd(from: number): number {
    const end = this.#codes.indexOf(NEW_LINE, from);
    return end < 0 ? this.#text.length : end + 1;
  }

  #withoutEnd(start: number, next: number): number {
    let end = next;
    if (end > start && this.#codes[end - 1] === NEW_LINE) end--;
    if (end > start && this.#codes[end - 1] === RETURN && end < next) end--;
    return end;
  }
}

/** The characters as numbers, which are read faster than a string. */
type Codes = Uint8Array | Uint16Array;

function codesOf(text: string): Codes {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === text.length) return bytes; // All ASCII, as nearly every file is.
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i);
  return codes;
}

const [NEW_LINE, RETURN, SPACE, HASH, SEMICOLON, EQUALS] = [0x0a, 0x0d, 0x20, 0x23, 0x3b, 0x3d] as const;
const [BRACKET, BRACKET_END, DASH] = [0x5b, 0x5d, 0x2d] as const;

const isPrefix = (text: string, from: number, to: number): boolean =>
  PREFIXES.some((prefix) => prefix.length === to - from && text.startsWith(prefix, from));

const IS_HEADER = table((character) => /[A-Za-z0-9_\-./%@:+]/.test(character));
const IS_NAME = table((character) => /[a-z0-9_.-]/.test(character));
/** Printable ASCII but for what starts a remark, a quote, an escape or an expansion for some tool. */
const IS_VALUE = table((character) => /[ -~]/.test(character) && !/["#%';\\`]/.test(character));

function table(holds: (character: string) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (holds(String.fromCharCode(code)) ? 1 : 0));
}

export interface SettingParts {
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Cuts a line at its first delimiter; undefined when it has none. The value is trimmed at both ends. */
export function splitSetting(
  text: string,
  start: number,
  end: number,
  delimiters: "=" | "=:",
): SettingParts | undefined {
  let cut = start;
  while (cut < end && !delimiters.includes(text[cut]!)) cut++;
  if (cut === end) return undefined;
  const value = text.slice(cut + 1, end);
  const valueStart = cut + 1 + (value.length - value.trimStart().length);
  return {
    nameEnd: start + text.slice(start, cut).trimEnd().length,
    valueStart: Math.min(valueStart, end),
    valueEnd: Math.max(Math.min(valueStart, end), end - (value.length - value.trimEnd().length)),
  };
}
