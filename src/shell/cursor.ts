/**
 * Where the reading of a start-up file stands. Nothing is looked at twice and nothing recurses: a stranger's file may hold
 * a megabyte of opening brackets.
 */
export interface Cursor {
  readonly text: string;
  readonly fish: boolean;
  position: number;
  /** Here-documents whose bodies begin below the current line. */
  readonly heredocs: Heredoc[];
}

export interface Heredoc {
  readonly delimiter: string;
  readonly tabsAllowed: boolean;
}

export interface Word {
  readonly start: number;
  readonly end: number;
  /** A variable or the output of a command goes into it. */
  readonly computed: boolean;
}

export const startOf = (text: string, fish: boolean): Cursor => ({ text, fish, position: 0, heredocs: [] });

export const isBlank = (character: string | undefined): boolean => character === " " || character === "\t";

export function pastBlanks(text: string, from: number): number {
  let position = from;
  while (isBlank(text[position])) position++;
  return position;
}

export function skipBlanks(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const character = text[cursor.position];
    if (isBlank(character) || (character === "\r" && text[cursor.position + 1] === "\n")) cursor.position++;
    else if (character === "\\" && continuation(text, cursor.position) > 0)
      cursor.position += continuation(text, cursor.position);
    else return;
  }
}

/** The length of a backslash and the line end that it takes away, or 0. */
export function continuation(text: string, position: number): number {
  if (text[position + 1] === "\n") return 2;
  return text[position + 1] === "\r" && text[position + 2] === "\n" ? 3 : 0;
}

export function endsWord(text: string, position: number, fish: boolean): boolean {
  switch (text[position] ?? "") {
    case " ":
    case "\t":
    case "\n":
    case ";":
    case "|":
    case "<":
    case ">":
      return true;
    case "&":
      // To fish, the ampersand inside an address is part of it.
      return !fish || !/[^\s;&|<>]/.test(text[position + 1] ?? " ");
    case "(":
    case ")":
      return !fish;
    case "\r":
      return text[position + 1] === "\n";
  }
  return false;
}

export function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The carriage return of a line end belongs to it. */
export function lineEnd(text: string, from: number): number {
  const end = indexOrEnd(text, "\n", from);
  return end > from && end < text.length && text[end - 1] === "\r" ? end - 1 : end;
}

export function indexOrEnd(text: string, what: string, from: number): number {
  const index = text.indexOf(what, from);
  return index < 0 ? text.length : index;
}
