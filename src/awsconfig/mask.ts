import type { Traits } from "../model/reading.ts";
import { INDENT } from "./blanks.ts";
import type { LineTable } from "./lines.ts";
import { IDENTIFIER } from "./manners.ts";
import { type Parsed, parse, type SettingParts, splitSetting } from "./parse.ts";
import { visibility } from "./settings.ts";
import { hasLongWord, holdsSecret, isMixed, traitsOf } from "./traits.ts";

/** One character for one, and within Latin-1, so that spans hold and a long text stays small in memory. */
export const DOT = "·";

/** Blanks, quotes and comment marks stay: the readings turn on them, and they are part of no AWS secret. */
const DOTTABLE = /[^\s\x1c-\x1f\u0085"'`#;\\]/gu;
const NAME = /^[A-Za-z0-9_.\- ]{1,64}$/;
/** What may be a name below a value, where most often more of that value stands. */
const SURE_NAME = /^[a-z0-9.-]+_[a-z0-9_.-]+$/;
/** Words of commands that say how they answer, and hold nothing. */
const PUBLIC_WORDS =
  /(?<!\S)(?:--(?:verbose|debug|environment|json|server|no-session)|--shell(?:=|\s+)(?:bash|zsh|fish|powershell|cmd)|--format(?:=|\s+)(?:process|env-var|bash|env|env-no-export|powershell|windows-cmd|fish)|configure\s+export-credentials|sts\s+(?:assume-role|get-session-token|get-federation-token)|sso\s+get-role-credentials)(?!\S)/g;
const AWS_VAULT = /(?:^|[\\/])aws-vault(?:\.exe)?$/;
const VAULT_COMMAND = /^(?:exec|export|login|list|ls|rotate|clear|proxy)$/;
const VAULT_FLAG =
  /^(?:-[jnds]|--(?:json|no-session|debug|server|ec[s2]-server|lazy|stdout|prompt|backend|format|duration|region|keychain))$/;
const VAULT_FLAG_WITH_VALUE = /^(?:-d|--(?:prompt|backend|format|duration|region|keychain))$/;
const PLAIN_WORD = /^[a-z0-9-]{1,16}$/;
const PROFILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_@.:/+-]{0,63}$/;
const ADDRESS_WITH_USER = /:\/\/.*@/;
const UNKNOWN_NAME_MAX = 20;
const SHOWABLE_HEADER = /^\s*(?:default|(?:profile|sso-session|services)\s.*)$/;
const SUPPRESSION = /^\s*[#;]\s*aws-vault-doctor:\s*ignore(?:-file)?(?:\[[a-z0-9, -]*\])?/;
const SECRET_IN_COMMENT =
  /^[#;][\s#;]*(?:aws_secret_access_key|aws_session_token|aws_security_token)\s*[=:]\s*(\S{16,})/i;
const UNTIL = /\s+until=(?:\d{4}-\d{2}-\d{2}(?!\S))?/y;
const DASHES = /\s+--(?!\S)/y;

export interface Masked {
  readonly text: string;
  /**
   * What is known of the hidden values, by the line they stand in. Where only a lone carriage return makes a line, there
   * is one more entry for each value: by `~offset`, with the offset at which the value starts.
   */
  readonly traits: ReadonlyMap<number, Traits>;
}

/**
 * The text with every character dotted out that is not known to be public: values of settings that are not in the
 * table, arguments of commands, comments, continuation lines, and lines that nobody can read. Same length, same lines,
 * and every tool reads the same structure from it.
 */
export function mask(text: string, parsed: Parsed): Masked {
  const { lines } = parsed;
  if (!parsed.hasLoneReturn) return new Masker(text, parsed, (line) => line).mask();
  // Some tools see more lines than others: each one is masked by itself.
  const most = parse(text.replace(/\r(?!\n)/g, "\n"));
  const masked = new Masker(text, most, (_, valueStart) => ~valueStart).mask();
  const traits = new Map(masked.traits);
  for (let line = 0; line < lines.length; line++) {
    if (!lines.isSetting(line)) continue;
    const value = text.slice(lines.valueStart(line), lines.valueEnd(line));
    if (!masked.text.startsWith(value, lines.valueStart(line))) traits.set(line, traitsOf(value));
  }
  return { text: masked.text, traits };
}

class Masker {
  readonly #text: string;
  readonly #lines: LineTable;
  readonly #keyOf: (line: number, valueStart: number) => number;
  readonly #traits = new Map<number, Traits>();
  readonly #parts: string[] = [];
  readonly #hiddenNames = new Map<string, number>();
  #copied = 0;
  /** An indented line is likely to be more of the value above it. */
  #belowValue = false;
  /** Whether all values of a name may be shown, but for what looks like a secret; by the name's number. */
  readonly #isPublic: readonly boolean[];
  /** Whether the last value of a name may be shown, by the name's number. */
  readonly #isShown: boolean[];

  constructor(text: string, { lines, names }: Parsed, keyOf: (line: number, valueStart: number) => number) {
    this.#text = text;
    this.#lines = lines;
    this.#keyOf = keyOf;
    const hasUser = text.includes("@") && ADDRESS_WITH_USER.test(text); // Most files have none, and to see that is soon done.
    this.#isPublic = names.all.map((name) => !hasUser && visibility(name) === "public");
    this.#isShown = names.all.map(() => false);
  }

  mask(): Masked {
    const lines = this.#lines;
    for (let line = 0; line < lines.length; line++) {
      if (this.#isOrdinary(line)) continue;
      switch (lines.kind(line)) {
        case "setting":
          this.#setting(line);
          break;
        case "header":
          this.#belowValue = false;
          this.#header(lines.valueStart(line), lines.valueEnd(line), lines.end(line));
          break;
        case "comment":
          this.#secretInComment(line);
          this.#comment(lines.start(line), lines.end(line));
          break;
        case "indented":
          this.#indented(line);
          break;
        case "unreadable":
          this.#loose(line, lines.start(line), false);
          break;
        case "blank":
          break;
      }
    }
    this.#parts.push(this.#text.slice(this.#copied));
    return { text: this.#parts.join(""), traits: this.#traits };
  }

  /** Nearly every line has nothing to hide, and shows it without being cut out of the text. */
  #isOrdinary(line: number): boolean {
    const lines = this.#lines;
    if (lines.isPlainSetting(line)) return this.#isOrdinarySetting(line);
    if (lines.isOdd(line) || !lines.isHeader(line)) return false;
    this.#belowValue = false;
    return !hasLongWord(this.#text, lines.valueStart(line), lines.valueEnd(line));
  }

  #isOrdinarySetting(line: number): boolean {
    const lines = this.#lines;
    const name = lines.name(line);
    const start = lines.valueStart(line);
    const end = lines.valueEnd(line);
    this.#belowValue = start !== end;
    if (!lines.isRepeated(line)) this.#isShown[name] = this.#isPublic[name]! && !hasLongWord(this.#text, start, end);
    return this.#isShown[name]!;
  }

  #setting(line: number): void {
    const lines = this.#lines;
    const start = lines.start(line);
    const nameEnd = lines.nameEnd(line);
    const valueStart = lines.valueStart(line);
    const valueEnd = lines.valueEnd(line);
    const name = this.#text.slice(start, nameEnd);
    const seen = visibility(name.toLowerCase());
    this.#belowValue = valueStart !== valueEnd || seen === "hidden";
    if (seen === "hidden" && !isShowableName(name)) this.#hideName(start, nameEnd);
    if (valueStart !== valueEnd) this.#value(line, name, { nameEnd, valueStart, valueEnd });
  }

  #value(line: number, name: string, { nameEnd, valueStart, valueEnd }: SettingParts): void {
    const text = this.#text;
    const shown = shownUntil(text, name, valueStart, valueEnd);
    if (shown === valueEnd) return;
    this.#traits.set(this.#keyOf(line, valueStart), traitsOf(text.slice(valueStart, valueEnd)));
    let from = shown;
    // The SDKs know no colon: for them the name goes on up to the equals sign.
    if (text.slice(nameEnd, valueStart).includes(":")) {
      const equals = text.slice(valueStart, valueEnd).indexOf("=") + valueStart;
      if (equals >= shown) {
        this.#hideName(shown, shown + text.slice(shown, equals).trimEnd().length);
        from = equals + 1;
      }
    }
    if (visibility(name.toLowerCase()) === "first word" && shown > valueStart) {
      for (const { 0: word, index } of text.slice(from, valueEnd).matchAll(PUBLIC_WORDS)) {
        const start = shown + index;
        this.#hide(from, start);
        from = start + word.length;
      }
    }
    this.#hide(from, valueEnd);
  }

  #header(start: number, close: number, end: number): void {
    const header = this.#text.slice(start, close);
    // `[a] # b]` is a header with a remark for some, and a strange name for others.
    const remark = header.includes("]") ? header.search(/\][^\S\n]*[#;]/) : -1;
    const nameEnd = remark < 0 ? header.length : remark;
    if (holdsSecret(header)) {
      for (const { 0: word, index } of header.slice(0, nameEnd).matchAll(/\S+/g))
        if (holdsSecret(word)) this.#hideName(start + index, start + index + word.length);
    }
    this.#hide(start + nameEnd + 1, close);
    // `[] = x` is a setting for the AWS CLI, which needs its delimiter.
    const delimiter = header === "" ? this.#text.slice(close, end).search(/[=:]/) : -1;
    this.#hide(close + 1, close + delimiter);
    this.#hide(close + Math.max(0, delimiter) + 1, end);
  }

  #indented(line: number): void {
    const end = this.#lines.end(line);
    const content = this.#text.slice(this.#lines.start(line), end).replace(INDENT, "");
    const start = end - content.length;
    if (content.startsWith("#") || content.startsWith(";")) return this.#comment(start, end, true);
    const close = content.startsWith("[") ? content.lastIndexOf("]") : -1;
    if (close < 0) return this.#loose(line, start, this.#belowValue);
    const header = content.slice(1, close);
    if (SHOWABLE_HEADER.test(header) || (!this.#belowValue && isShowableName(header)))
      return this.#header(start + 1, start + close, end);
    this.#hideName(start + 1, start + close);
    this.#hide(start + close + 1, end);
  }

  /** A line that is a setting of its own for some tools at most. */
  #loose(line: number, start: number, belowValue: boolean): void {
    const text = this.#text;
    const end = this.#lines.end(line);
    const nameStart = text[start] === "[" ? start + 1 : start;
    const parts = splitSetting(text, nameStart, end, "=:");
    if (parts === undefined) return this.#hide(nameStart, end);
    const name = text.slice(nameStart, parts.nameEnd);
    const isKnown = visibility(name.toLowerCase()) !== "hidden";
    if (!isKnown && !((!belowValue || SURE_NAME.test(name)) && isShowableName(name)))
      this.#hideName(nameStart, parts.nameEnd);
    this.#value(line, name, parts);
  }

  /** A key that somebody has commented out is there all the same. */
  #secretInComment(line: number): void {
    const start = this.#lines.start(line);
    const value = SECRET_IN_COMMENT.exec(this.#text.slice(start, this.#lines.end(line)))?.[1];
    if (value !== undefined) this.#traits.set(this.#keyOf(line, start), traitsOf(value));
  }

  #comment(start: number, end: number, isIndented = false): void {
    const comment = this.#text.slice(start, end);
    let shown = SUPPRESSION.exec(comment)?.[0].length ?? 1;
    if (shown > 1) {
      for (const part of [UNTIL, DASHES]) {
        part.lastIndex = shown;
        shown += part.exec(comment)?.[0].length ?? 0;
      }
    }
    // In a block, an indented remark with an equals sign is a setting for some.
    const equals = isIndented ? comment.indexOf("=") : -1;
    if (equals >= shown) this.#hide(start + shown, start + equals);
    this.#hide(start + Math.max(shown, equals + 1), end);
  }

  /** Two names stay two, one stays one, and what is an identifier stays one. */
  #hideName(from: number, to: number): void {
    const name = this.#text.slice(from, to);
    const key = name.toLowerCase();
    let ordinal = this.#hiddenNames.get(key);
    if (ordinal === undefined) this.#hiddenNames.set(key, (ordinal = this.#hiddenNames.size));
    const digits = IDENTIFIER.test(name) ? IDENTIFIER_DIGITS : OTHER_DIGITS;
    let rest = ordinal;
    const hidden = name.replace(DOTTABLE, (character) => {
      let all = "";
      for (let unit = 0; unit < character.length; unit++) {
        all += digits[rest % digits.length]!;
        rest = Math.floor(rest / digits.length);
      }
      return all;
    });
    this.#hide(from, to, hidden);
  }

  #hide(from: number, to: number, as = dotted(this.#text.slice(from, to))): void {
    if (to <= from) return;
    this.#parts.push(this.#text.slice(this.#copied, from), as);
    this.#copied = to;
  }
}

