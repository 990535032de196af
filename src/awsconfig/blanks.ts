/** What Unicode calls white space. JavaScript's own trimming takes a byte order mark for a blank, which none of the tools does. */
export const WHITE_SPACE =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
/** Python counts four separators of old as blanks, too. */
export const PYTHON_BLANKS = `${WHITE_SPACE}\x1c\x1d\x1e\x1f`;
/** What may be an indent to anyone. */
export const INDENT = /^[\s\x1c-\x1f\u0085]+/;
/** The cross-SDK specification knows no others. */
export const SPACE_AND_TAB = " \t";

/** Where the text between two offsets starts without its blanks; the end when there are only blanks. */
export function startWithout(blanks: string, text: string, start: number, end: number): number {
  let at = start;
  while (at < end && blanks.includes(text[at]!)) at++;
  return at;
}

export function endWithout(blanks: string, text: string, start: number, end: number): number {
  let at = end;
  while (at > start && blanks.includes(text[at - 1]!)) at--;
  return at;
}

export function trim(blanks: string, text: string): string {
  const start = startWithout(blanks, text, 0, text.length);
  return text.slice(start, endWithout(blanks, text, start, text.length));
}
