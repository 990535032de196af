import type { Traits } from "../model/reading.ts";

const KEY_ID = /^(AKIA|ASIA)[A-Z0-9]{16}$/;
const SECRET_KEY = /^[A-Za-z0-9/+]{40}$/;
/** The example keys all over AWS's documentation end in EXAMPLE or EXAMPLEKEY. */
const EXAMPLE = /EXAMPLE(?:KEY)?$/;

/** Characters without ink: blanks that are no blanks, zero-width ones, soft hyphens, marks of order and direction. */
export const UNSEEN = /[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]/g;

/** What may be said about a value that may not be shown. Quotes around it do not count as part of it. */
export function traitsOf(value: string): Traits {
  const bare = value.replace(/^(["'])(.*)\1$/, "$2");
  const id = KEY_ID.exec(bare);
  return {
    length: bare.length,
    looksLike: id
      ? id[1] === "AKIA"
        ? "long-term key"
        : "temporary key"
      : SECRET_KEY.test(bare)
        ? "secret key"
        : "other",
    blankInside: /\s/.test(bare),
    nonAscii: /[^\x20-\x7e]/.test(bare),
    unseen: bare.search(UNSEEN) >= 0 && !/[^\x20-\x7e]/.test(bare.replaceAll(UNSEEN, "")),
    example: EXAMPLE.test(bare),
  };
}

const KEY_ID_INSIDE = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/;
const LONG_WORD = 20;

/** Lower case, upper case and digits: hardly a word of a language. */
export const isMixed = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text);

/** A step of a path: `Library`, `JohnSmith1`, `AWSReservedSSO`, `admin`, `111122223333`. */
const WORDS = /^(?:[a-z]{2,}|[a-z](?![A-Za-z]))?(?:[A-Z]+[a-z]{2,})*[A-Z]*[0-9]*$/;
const STRANGE_MIN = 20;

/**
 * Whether that stretch of a text has a word that is long enough for a key. Looks at one character in twenty, and at the
 * others only where that one is part of a word.
 */
export function hasLongWord(text: string, from: number, to: number): boolean {
  let start = from;
  while (to - start >= LONG_WORD) {
    let at = start + LONG_WORD - 1;
    while (at >= start && isWord(text.charCodeAt(at))) at--;
    if (at < start) return true;
    start = at + 1;
  }
  return false;
}

const isWord = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x2f && code <= 0x39) || code === 0x2b;

/** A public setting can hold a secret by mistake (answers to `aws configure` that slipped): then it is not public. */
export function holdsSecret(value: string): boolean {
  if (!hasLongWord(value, 0, value.length)) return false;
  if (KEY_ID_INSIDE.test(value)) return true;
  for (const [run] of value.matchAll(/[A-Za-z0-9/+]{40,}/g)) {
    if (!isMixed(run)) continue;
    if (run.length === 40) return true;
    // In a longer run, a path is told from a secret by its steps, which are words.
    let strange = 0;
    for (const step of run.split(/[/+]/)) if (!WORDS.test(step)) strange += step.length;
    if (strange >= STRANGE_MIN) return true;
  }
  return false;
}
