import { startWithout, trim } from "./blanks.ts";
import type { Document } from "./document.ts";
import type { Manners } from "./manners.ts";
import type { LineSetting } from "./setting.ts";

/** A value by the rules of gopkg.in/ini.v1; returns the next line, or undefined when a quote never ends. */
export function readGoValue(
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
