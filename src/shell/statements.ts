import { dotted } from "../awsconfig/mask.ts";
import { holdsSecret } from "../awsconfig/traits.ts";
import type { StartupFile, Statement } from "../model/facts.ts";
import type { FilePlace } from "../model/place.ts";
import type { Traits } from "../model/reading.ts";
import {
  type Cursor,
  emptyBracketsEnd,
  isBlank,
  nextToken,
  readBrackets,
  startOf,
  type Token,
  unquoted,
  type Word,
} from "./words.ts";

/** A value as it may be shown, and what is known of it when it may not. */
export type Show = (name: string, value: string) => { value: string; hidden: Traits | undefined };

/**
 * What a start-up file does to the variables that matter and to aliases, and its text with everything dotted out that
 * is not known to be public. Never fails: what no shell could read holds no statement.
 */
export function statements(
  path: string,
  shell: StartupFile["shell"],
  text: string,
  show: Show,
): { statements: Statement[]; uses: StartupFile["uses"]; masked: string } {
  const scan = newScan(path, shell, text, show);
  let token: Token;
  do {
    token = nextToken(scan.cursor);
    take(scan, token);
  } while (token.kind !== "end");
  return { statements: scan.found, uses: usesOf(scan), masked: maskedBy(text, scan.visible) };
}

