/** Past the quotes that nothing opens in. */
import { type Cursor, indexOrEnd } from "./cursor.ts";

export function skipSingleQuotes(cursor: Cursor, backslashEscapes: boolean): void {
  const { text } = cursor;
  cursor.position++;
  if (!backslashEscapes) {
    cursor.position = indexOrEnd(text, "'", cursor.position) + 1;
    return;
  }
  while (cursor.position < text.length && text[cursor.position] !== "'")
    cursor.position += text[cursor.position] === "\\" ? 2 : 1;
  cursor.position++;
}

export function skipBackticks(cursor: Cursor): void {
  const { text } = cursor;
  cursor.position++;
  while (cursor.position < text.length && text[cursor.position] !== "`")
    cursor.position += text[cursor.position] === "\\" ? 2 : 1;
  cursor.position++;
}