/** Counting in these, hidden names stay apart; the first digit is the nought that fills up. */
const IDENTIFIER_DIGITS = "_0123456789abcdefghijklmnopqrstuvwxyz";
const OTHER_DIGITS = `${DOT}¨¯°´¸¬¦`;

/** The tail of a wrapped token looks like the name of a setting when it ends in `=`. */
function isShowableName(name: string): boolean {
  if (!NAME.test(name) || holdsSecret(name)) return false;
  if (isMixed(name)) return name.length <= UNKNOWN_NAME_MAX && /[_ ]/.test(name);
  return name.length <= UNKNOWN_NAME_MAX || name.includes("_");
}

/** Up to where a value may be shown. */
function shownUntil(text: string, name: string, start: number, end: number): number {
  const lower = name.toLowerCase();
  switch (visibility(lower)) {
    case "hidden":
      return start;
    case "first word": {
      const word = /^\S*/.exec(text.slice(start, end))![0];
      if (holdsSecret(word) || word.includes("=")) return start;
      return start + (AWS_VAULT.test(word) ? ownCommand(text.slice(start, end)) : withoutUser(word));
    }
    case "public": {
      const value = text.slice(start, end);
      if (holdsSecret(value)) return start;
      // A remark after the value may say anything; it is part of the value for some tools.
      const remark = value.search(lower === "sso_start_url" ? /\s[#;]/ : /[#;]/);
      return start + withoutUser(remark < 0 ? value : value.slice(0, remark));
    }
  }
}

/** How much of an aws-vault command line may be shown: what it is told to do, and for which profile. */
function ownCommand(command: string): number {
  let shown = 0;
  let isTold = false;
  let takesValue = false;
  for (const { 0: word, index } of command.matchAll(/\S+/g)) {
    const [flag, value] = word.split("=", 2);
    if (index === 0) takesValue = false;
    else if (takesValue && PLAIN_WORD.test(word)) takesValue = false;
    else if (VAULT_FLAG.test(flag!) && (value === undefined || PLAIN_WORD.test(value)))
      takesValue = value === undefined && VAULT_FLAG_WITH_VALUE.test(flag!);
    else if (!isTold && VAULT_COMMAND.test(word)) isTold = true;
    // One word more is the profile's name, and those are shown in headers too.
    else if (isTold && PROFILE_NAME.test(word) && !holdsSecret(word))
      return index + word.length + flagsAfter(command, index + word.length);
    else break;
    shown = index + word.length;
  }
  return shown;
}

function flagsAfter(command: string, from: number): number {
  const flags = /^(?:\s+(?:--?[a-z][a-z0-9-]*(?:=[a-z0-9-]{1,16})?|--))*(?!\S)/.exec(command.slice(from))?.[0] ?? "";
  const words = flags.split(/(?=\s)/);
  let length = 0;
  for (const word of words) {
    const flag = word.trim().split("=", 1)[0]!;
    if (flag !== "--" && !VAULT_FLAG.test(flag)) break;
    length += word.length;
    if (flag === "--") break;
  }
  return length;
}

/** How much of a value may be shown that may be an address with a password in it. */
function withoutUser(value: string): number {
  const address = value.indexOf("://");
  return address >= 0 && value.includes("@", address) ? address : value.length;
}

/** For values that stand outside an AWS file: a variable, a word in a start-up file. */
export const dotted = (value: string): string => value.replace(DOTTABLE, (character) => DOT.repeat(character.length));