/** A variable that has a new name by now, and the new one, where its value is asked for: a prompt may have it in a string. */
const RENAMED = /(?<=[${])AWS_(?:SESSION|CREDENTIAL)_EXPIRATION\b/g;

/** A function that takes the place of `aws`, with its body: to the first bracket at the end of a line, or `end`. */
const AWS_FUNCTION =
  /^([ \t]*)(function[ \t]+aws(?:[ \t]*\(\))?|aws[ \t]*\(\))(?=[\s{])[^]{0,2000}?(?:\}[ \t]*$|^[ \t]*end[ \t]*$)/gm;

function usesOf(scan: Scan): StartupFile["uses"] {
  const uses: { name: string; at: FilePlace }[] = [];
  if (scan.text.includes("aws-vault")) {
    for (const match of scan.text.matchAll(AWS_FUNCTION)) {
      if (!/\baws-vault\s+exec\b/.test(match[0])) continue;
      const start = match.index + match[1]!.length;
      const end = start + match[2]!.length;
      reveal(scan, start, end);
      uses.push({ name: "aws", at: placeOf(scan, start, end) });
    }
  }
  if (!scan.text.includes("_EXPIRATION")) return uses;
  for (const match of scan.text.matchAll(RENAMED)) {
    const line = scan.lines[lineOf(scan.lines, match.index)]!;
    if (scan.text.slice(line, match.index).trimStart().startsWith("#")) continue;
    const end = match.index + match[0].length;
    reveal(scan, match.index - 1, end);
    uses.push({ name: match[0], at: placeOf(scan, match.index, end) });
  }
  return uses;
}

const OTHERS = new Set([
  "GPG_TTY",
  "PASSWORD_STORE_DIR",
  "DISABLE_KWALLET",
  "SSL_CERT_FILE",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
]);
/** `AWSUME_` variables begin with AWS, too. */
const FAMILIES = /^(?:AWS|YKMAN_|(?:HTTP|HTTPS|NO)_PROXY$)/i;

/** Whether a variable has to do with AWS credentials, so that its statements are kept. */
export const matters = (name: string): boolean => FAMILIES.test(name) || OTHERS.has(name);

interface Scan {
  readonly path: string;
  readonly shell: StartupFile["shell"];
  readonly text: string;
  readonly show: Show;
  readonly cursor: Cursor;
  readonly lines: readonly number[];
  readonly found: Statement[];
  /** One mark for each character that is known to be public. */
  readonly visible: Uint8Array;
  readonly frames: Frame[];
  /** How many frames of each kind are open: a stray `}` then costs no search. */
  readonly open: Record<Frame["kind"], number>;
  functionDepth: number;
  /** `name()` was read; what comes next is its body. */
  functionIsNext: boolean;
  command: Command;
  /** The command is one side of `&&`, `||` or a pipe whose other side may stand on the line above. */
  isChained: boolean;
  elseIsLast: boolean;
  /** Commands since the last `then`, `do`, `{` and the like. */
  commandsInList: number;
  foundBeforeCommand: number;
  /** What the variables were set to so far, where the shell starts and inside the current function. */
  readonly values: Map<string, Value>;
  readonly valuesInFunction: Map<string, Value>;
}

interface Frame {
  readonly kind: "brace" | "bracket" | "case" | "block";
  readonly isFunction: boolean;
  /** Of a `case`: between `case` and `in`, before the bracket of a pattern, or after it. */
  part: "head" | "pattern" | "body";
}

interface Command {
  readonly words: Word[];
  start: number;
  end: number;
  targetIsNext: boolean;
  hasHeredoc: boolean;
}

type Value = Pick<Statement, "value" | "hidden" | "computed">;

/** More commands than one, for lists whose commands nobody counts. */
const MANY = 2;

function newScan(path: string, shell: StartupFile["shell"], text: string, show: Show): Scan {
  return {
    path,
    shell,
    text,
    show,
    cursor: startOf(text, shell === "fish"),
    lines: lineStarts(text),
    found: [],
    visible: new Uint8Array(text.length),
    frames: [],
    open: { brace: 0, bracket: 0, case: 0, block: 0 },
    functionDepth: 0,
    functionIsNext: false,
    command: newCommand(),
    isChained: false,
    elseIsLast: false,
    commandsInList: MANY,
    foundBeforeCommand: 0,
    values: new Map(),
    valuesInFunction: new Map(),
  };
}

const newCommand = (): Command => ({ words: [], start: -1, end: -1, targetIsNext: false, hasHeredoc: false });

function take(scan: Scan, token: Token): void {
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

const KEYWORD_LENGTH_MAX = 8; // function

/** Handles a reserved word at the start of a command; false for any other word. */
function keyword(scan: Scan, word: Word): boolean {
  if (word.end - word.start > KEYWORD_LENGTH_MAX) return false;
  switch (scan.text.slice(word.start, word.end)) {
    case "!":
    case "time":
      break;
    case "then":
    case "do":
    case "else":
    case "elif":
      closeList(scan);
      openList(scan);
      break;
    case "if":
    case "while":
    case "until":
      openList(scan);
      break;
    case "{":
      openFrame(scan, "brace", scan.functionIsNext);
      break;
    case "}":
      closeFrame(scan, "brace");
      break;
    case "fi":
    case "done":
      closeList(scan);
      break;
    case "case":
      openFrame(scan, "case", scan.functionIsNext);
      break;
    case "esac":
      closeFrame(scan, "case");
      break;
    default:
      return false;
  }
  revealWord(scan, word);
  return true;
}

function fishKeyword(scan: Scan, word: Word): boolean {
  const followsElse = scan.elseIsLast;
  scan.elseIsLast = false;
  if (word.end - word.start > KEYWORD_LENGTH_MAX) return false;
  switch (scan.text.slice(word.start, word.end)) {
    case "if":
      if (!followsElse) openFrame(scan, "block", false);
      break;
    case "while":
    case "begin":
      openFrame(scan, "block", false);
      break;
    case "else":
      scan.elseIsLast = true;
      break;
    case "end":
      closeFrame(scan, "block");
      break;
    case "for":
    case "switch":
      openFrame(scan, "block", false);
      return false;
    case "function":
      openFrame(scan, "block", true);
      return false;
    case "and":
    case "or":
    case "not":
    case "!":
    case "time":
    case "{":
    case "}":
      break;
    default:
      return false;
  }
  revealWord(scan, word);
  return true;
}

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

function openFrame(scan: Scan, kind: Frame["kind"], isFunction: boolean): void {
  scan.frames.push({ kind, isFunction, part: "head" });
  scan.open[kind]++;
  if (isFunction) scan.functionDepth++;
  scan.functionIsNext = false;
  openList(scan);
}

/** Closes the innermost frame of this kind and all that was left open in it; nothing, when there is none. */
function closeFrame(scan: Scan, kind: Frame["kind"]): void {
  closeList(scan);
  if (scan.open[kind] === 0) return;
  let frame: Frame;
  do {
    frame = scan.frames.pop()!;
    scan.open[frame.kind]--;
    if (frame.isFunction) scan.functionDepth--;
  } while (frame.kind !== kind);
  if (scan.functionDepth === 0) scan.valuesInFunction.clear();
}

function openList(scan: Scan): void {
  scan.commandsInList = 0;
  scan.isChained = false;
}

/** bash and sh refuse a list without a command, so the only command of a list cannot be commented out. */
function closeList(scan: Scan): void {
  const { found, foundBeforeCommand, commandsInList, shell } = scan;
  scan.commandsInList = MANY;
  scan.isChained = false;
  if (commandsInList !== 1 || shell === "zsh" || shell === "fish") return;
  for (let index = foundBeforeCommand; index < found.length; index++) found[index] = { ...found[index]!, alone: false };
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

const ASSIGNMENT = /[A-Za-z_]\w*(?:\[[^\]]{0,64}\])?\+?=/y;

/** Where the value of `NAME=value` begins, or -1 when the word is none. */
function prefixEnd(text: string, word: Word): number {
  ASSIGNMENT.lastIndex = word.start;
  return ASSIGNMENT.test(text) && ASSIGNMENT.lastIndex <= word.end ? ASSIGNMENT.lastIndex : -1;
}

function assign(scan: Scan, command: Command, word: Word): void {
  const operand = operandOf(scan, word);
  if (VARIABLE.test(operand.name)) record(scan, command, "set", operand, command.words.length === 1);
}

const SKIPPED = new Set(["command", "builtin", "noglob", "nocorrect"]);
/** Command words that say nothing about their user. The words after them may. */
const PUBLIC_COMMANDS = new Set(
  `export set unset alias unalias declare typeset local readonly function for select switch case source eval echo printf
   test true false return exit exec shopt setopt unsetopt autoload bindkey complete compdef trap type which umask abbr
   [ [[ . : aws aws-vault`.split(/\s+/),
);
const DECLARING = new Set(["export", "set", "unset", "alias", "declare", "typeset", "local", "readonly"]);
const DECLARING_IN_FISH = new Set(["export", "set", "alias"]);
const COMMAND_LENGTH_MAX = 16;

function understand(scan: Scan, command: Command, all: readonly Word[]): void {
  let at = 0;
  while (at < all.length - 1 && SKIPPED.has(literal(scan, all[at]!))) revealWord(scan, all[at++]!);
  const words = all.slice(at + 1);
  const name = literal(scan, all[at]!);
  if (PUBLIC_COMMANDS.has(name) || SKIPPED.has(name)) revealWord(scan, all[at]!);
  if (name === "function") return words.slice(0, 1).forEach((word) => revealName(scan, word.start, word.end));
  if (name === "[" || name === "[[" || name === "test") return revealTest(scan, words);
  const isFish = scan.shell === "fish";
  if (!(isFish ? DECLARING_IN_FISH : DECLARING).has(name)) return;
  const { flags, operands } = splitFlags(scan, words);
  switch (name) {
    case "alias":
      return isFish ? fishAlias(scan, command, operands) : alias(scan, command, flags, operands);
    case "set":
      // In the other shells it sets options and arguments.
      return isFish ? fishSet(scan, command, flags, operands) : undefined;
    case "unset":
      return unset(scan, command, flags, operands);
    default:
      return declare(scan, command, name, flags, operands);
  }
}

/** A short word without its quotes: `\export` is `export`, too. */
function literal({ text, shell }: Scan, word: Word): string {
  return word.end - word.start > COMMAND_LENGTH_MAX ? "" : unquoted(text, word, shell === "fish");
}

const TEST_WORD = /^(?:-[A-Za-z]{1,2}|!?==?|=~|\]\]?|!)$/;

