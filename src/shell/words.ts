/** Where a word ends, with all that its quotes and brackets hold. */
import { type Cursor, continuation, endsWord, pastBlanks, type Word } from "./cursor.ts";
import { DOLLAR_READS, openedBy, skipGroups } from "./groups.ts";
import { skipBackticks, skipSingleQuotes } from "./quotes.ts";

export function readWord(cursor: Cursor): Word {
  const { text, fish } = cursor;
  const start = cursor.position;
  let end = start;
  let computed = false;
  while (cursor.position < text.length) {
    const position = cursor.position;
    const character = text[position]!;
    if (character === "\\" && continuation(text, position) > 0) {
      // The word may go on in the next line; if it does not, it ended before the backslash.
      cursor.position += continuation(text, position);
      continue;
    }
    if (endsWord(text, position, fish) && !goesOn(cursor, start)) break;
    if (skipQuoted(cursor)) computed = true;
    end = cursor.position;
  }
  cursor.position = Math.min(cursor.position, text.length);
  return { start, end: Math.min(end, text.length), computed };
}

/** A bracket that is part of a word: an array, a pattern, a process substitution. */
function goesOn(cursor: Cursor, start: number): boolean {
  const { text, position, fish } = cursor;
  if (fish) return false;
  if (text[position] === "<" || text[position] === ">") return text[position + 1] === "(";
  if (text[position] !== "(" || position === start) return false;
  return text[position - 1] === "=" || emptyBracketsEnd(text, position) < 0;
}

/** Past one character of a word, or past all that its quote or bracket holds. Tells whether something is computed. */
function skipQuoted(cursor: Cursor): boolean {
  const { text, position, fish } = cursor;
  switch (text[position] ?? "") {
    case "\\":
      cursor.position += 2;
      return false;
    case "'":
      skipSingleQuotes(cursor, fish);
      return false;
    case '"':
      cursor.position++;
      return skipGroups(cursor, "string");
    case "$":
      return skipDollar(cursor);
    case "`":
      if (fish) break;
      skipBackticks(cursor);
      return true;
    case "<":
    case ">":
      cursor.position += 2;
      skipGroups(cursor, "command");
      return true;
    case "(":
      cursor.position++;
      // Comments may stand in an array, but not in a pattern such as `(#i)readme`.
      skipGroups(cursor, fish || text[position - 1] === "=" ? "command" : "arithmetic");
      return true;
  }
  cursor.position++;
  return false;
}

function skipDollar(cursor: Cursor): boolean {
  const { text, position, fish } = cursor;
  const next = text[position + 1];
  if (next === "'" && !fish) {
    cursor.position++;
    skipSingleQuotes(cursor, true);
    return false;
  }
  const group = openedBy(text, position, fish);
  if (group === undefined) {
    cursor.position++;
    return next !== undefined && DOLLAR_READS.test(next);
  }
  cursor.position += 2;
  skipGroups(cursor, group);
  return true;
}

/** Past the bracket that closes the one at the cursor: arithmetic, a list of patterns, whatever is no command. */
export function readBrackets(cursor: Cursor): Word {
  const start = cursor.position++;
  skipGroups(cursor, "arithmetic");
  return { start, end: cursor.position, computed: true };
}

/** Where `()` ends, if it stands at this offset; blanks may stand between the two. Otherwise -1. */
export function emptyBracketsEnd(text: string, start: number): number {
  const end = pastBlanks(text, start + 1);
  return text[end] === ")" ? end + 1 : -1;
}
