import { INDENT } from "./blanks.ts";
import { LineTable } from "./lines.ts";

/** A header and the lines below it; `header` is -1 for the lines above the first header. */
export interface SectionRange {
  readonly header: number;
  readonly first: number;
  readonly last: number;
  /** Every tool reads these lines alike. */
  readonly plain: boolean;
}

export interface Parsed {
  readonly lines: LineTable;
  readonly sections: readonly SectionRange[];
  /** A carriage return that ends no line: Python takes it for a line end, the others do not. */
  readonly hasLoneReturn: boolean;
}

const PLAIN_HEADER = /^(?!DEFAULT$)(?:default|(?:profile |sso-session |services )?[A-Za-z0-9_\-./%@:+]+)$/;
const BLANK_TO_ALL = /^[ \t]*$/;
const PLAIN_SECTION_SETTINGS_MAX = 64; // Above it, looking for twins by comparing all pairs would cost too much.

/**
 * Finds the lines and sections of an AWS file. Takes any text and never fails: what it cannot read is a line of kind
 * "unreadable". Every character belongs to exactly one line, so the text itself is the way back.
 */
export function parse(text: string): Parsed {
  const lines = new LineTable(text.length);
  const hasLoneReturn = text.includes("\r") && /\r(?!\n)/.test(text);
  const sections: SectionRange[] = [];
  let header = -1;
  let first = 0;
  let plain = !hasLoneReturn;
  let names: number[] = [];
  const close = (last: number): void => {
    if (last > first) sections.push({ header, first, last, plain });
  };
  let start = 0;
  while (start < text.length) {
    const line = lines.length;
    const next = readLine(text, start, lines);
    const kind = lines.kind(line);
    if (kind === "header") {
      close(line);
      header = first = line;
      plain = !hasLoneReturn;
      names = [];
    }
    if (lines.isOdd(line)) plain = false;
    else if (kind === "setting" && plain) {
      if (header < 0 || names.length >= PLAIN_SECTION_SETTINGS_MAX || hasTwin(text, lines, names, line)) plain = false;
      names.push(line);
    }
    start = next;
  }
  close(lines.length);
  return { lines, sections, hasLoneReturn };
}

function hasTwin(text: string, lines: LineTable, others: readonly number[], line: number): boolean {
  const start = lines.start(line);
  const length = lines.nameEnd(line) - start;
  for (const other of others) {
    const from = lines.start(other);
    if (lines.nameEnd(other) - from !== length) continue;
    if (text.startsWith(text.slice(start, start + length), from)) return true;
  }
  return false;
}

/** Adds the line that starts here, and returns where the next one starts. */
function readLine(text: string, start: number, lines: LineTable): number {
  const code = text.charCodeAt(start);
  if (code === 0x23 || code === 0x3b) {
    const next = lineEnd(text, start);
    lines.add("comment", false, start, start, start, start, withoutEnd(text, start, next));
    return next;
  }
  if (code === 0x5b) return readHeader(text, start, lines);
  if (code <= 0x20 || code > 0x7e) {
    const next = lineEnd(text, start);
    const end = withoutEnd(text, start, next);
    const content = text.slice(start, end);
    if (content.trim() === "") lines.add("blank", !BLANK_TO_ALL.test(content), start, start, start, start, end);
    else if (INDENT.test(content)) lines.add("indented", true, start, start, start, end, end);
    else addSetting(text, start, end, lines);
    return next;
  }
  return readSetting(text, start, lines);
}

function readHeader(text: string, start: number, lines: LineTable): number {
  const next = lineEnd(text, start);
  const end = withoutEnd(text, start, next);
  const close = start + text.slice(start, end).lastIndexOf("]");
  if (close <= start) {
    lines.add("unreadable", true, start, start, start, end, end);
    return next;
  }
  const isPlain = PLAIN_HEADER.test(text.slice(start + 1, close)) && BLANK_TO_ALL.test(text.slice(close + 1, end));
  lines.add("header", !isPlain, start, start, start + 1, close, end);
  return next;
}

/** The ordinary line, in one pass over its characters: `name = value` with nothing in it that tools disagree about. */
function readSetting(text: string, start: number, lines: LineTable): number {
  const length = text.length;
  let at = start;
  while (at < length && isNameCharacter(text.charCodeAt(at))) at++;
  const nameEnd = at;
  while (text.charCodeAt(at) === 0x20) at++;
  if (nameEnd === start || text.charCodeAt(at) !== 0x3d) return readOddSetting(text, start, lines);
  if (nameEnd === start + 1 && text[start] === "-") return readOddSetting(text, start, lines); // Go counts these.
  at++;
  while (text.charCodeAt(at) === 0x20) at++;
  const valueStart = at;
  let valueEnd = at;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) break;
    if (code === 0x20) continue;
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) break;
    // " # % ' ; \ ` and all that is not printable ASCII.
    if (
      code < 0x20 ||
      code > 0x7e ||
      code === 0x22 ||
      code === 0x23 ||
      code === 0x25 ||
      code === 0x27 ||
      code === 0x3b ||
      code === 0x5c ||
      code === 0x60
    ) {
      return readOddSetting(text, start, lines);
    }
    valueEnd = at + 1;
  }
  lines.add("setting", false, start, nameEnd, valueStart, valueEnd, at);
  return lineEnd(text, at);
}

function readOddSetting(text: string, start: number, lines: LineTable): number {
  const next = lineEnd(text, start);
  addSetting(text, start, withoutEnd(text, start, next), lines);
  return next;
}

function addSetting(text: string, start: number, end: number, lines: LineTable): void {
  const parts = splitSetting(text, start, end, "=:");
  if (parts === undefined) lines.add("unreadable", true, start, start, start, end, end);
  else lines.add("setting", true, start, parts.nameEnd, parts.valueStart, parts.valueEnd, end);
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

const isNameCharacter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || code === 0x5f || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e;

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

function withoutEnd(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text.charCodeAt(end - 1) === 0x0a) end--;
  if (end > start && text.charCodeAt(end - 1) === 0x0d && end < next) end--;
  return end;
}
