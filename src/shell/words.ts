/**
 * The words and operators of a start-up file, for the Bourne shells and for fish. Nothing is looked at twice and nothing
 * recurses: a stranger's file may hold a megabyte of opening brackets.
 */
export interface Cursor {
  readonly text: string;
  readonly fish: boolean;
  position: number;
  /** Here-documents whose bodies begin below the current line. */
  readonly heredocs: Heredoc[];
}

interface Heredoc {
  readonly delimiter: string;
  readonly tabsAllowed: boolean;
}

export interface Word {
  readonly start: number;
  readonly end: number;
  /** A variable or the output of a command goes into it. */
  readonly computed: boolean;
}

export interface Token extends Word {
  readonly kind: "word" | "operator" | "redirection" | "heredoc" | "comment" | "newline" | "end";
}

export const startOf = (text: string, fish: boolean): Cursor => ({ text, fish, position: 0, heredocs: [] });

/** `&|` and `&!` let go of a job in zsh. */
const OPERATOR = /;;&|;;|;&|;\||&&|&[|!]|\|\||\|&|[;&|()]/y;
const FISH_OPERATOR = /&&|\|\||[;&|]/y;
const REDIRECTION = /<<<|<&|<>|<|>>|>&|>\||>|&>>|&>/y;
const HEREDOC = /<<-?(?!<)/y;

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

export const isBlank = (character: string | undefined): boolean => character === " " || character === "\t";

export function pastBlanks(text: string, from: number): number {
  let position = from;
  while (isBlank(text[position])) position++;
  return position;
}

function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The carriage return of a line end belongs to it. */
function lineEnd(text: string, from: number): number {
  const end = indexOrEnd(text, "\n", from);
  return end > from && end < text.length && text[end - 1] === "\r" ? end - 1 : end;
}

function indexOrEnd(text: string, what: string, from: number): number {
  const index = text.indexOf(what, from);
  return index < 0 ? text.length : index;
}

function skipBlanks(cursor: Cursor): void {
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
function continuation(text: string, position: number): number {
  if (text[position + 1] === "\n") return 2;
  return text[position + 1] === "\r" && text[position + 2] === "\n" ? 3 : 0;
}

const DOLLAR_READS = /[\w@*#?$!{(+~^=-]/;

function readWord(cursor: Cursor): Word {
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

function endsWord(text: string, position: number, fish: boolean): boolean {
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

function skipSingleQuotes(cursor: Cursor, backslashEscapes: boolean): void {
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

function skipBackticks(cursor: Cursor): void {
  const { text } = cursor;
  cursor.position++;
  while (cursor.position < text.length && text[cursor.position] !== "`")
    cursor.position += text[cursor.position] === "\\" ? 2 : 1;
  cursor.position++;
}

type Group = "string" | "command" | "case" | "arithmetic" | "parameter";

/** What a dollar sign opens. In `$((` the second bracket opens a group of its own. */
function openedBy(text: string, dollar: number, fish: boolean): Group | undefined {
  if (text[dollar + 1] === "(") return !fish && text[dollar + 2] === "(" ? "arithmetic" : "command";
  return text[dollar + 1] === "{" && !fish ? "parameter" : undefined;
}

const CASE = /case[ \t]+(?:"[^"\n]{0,200}"|[^\s"]{1,200})[ \t]+in\b/y;
const ESAC = /esac\b/y;

/** Past the end of a group whose opening was just read. Tells whether anything in it is computed. */
function skipGroups(cursor: Cursor, first: Group): boolean {
  const { text, fish } = cursor;
  const open: Group[] = [first];
  const heredocs: Heredoc[] = [];
  let computed = false;
  while (open.length > 0 && cursor.position < text.length) {
    const group = open[open.length - 1]!;
    const position = cursor.position;
    const character = text[position]!;
    const isCommand = group === "command" || group === "case";
    if (character === "\\") cursor.position += 2;
    else if (closes(group, character)) {
      open.pop();
      cursor.position++;
    } else if (character === "$") {
      const opened = openedBy(text, position, fish);
      if (opened !== undefined) {
        open.push(opened);
        cursor.position += 2;
        computed = true;
      } else if (text[position + 1] === "'" && group !== "string" && !fish) {
        cursor.position++;
        skipSingleQuotes(cursor, true);
      } else {
        computed ||= DOLLAR_READS.test(text[position + 1] ?? " ");
        cursor.position++;
      }
    } else if (character === "`" && !fish) {
      skipBackticks(cursor);
      computed = true;
    } else if (group === "string") cursor.position++;
    else if (character === '"') {
      open.push("string");
      cursor.position++;
    } else if (character === "'" && !(group === "parameter" && open[open.length - 2] === "string"))
      skipSingleQuotes(cursor, fish);
    else if (character === "(" && group !== "parameter") {
      open.push(isCommand && (fish || text[position + 1] !== "(") ? "command" : "arithmetic");
      // Without the second bracket of `((`, what is inside would be read as a command.
      if (isCommand && !fish && text[position + 1] === "(") {
        open.push("arithmetic");
        cursor.position++;
      }
      cursor.position++;
    } else if (!isCommand) cursor.position++;
    else if (character === "#" && startsComment(cursor)) cursor.position = indexOrEnd(text, "\n", position);
    else if (character === "\n") {
      cursor.position++;
      skipHeredocs(cursor, heredocs);
    } else if (character === "<" && !fish && matchEnd(HEREDOC, text, position) > 0) readHeredoc(cursor, heredocs);
    else if (character === "<" && text.startsWith("<<<", position)) cursor.position += 3;
    else if (character === "c" && startsWord(text, position) && matchEnd(CASE, text, position) > 0) {
      // The brackets of its patterns have no opening one.
      open.push("case");
      cursor.position = matchEnd(CASE, text, position);
    } else if (group === "case" && startsWord(text, position) && matchEnd(ESAC, text, position) > 0) {
      open.pop();
      cursor.position += 4;
    } else cursor.position++;
  }
  cursor.position = Math.min(cursor.position, text.length);
  return computed;
}

function closes(group: Group, character: string): boolean {
  switch (group) {
    case "string":
      return character === '"';
    case "command":
    case "arithmetic":
      return character === ")";
    case "parameter":
      return character === "}";
    case "case":
      return false;
  }
}

const startsWord = (text: string, position: number): boolean => /[\s;&|(]/.test(text[position - 1] ?? " ");

/** After a bracket only to fish: to zsh `(#i)` begins a pattern. */
const startsComment = ({ text, position, fish }: Cursor): boolean =>
  startsWord(text, position) && (fish || text[position - 1] !== "(");

/** Reads `<<-WORD` and remembers that its body is to come. */
function readHeredoc(cursor: Cursor, heredocs: Heredoc[]): void {
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
function skipHeredocs(cursor: Cursor, heredocs: Heredoc[]): void {
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
