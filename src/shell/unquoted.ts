/** What quotes and backslashes stand for. */
import { continuation, indexOrEnd, type Word } from "./cursor.ts";

/** A word as the command gets it, variables and substitutions left as they are written. */
export function unquoted(text: string, word: Word, fish: boolean): string {
  let result = "";
  let position = word.start;
  while (position < word.end) {
    const character = text[position]!;
    if (character === "'" || (character === "$" && text[position + 1] === "'" && !fish)) {
      const style = fish ? "fish" : character === "$" ? "ansi" : "plain";
      const [inner, next] = singleQuoted(text, style === "ansi" ? position + 2 : position + 1, word.end, style);
      result += inner;
      position = next;
    } else if (character === '"') {
      const [inner, next] = doubleQuoted(text, position + 1, word.end);
      result += inner;
      position = next;
    } else if (character === "\\") {
      const [inner, next] = escaped(text, position, fish);
      result += inner;
      position = next;
    } else {
      result += character;
      position++;
    }
  }
  return result;
}

function escaped(text: string, position: number, fish: boolean): [string, number] {
  const taken = continuation(text, position);
  if (taken > 0) return ["", position + taken];
  return fish ? escape(text, position, fish) : [text[position + 1] ?? "", position + 2];
}

function singleQuoted(text: string, from: number, end: number, style: "plain" | "ansi" | "fish"): [string, number] {
  if (style === "plain") {
    const close = Math.min(indexOrEnd(text, "'", from), end);
    return [text.slice(from, close), close + 1];
  }
  let result = "";
  let position = from;
  while (position < end && text[position] !== "'") {
    if (text[position] !== "\\") result += text[position++];
    else if (style === "ansi") {
      const [inner, next] = escape(text, position, false);
      result += inner;
      position = next;
    } else {
      if (text[position + 1] !== "'" && text[position + 1] !== "\\") result += "\\";
      result += text[position + 1] ?? "";
      position += 2;
    }
  }
  return [result, position + 1];
}

function doubleQuoted(text: string, from: number, end: number): [string, number] {
  let result = "";
  let position = from;
  while (position < end && text[position] !== '"') {
    if (text[position] !== "\\") {
      result += text[position++];
      continue;
    }
    const taken = continuation(text, position);
    if (taken > 0) {
      position += taken;
      continue;
    }
    const next = text[position + 1] ?? "";
    result += /["\\$`]/.test(next) ? next : `\\${next}`;
    position += 2;
  }
  return [result, position + 1];
}

const ESCAPE = /\\(?:[xX]([\dA-Fa-f]{1,2})|u([\dA-Fa-f]{1,4})|U([\dA-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))/sy;
const CONTROLS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** One backslash escape, as `$'…'` and fish know them. */
function escape(text: string, position: number, fish: boolean): [string, number] {
  ESCAPE.lastIndex = position;
  const match = ESCAPE.exec(text);
  if (match === null) return ["\\", position + 1];
  const [whole, byte, short, long, octal, control, other] = match;
  const next = position + whole.length;
  const hex = byte ?? short ?? long;
  if (hex !== undefined || octal !== undefined) {
    const code = hex === undefined ? Number.parseInt(octal!, 8) : Number.parseInt(hex, 16);
    return [code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code), next];
  }
  if (control !== undefined) return [String.fromCharCode(control.charCodeAt(0) & 31), next];
  if (Object.hasOwn(CONTROLS, other!)) return [CONTROLS[other!]!, next];
  return [fish || /[\\'"?]/.test(other!) ? other! : whole, next];
}
