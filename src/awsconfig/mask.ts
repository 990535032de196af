import type { Traits } from "../model/reading.ts";
import { type Parsed, splitSetting } from "./parse.ts";
import { visibility } from "./settings.ts";
import { holdsSecret, traitsOf } from "./traits.ts";

/** One character for one, and within Latin-1, so that spans hold and a long text stays small in memory. */
export const DOT = "·";

/** Blanks, quotes and comment marks stay: the readings turn on them, and they are part of no AWS secret. */
const DOTTABLE = /[^\s"'`#;\\]/gu;
/** A secret that ends in `=`, alone on its line, looks like a setting. */
const SHOWABLE_NAME = /^[A-Za-z0-9_.\- ]{1,64}$/;
const SUPPRESSION = /^[#;]\s*aws-vault-doctor:\s*ignore/;

export interface Masked {
  readonly text: string;
  /** What is known of the hidden values, by the line they stand in. */
  readonly traits: ReadonlyMap<number, Traits>;
}

/**
 * The text with every character dotted out that is not known to be public: values of settings that are not in the
 * table, arguments of commands, comments, continuation lines, and lines that nobody can read. Same length, same lines,
 * and every tool reads the same structure from it.
 */
export function mask(text: string, parsed: Parsed): Masked {
  const { lines } = parsed;
  const traits = new Map<number, Traits>();
  const parts: string[] = [];
  let copied = 0;
  let parentIsPublic = false;
  const hide = (from: number, to: number): void => {
    if (to <= from) return;
    parts.push(text.slice(copied, from), dotted(text.slice(from, to)));
    copied = to;
  };
  for (let line = 0; line < lines.length; line++) {
    const kind = lines.kind(line);
    if (kind === "setting") {
      parentIsPublic = lines.valueStart(line) === lines.valueEnd(line);
      if (parentIsPublic && !lines.isOdd(line)) continue;
      const name = text.slice(lines.start(line), lines.nameEnd(line));
      if (!SHOWABLE_NAME.test(name) || holdsSecret(name)) hide(lines.start(line), lines.nameEnd(line));
      const shown = shownUntil(text, name, lines.valueStart(line), lines.valueEnd(line));
      if (shown === lines.valueEnd(line)) continue;
      traits.set(line, traitsOf(text.slice(lines.valueStart(line), lines.valueEnd(line))));
      hide(shown, lines.valueEnd(line));
    } else if (kind === "indented") {
      // Below `s3 =` stand settings again; below a value stands more of that value.
      const nested = parentIsPublic ? splitSetting(text, lines.start(line), lines.end(line), "=:") : undefined;
      if (nested === undefined) hide(lines.start(line), lines.end(line));
      else
        hide(
          shownUntil(text, text.slice(lines.start(line), nested.nameEnd).trim(), nested.valueStart, nested.valueEnd),
          nested.valueEnd,
        );
    } else if (kind === "unreadable") {
      const start = lines.start(line);
      hide(text[start] === "[" ? start + 1 : start, lines.end(line));
    } else if (kind === "comment") {
      hideComment(text, lines.start(line), lines.end(line), hide);
    } else if (kind === "header") {
      parentIsPublic = true;
      const header = text.slice(lines.valueStart(line), lines.valueEnd(line));
      if (holdsSecret(header)) hide(lines.valueStart(line), lines.valueEnd(line));
      hide(lines.valueEnd(line) + 1, lines.end(line));
    }
  }
  parts.push(text.slice(copied));
  return { text: parts.join(""), traits };
}

/** Up to where a value may be shown. */
function shownUntil(text: string, name: string, start: number, end: number): number {
  switch (visibility(name.toLowerCase())) {
    case "hidden":
      return start;
    case "first word": {
      const word = /^\S*/.exec(text.slice(start, end))![0];
      return holdsSecret(word) || word.includes("=") ? start : start + word.length;
    }
    case "public": {
      const value = text.slice(start, end);
      if (holdsSecret(value)) return start;
      // A remark after the value may say anything; it is part of the value for some tools.
      const remark = /\s[#;]/.exec(value);
      return remark ? start + remark.index : end;
    }
  }
}

function hideComment(text: string, start: number, end: number, hide: (from: number, to: number) => void): void {
  const comment = text.slice(start, end);
  if (!SUPPRESSION.test(comment)) return hide(start + 1, end);
  const reason = comment.indexOf(" -- ");
  if (reason >= 0) hide(start + reason + 4, end);
}

/** For values that stand outside an AWS file: a variable, a word in a start-up file. */
export const dotted = (value: string): string => value.replace(DOTTABLE, (character) => DOT.repeat(character.length));
