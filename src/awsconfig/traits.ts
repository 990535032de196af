import type { Traits } from "../model/reading.ts";

const KEY_ID = /^(AKIA|ASIA)[A-Z0-9]{16}$/;
const SECRET_KEY = /^[A-Za-z0-9/+]{40}$/;
/** The example keys all over AWS's documentation end in EXAMPLE or EXAMPLEKEY. */
const EXAMPLE = /EXAMPLE(?:KEY)?$/;

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
    example: EXAMPLE.test(bare),
  };
}

const KEY_ID_INSIDE = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/;
const LONG_WORD = /[A-Za-z0-9/+]{20}/;

/** A public setting can hold a secret by mistake (answers to `aws configure` that slipped): then it is not public. */
export function holdsSecret(value: string): boolean {
  if (value.length < 20 || !LONG_WORD.test(value)) return false;
  if (KEY_ID_INSIDE.test(value)) return true;
  for (const [word] of value.matchAll(/[A-Za-z0-9/+]{40,}/g)) {
    const isMixed = /[a-z]/.test(word) && /[A-Z]/.test(word) && /[0-9]/.test(word);
    if (word.length === 40 && isMixed) return true;
  }
  return false;
}
