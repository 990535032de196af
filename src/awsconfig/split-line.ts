import { endWithout, startWithout, WHITE_SPACE } from "./blanks.ts";
import type { Manners } from "./manners.ts";

/** Cuts a line at its first delimiter; undefined when it has none. */
export function splitLine(text: string, manners: Manners, start: number, end: number): Parts | undefined {
  const { blanks, delimiters, goStrings, remark } = manners;
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