function revealTest(scan: Scan, words: readonly Word[]): void {
  for (const word of words)
    if (TEST_WORD.test(scan.text.slice(word.start, Math.min(word.end, word.start + 4)))) revealWord(scan, word);
}

const FLAG = /^(?:[-+][A-Za-z]{1,5}|--|--[a-z]{1,12})$/;
const FLAG_LENGTH_MAX = 14;
const LONG_FLAGS: Readonly<Record<string, string>> = {
  "--": "",
  "--export": "-x",
  "--erase": "-e",
  "--query": "-q",
  "--names": "-n",
  "--show": "-S",
  "--append": "-a",
  "--prepend": "-p",
};

/** The flags in front, in their short form and run together, and the words after them. */
function splitFlags(scan: Scan, words: readonly Word[]): { flags: string; operands: readonly Word[] } {
  let flags = "";
  let count = 0;
  for (const word of words) {
    const flag = word.end - word.start > FLAG_LENGTH_MAX ? "" : scan.text.slice(word.start, word.end);
    if (!FLAG.test(flag)) break;
    revealWord(scan, word);
    count++;
    if (flag === "--") break;
    if (!flag.startsWith("--")) flags += flag;
    else if (Object.hasOwn(LONG_FLAGS, flag)) flags += LONG_FLAGS[flag];
  }
  return { flags, operands: words.slice(count) };
}

