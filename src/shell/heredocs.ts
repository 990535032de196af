/** Here-documents: the word that ends one, and the body below the line. */
import { type Cursor, endsWord, type Heredoc, indexOrEnd, lineEnd, skipBlanks, type Word } from "./cursor.ts";
import { unquoted } from "./unquoted.ts";

export const HEREDOC = /<<-?(?!<)/y;

/** Reads `<<-WORD` and remembers that its body is to come. */
export function readHeredoc(cursor: Cursor, heredocs: Heredoc[]): void {
  const { text } = cursor;
  cursor.position += 2;
  const tabsAllowed = text[cursor.position] === "-";
  if (tabsAllowed) cursor.position++;
  skipBlanks(cursor);
  const delimiter = unquoted(text, readDelimiter(cursor), false);
  heredocs.push({ delimiter, tabsAllowed });
}

/** Nothing is expanded in a delimiter, so nothing in it opens a group. */
function readDelimiter(cursor: Cursor): Word {
  const { text } = cursor;
  const start = cursor.position;
  while (cursor.position < text.length && !endsWord(text, cursor.position, false)) {
    const quote = text[cursor.position]!;
    if (quote === "\\") cursor.position += 2;
    else if (quote === "'" || quote === '"') cursor.position = indexOrEnd(text, quote, cursor.position + 1) + 1;
    else cursor.position++;
  }
  cursor.position = Math.min(cursor.position, text.length);
  return { start, end: cursor.position, computed: false };
}

/** Past the bodies of the here-documents that wait, from the start of a line on. */
export function skipHeredocs(cursor: Cursor, heredocs: Heredoc[]): void {
  const { text } = cursor;
  for (const { delimiter, tabsAllowed } of heredocs) {
    let found = false;
    while (!found && cursor.position < text.length) {
      const start = tabsAllowed ? pastTabs(text, cursor.position) : cursor.position;
      const end = lineEnd(text, start);
      found = end - start === delimiter.length && text.startsWith(delimiter, start);
      cursor.position = Math.min(indexOrEnd(text, "\n", end) + 1, text.length);
    }
  }
  heredocs.length = 0;
}

function pastTabs(text: string, from: number): number {
  let position = from;
  while (text[position] === "\t") position++;
  return position;
}
