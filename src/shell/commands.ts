/** From tokens to commands: which words make one, where it ends, and what opens and closes around it. */

import { pastBlanks, type Word } from "./cursor.ts";
import { assign, prefixEnd } from "./declarations.ts";
import { closeFrame, openFrame } from "./frames.ts";
import { fishKeyword, keyword } from "./keywords.ts";
import { reveal, revealComment, revealName, revealWord } from "./mask.ts";
import { understand } from "./meaning.ts";
import { isConventional, NAME_LENGTH_MAX } from "./names.ts";
import { type Frame, MANY, newCommand, type Scan } from "./scan.ts";
import type { Token } from "./tokens.ts";
import { emptyBracketsEnd, readBrackets } from "./words.ts";

export function take(scan: Scan, token: Token): void {
  switch (token.kind) {
    case "word":
      return takeWord(scan, token);
    case "operator":
      reveal(scan, token.start, token.end);
      return takeOperator(scan, token);
    case "redirection":
    case "heredoc":
      return takeRedirection(scan, token);
    case "comment":
      finish(scan);
      return revealComment(scan, token.start, token.end);
    case "newline":
      if (isBare(scan, scan.command.words[0], "function") && scan.shell !== "fish") expectBody(scan);
      else finish(scan);
      scan.elseIsLast = false;
      return;
    case "end":
      return finish(scan);
  }
}

function takeRedirection(scan: Scan, token: Token): void {
  const { command, text } = scan;
  const last = command.words.at(-1);
  // In `2>file` the number is no argument.
  if (last !== undefined && last.end === token.start && isNumber(text, last)) command.words.pop();
  // The word that ends a here-document stays hidden.
  reveal(scan, token.start, token.kind === "heredoc" ? token.start + 2 : token.end);
  if (command.start < 0) command.start = token.start;
  command.end = token.end;
  command.targetIsNext = token.kind === "redirection";
  command.hasHeredoc ||= token.kind === "heredoc";
}

const isNumber = (text: string, { start, end }: Word): boolean =>
  end - start <= 3 && /^\d+$/.test(text.slice(start, end));

function takeWord(scan: Scan, word: Word): void {
  const { command } = scan;
  if (command.targetIsNext) {
    command.targetIsNext = false;
    command.end = word.end;
    return;
  }
  const frame = scan.frames.at(-1);
  if (frame?.kind === "case" && frame.part !== "body") return takeCaseWord(scan, frame, word);
  if (command.words.length === 0) {
    if (scan.shell === "fish" ? fishKeyword(scan, word) : keyword(scan, word)) return;
  } else if (opensBraceLate(scan, word)) {
    const isFunction = isBare(scan, command.words[0], "function") && command.words.length > 1;
    if (isFunction) expectBody(scan);
    else finish(scan);
    keyword(scan, word);
    return;
  } else if (scan.shell === "zsh" && scan.open.brace > 0 && isBare(scan, word, "}")) {
    // To zsh it closes the block wherever it stands.
    finish(scan);
    keyword(scan, word);
    return;
  }
  addWord(scan, word);
}

function addWord({ command }: Scan, word: Word): void {
  if (command.start < 0) command.start = word.start;
  command.words.push(word);
  command.end = word.end;
}

function takeCaseWord(scan: Scan, frame: Frame, word: Word): void {
  if (frame.part === "head" && isBare(scan, word, "in")) {
    frame.part = "pattern";
    revealWord(scan, word);
  } else if (frame.part === "pattern" && isBare(scan, word, "esac")) keyword(scan, word);
}

/** The brace after `function name`, and the ones that zsh takes instead of `then` and `do`. */
function opensBraceLate(scan: Scan, word: Word): boolean {
  const { command, text, shell, cursor } = scan;
  if (shell === "fish" || !isBare(scan, word, "{")) return false;
  if (isBare(scan, command.words[0], "function")) return true;
  const last = command.words.at(-1);
  if (shell !== "zsh" || last === undefined) return false;
  if (isBare(scan, last, "]]") || isBare(scan, last, "always") || text[last.end - 1] === ")") return true;
  const next = text[pastBlanks(text, cursor.position)];
  return next === undefined || next === "\n" || next === "\r";
}

const isBare = ({ text }: Scan, word: Word | undefined, expected: string): boolean =>
  word !== undefined && word.end - word.start === expected.length && text.startsWith(expected, word.start);

function takeOperator(scan: Scan, operator: Token): void {
  const frame = scan.frames.at(-1);
  if (frame?.kind === "case" && frame.part !== "body") {
    if (frame.part === "pattern" && isBare(scan, operator, ")")) {
      frame.part = "body";
      // A case may have no command.
      scan.commandsInList = MANY;
      scan.isChained = false;
    }
    return;
  }
  switch (scan.text.slice(operator.start, operator.end)) {
    case "(":
      return takeBracket(scan, operator);
    case ")":
      finish(scan);
      return closeFrame(scan, "bracket");
    case "&&":
    case "||":
    case "|":
    case "|&":
      finish(scan);
      scan.isChained = true;
      return;
    case ";;":
    case ";&":
    case ";;&":
    case ";|":
      finish(scan);
      scan.isChained = false;
      if (frame?.kind === "case") frame.part = "pattern";
      return;
    default:
      finish(scan);
      scan.isChained = false;
      scan.elseIsLast = false;
  }
}

function takeBracket(scan: Scan, bracket: Token): void {
  const { text, command, cursor } = scan;
  const emptyEnd = emptyBracketsEnd(text, bracket.start);
  if (emptyEnd > 0) {
    // `name ()`; without a name it is a zsh function that runs at once.
    reveal(scan, emptyEnd - 1, emptyEnd);
    cursor.position = emptyEnd;
    if (command.words.length > 0) expectBody(scan);
  } else if (command.words.length === 0 && command.start < 0 && text[bracket.end] !== "(") {
    // What a subshell sets is gone when it ends: as little as a function does it happen to the shell that starts.
    openFrame(scan, "bracket", true);
  } else {
    cursor.position = bracket.start;
    addWord(scan, readBrackets(cursor));
  }
}

/** The command that was being read turned out to be the name of a function. */
function expectBody(scan: Scan): void {
  const { text, command } = scan;
  for (const word of command.words) {
    const name = text.slice(word.start, Math.min(word.end, word.start + NAME_LENGTH_MAX + 1));
    if (isConventional(name.replaceAll("-", "_"))) revealWord(scan, word);
  }
  scan.command = newCommand();
  scan.functionIsNext = true;
}

/** The command that was being read is complete. */
function finish(scan: Scan): void {
  const { command, text, shell } = scan;
  if (command.start < 0) return;
  scan.command = newCommand();
  scan.commandsInList++;
  scan.foundBeforeCommand = scan.found.length;
  let first = 0;
  while (first < command.words.length && prefixEnd(text, command.words[first]!) > 0) first++;
  const isPlain = first === command.words.length;
  for (const word of command.words.slice(0, first)) {
    if (isPlain && shell !== "fish") assign(scan, command, word);
    else revealName(scan, word.start, text.indexOf("=", word.start));
  }
  if (!isPlain) understand(scan, command, command.words.slice(first));
  scan.isChained = false;
  scan.functionIsNext = false;
}