interface Operand {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly value: RawValue | undefined;
}

interface RawValue {
  readonly start: number;
  readonly end: number;
  /** Without its quotes; as written, when it is computed. */
  readonly text: string;
  readonly computed: boolean;
}

const VARIABLE = /^[A-Za-z_]\w*$/;

/** Reads `NAME`, `NAME=value` and `"NAME=value"`. Adding to a value (`+=`) makes it computed. */
function operandOf({ text, shell }: Scan, word: Word): Operand {
  const whole = unquoted(text, word, shell === "fish");
  const equals = whole.indexOf("=");
  const adds = equals > 0 && whole[equals - 1] === "+";
  const name = equals < 0 ? whole : whole.slice(0, adds ? equals - 1 : equals);
  const nameStart =
    text.startsWith(name, word.start + 1) && !text.startsWith(name, word.start) ? word.start + 1 : word.start;
  const nameIsPlain = text.startsWith(name, nameStart);
  if (equals < 0)
    return { name, nameStart, nameEnd: nameIsPlain ? nameStart + name.length : word.end, value: undefined };
  const mark = text.indexOf("=", word.start);
  const start = mark >= 0 && mark < word.end ? mark + 1 : word.end;
  const isQuoted = nameStart > word.start && text[word.end - 1] === text[word.start] && start < word.end;
  const end =
    isQuoted && /["']/.test(text[word.start]!) && text[nameStart + name.length] === "=" ? word.end - 1 : word.end;
  const computed = word.computed || adds;
  return {
    name,
    nameStart,
    nameEnd: nameIsPlain ? nameStart + name.length : start,
    value: { start, end, computed, text: computed ? text.slice(start, end) : whole.slice(equals + 1) },
  };
}

function declare(scan: Scan, command: Command, name: string, flags: string, operands: readonly Word[]): void {
  const kind = declares(name, flags);
  for (const word of operands) {
    const operand = operandOf(scan, word);
    const isVariable = VARIABLE.test(operand.name);
    if (isVariable) revealName(scan, operand.nameStart, operand.nameEnd);
    // `declare A` sets nothing, and neither does `local` for the shell that starts.
    if (!isVariable || kind === undefined || (kind === "set" && operand.value === undefined)) continue;
    record(scan, command, kind, operand, operands.length === 1);
  }
}

function declares(name: string, flags: string): Statement["kind"] | undefined {
  if (name === "local" || /-\w*f/.test(flags) || (name !== "export" && /-\w*[Fp]/.test(flags))) return undefined;
  if (name === "export") return /-\w*n/.test(flags) ? "unset" : "export";
  if (/\+\w*x/.test(flags)) return "unset";
  return /-\w*x/.test(flags) ? "export" : "set";
}

function unset(scan: Scan, command: Command, flags: string, operands: readonly Word[]): void {
  const isOther = /[fnm]/.test(flags);
  for (const word of operands) {
    const operand = operandOf(scan, word);
    if (!VARIABLE.test(operand.name) || operand.value !== undefined) continue;
    revealName(scan, operand.nameStart, operand.nameEnd);
    if (!isOther) record(scan, command, "unset", operand, operands.length === 1);
  }
}

function alias(scan: Scan, command: Command, flags: string, operands: readonly Word[]): void {
  // A suffix alias (`alias -s txt=vim`) names no command.
  if (/s/.test(flags)) return;
  for (const word of operands) {
    const operand = operandOf(scan, word);
    if (operand.value !== undefined) record(scan, command, "alias", operand, operands.length === 1);
  }
}

function fishAlias(scan: Scan, command: Command, operands: readonly Word[]): void {
  const [first, ...rest] = operands;
  if (first === undefined) return;
  const operand = operandOf(scan, first);
  if (operand.value !== undefined) return record(scan, command, "alias", operand, true);
  if (rest.length > 0)
    record(scan, command, "alias", { ...operand, value: listOf(scan, first.end, rest, false) }, true);
}

function fishSet(scan: Scan, command: Command, flags: string, operands: readonly Word[]): void {
  if (/[qnS]/.test(flags)) return;
  if (/e/.test(flags)) return unset(scan, command, "", operands);
  const [first, ...rest] = operands;
  if (first === undefined) return;
  const operand = operandOf(scan, first);
  if (!VARIABLE.test(operand.name) || operand.value !== undefined) return;
  const value = listOf(scan, first.end, rest, /[ap]/.test(flags));
  record(scan, command, /x/.test(flags) ? "export" : "set", { ...operand, value }, true);
}

/** The values of a fish list, joined as an exported list is. Where there are none, the spot for them. */
function listOf({ text }: Scan, spot: number, words: readonly Word[], adds: boolean): RawValue {
  const start = words[0]?.start ?? spot;
  const end = words.at(-1)?.end ?? spot;
  const computed = adds || words.some((word) => word.computed);
  const joined = computed ? text.slice(start, end) : words.map((word) => unquoted(text, word, true)).join(" ");
  return { start, end, computed, text: joined };
}

function record(scan: Scan, command: Command, kind: Statement["kind"], operand: Operand, onlyOne: boolean): void {
  const { name, nameStart, nameEnd } = operand;
  const isAlias = kind === "alias";
  // A key that was pasted where a name belongs is none.
  if (name === "" || holdsSecret(name) || (isAlias && /[$`\n]/.test(name))) return;
  if (!isAlias && !matters(name)) return revealName(scan, nameStart, nameEnd);
  if (!isAlias || name.length <= NAME_LENGTH_MAX) revealThroughMark(scan, nameStart, nameEnd);
  const inFunction = scan.functionDepth > 0 || scan.functionIsNext;
  const at = placeOf(scan, command.start, command.end);
  scan.found.push({
    kind,
    name,
    ...valueOf(scan, kind, operand, inFunction),
    inFunction,
    nameAt: placeOf(scan, nameStart, nameEnd),
    at,
    alone: onlyOne && !scan.isChained && !command.hasHeredoc && standsAlone(scan.text, command.start, command.end),
  });
}

const NOTHING: Value = { value: "", hidden: undefined, computed: false };

function valueOf(scan: Scan, kind: Statement["kind"], { name, value: raw }: Operand, inFunction: boolean): Value {
  const values = inFunction ? scan.valuesInFunction : scan.values;
  if (kind === "unset") {
    values.delete(name);
    return NOTHING;
  }
  if (raw === undefined) return values.get(name) ?? scan.values.get(name) ?? NOTHING;
  const { value, hidden } = scan.show(name, raw.text);
  if (hidden === undefined) reveal(scan, raw.start, raw.end);
  const shown = { value, hidden, computed: raw.computed };
  if (kind !== "alias") values.set(name, shown);
  return shown;
}

/** Nothing but blanks, one semicolon and a comment stand beside it on its lines. */
function standsAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isBlank(text[before])) before--;
  if (before >= 0 && text[before] !== "\n") return false;
  let after = pastBlanks(text, end);
  const spaced = after > end || text[after] === ";";
  if (text[after] === ";") after = pastBlanks(text, after + 1);
  if (text[after] === "\r" && text[after + 1] === "\n") after++;
  return after >= text.length || text[after] === "\n" || (spaced && text[after] === "#");
}

function pastBlanks(text: string, from: number): number {
  let position = from;
  while (isBlank(text[position])) position++;
  return position;
}

function reveal({ visible }: Scan, start: number, end: number): void {
  visible.fill(1, start, end);
}

const revealWord = (scan: Scan, word: Word): void => reveal(scan, word.start, word.end);

const NAME_LENGTH_MAX = 64;
/** Random characters are seldom of one case. */
const CONVENTIONAL = /^(?:[A-Z_][A-Z0-9_]*|[a-z_][a-z0-9_]*)$/;

const isConventional = (name: string): boolean =>
  name.length <= NAME_LENGTH_MAX && CONVENTIONAL.test(name) && !holdsSecret(name);

/** A key that ends in `=` and stands alone on its line looks like an assignment, so not every name is shown. */
function revealName(scan: Scan, start: number, end: number): void {
  if (end - start > NAME_LENGTH_MAX) return;
  const name = scan.text.slice(start, end);
  const isKept = VARIABLE.test(name) && matters(name) && !holdsSecret(name);
  if (isKept || isConventional(name)) revealThroughMark(scan, start, end);
}

function revealThroughMark(scan: Scan, start: number, nameEnd: number): void {
  let end = nameEnd;
  if (scan.text[end] === "+") end++;
  reveal(scan, start, scan.text[end] === "=" ? end + 1 : nameEnd);
}

const SUPPRESSION = /^#\s*aws-vault-doctor:\s*ignore/;
const REASON = " -- ";

function revealComment(scan: Scan, start: number, end: number): void {
  const comment = scan.text.slice(start, end);
  const reason = comment.indexOf(REASON);
  const shown = reason < 0 ? comment : comment.slice(0, reason + REASON.length);
  const isSuppression = SUPPRESSION.test(comment) && !holdsSecret(shown);
  reveal(scan, start, start + (isSuppression ? shown.length : 1));
}

function maskedBy(text: string, visible: Uint8Array): string {
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    const isVisible = visible[start]!;
    const next = visible.indexOf(1 - isVisible, start);
    const end = next < 0 ? text.length : next;
    parts.push(isVisible ? text.slice(start, end) : dotted(text.slice(start, end)));
    start = end;
  }
  return parts.join("");
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function placeOf({ path, lines }: Scan, start: number, end: number): FilePlace {
  const line = lineOf(lines, start);
  const endLine = lineOf(lines, end);
  const span = {
    start,
    end,
    line: line + 1,
    column: start - lines[line]! + 1,
    endLine: endLine + 1,
    endColumn: end - lines[endLine]! + 1,
  };
  return { kind: "file", path, span };
}

function lineOf(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
