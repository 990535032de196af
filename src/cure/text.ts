import { type Decoded, decode, encode } from "../awsconfig/encoding.ts";

/**
 * The text of a file twice: as it is, and as it may be shown. Both have the same length at all times, so that one edit
 * serves both, and a patch can be shown of a file that nobody may see.
 */
export interface CureText {
  readonly real: Decoded;
  readonly masked: string;
}

export const NOTHING: CureText = { real: { text: "", encoding: "utf-8", hasBom: false }, masked: "" };

/** A stretch of a text, and what takes its place: a text, or another stretch of the same text, unseen. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly with: string | { readonly start: number; readonly end: number };
}

/**
 * The bytes of a file beside its masked text as the facts have it. Undefined when the two do not fit together, which
 * means that the file is not the one that was looked at.
 */
export function cureText(bytes: Uint8Array, masked: string): CureText | undefined {
  const real = decode(bytes);
  return real.text.length === masked.length ? { real, masked } : undefined;
}

export const bytesOf = ({ real }: CureText): Uint8Array => encode(real);

/** Replaces all stretches at once; their offsets are those of the text as given, and no two of them overlap. */
export function replaceAll({ real, masked }: CureText, replacements: readonly Replacement[]): CureText {
  return { real: { ...real, text: replaced(real.text, replacements) }, masked: replaced(masked, replacements) };
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const one of inOrder(replacements)) {
    parts.push(text.slice(copied, one.start), newText(text, one));
    copied = one.end;
  }
  parts.push(text.slice(copied));
  return parts.join("");
}

const newText = (text: string, { with: by }: Replacement): string =>
  typeof by === "string" ? by : text.slice(by.start, by.end);

const lengthOf = ({ with: by }: Replacement): number => (typeof by === "string" ? by.length : by.end - by.start);

const inOrder = (replacements: readonly Replacement[]): Replacement[] =>
  [...replacements].sort((one, other) => one.start - other.start || one.end - other.end);

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where things stand when some replacements are made. Made once, and asked often. */
export class Shifts {
  readonly #ends: number[] = [];
  /** By how much that moves which stands behind the first so many. */
  readonly #shifts: number[] = [0];
  readonly #places = new Map<Replacement, Stretch>();

  constructor(replacements: readonly Replacement[]) {
    let shift = 0;
    for (const one of inOrder(replacements)) {
      const length = lengthOf(one);
      this.#places.set(one, { start: one.start + shift, end: one.start + shift + length });
      shift += length - (one.end - one.start);
      this.#ends.push(one.end);
      this.#shifts.push(shift);
    }
  }

  /** Where the new text of one of them stands. */
  placeOf(replacement: Replacement): Stretch {
    return this.#places.get(replacement)!;
  }

  /** Where a stretch stands that none of them touches. */
  moved({ start, end }: Stretch): Stretch {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle]! <= start) low = middle + 1;
      else high = middle;
    }
    const shift = this.#shifts[low]!;
    return { start: start + shift, end: end + shift };
  }
}

/** Two that touch count as well: what is inserted at one spot has an order that nobody has decided. */
export const collide = (one: Replacement, other: Replacement): boolean =>
  one.start <= other.end && other.start <= one.end;

const ENDS = new WeakMap<CureText, "\r\n" | "\n">();

/** How most lines of a text end. Many fixes ask it of one text. */
export function lineEnd(text: CureText): "\r\n" | "\n" {
  let end = ENDS.get(text);
  if (end === undefined) ENDS.set(text, (end = lineEndIn(text.real.text)));
  return end;
}

function lineEndIn(text: string): "\r\n" | "\n" {
  let windows = 0;
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lines++;
    if (text[at - 1] === "\r") windows++;
  }
  return windows * 2 > lines ? "\r\n" : "\n";
}

/** Half a pair of surrogates, which UTF-8 cannot say. */
const HALF_A_PAIR = /\p{Surrogate}/u;

/** The same text as UTF-8 without any byte order mark; undefined where UTF-8 has no way to say it. */
export function inUtf8({ real: { text }, masked }: CureText): CureText | undefined {
  if (HALF_A_PAIR.test(text)) return undefined;
  // More than one, when two programs have each put one there.
  const marks = /^\ufeff*/.exec(text)![0].length;
  return { real: { text: text.slice(marks), encoding: "utf-8", hasBom: false }, masked: masked.slice(marks) };
}

/** What stands first would be taken for a byte order mark when the file is read again. */
export const startsLikeMark = ({ real: { text, encoding, hasBom } }: CureText): boolean =>
  !hasBom && encoding !== "utf-16le" && encoding !== "utf-16be" && text.startsWith("\ufeff");
