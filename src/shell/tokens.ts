/** The words and operators of a start-up file, for the Bourne shells and for fish. */
import { type Cursor, lineEnd, matchEnd, skipBlanks, type Word } from "./cursor.ts";
import { HEREDOC, readHeredoc, skipHeredocs } from "./heredocs.ts";
import { readWord } from "./words.ts";

export interface Token extends Word {
  readonly kind: "word" | "operator" | "redirection" | "heredoc" | "comment" | "newline" | "end";
}

/** `&|` and `&!` let go of a job in zsh. */
const OPERATOR = /;;&|;;|;&|;\||&&|&[|!]|\|\||\|&|[;&|()]/y;
const FISH_OPERATOR = /&&|\|\||[;&|]/y;
const REDIRECTION = /<<<|<&|<>|<|>>|>&|>\||>|&>>|&>/y;

export function nextToken(cursor: Cursor): Token {
  skipBlanks(cursor);
  const { text, position: start } = cursor;
  const token = (kind: Token["kind"], end: number): Token => {
    cursor.position = end;
    return { kind, start, end, computed: false };
  };
  switch (text[start]) {
    case undefined:
      return token("end", start);
    case "\n":
      cursor.position = start + 1;
      skipHeredocs(cursor, cursor.heredocs);
      return { kind: "newline", start, end: start + 1, computed: false };
    case "#":
      return token("comment", lineEnd(text, start));
    case "<":
    case ">":
      if (!cursor.fish && text[start + 1] === "(") break;
      if (!cursor.fish && matchEnd(HEREDOC, text, start) > 0) {
        readHeredoc(cursor, cursor.heredocs);
        return token("heredoc", cursor.position);
      }
      return token("redirection", matchEnd(REDIRECTION, text, start));
    case "&":
      if (text[start + 1] === ">") return token("redirection", matchEnd(REDIRECTION, text, start));
      return token("operator", matchEnd(cursor.fish ? FISH_OPERATOR : OPERATOR, text, start));
    case ";":
    case "|":
      return token("operator", matchEnd(cursor.fish ? FISH_OPERATOR : OPERATOR, text, start));
    case "(":
    case ")":
      if (!cursor.fish) return token("operator", start + 1);
  }
  return { kind: "word", ...readWord(cursor) };
}
