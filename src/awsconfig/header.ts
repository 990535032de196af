import { SPACE_AND_TAB, trim, WHITE_SPACE } from "./blanks.ts";
import { IDENTIFIER } from "./manners.ts";

/** What a section header means to a tool. */
export interface Meaning {
  readonly kind: "profile" | "sso-session" | "services" | "other";
  readonly name: string;
}

/** Python and Go keep settings for everyone under this header. */
export const SHARED_HEADER = "DEFAULT";

const OTHER: Meaning = { kind: "other", name: "" };
const PREFIXES = ["profile", "sso-session", "services"] as const;

/** The cross-SDK specification: blanks are trimmed, names are identifiers. */
export function sdkMeaning(header: string, file: "config" | "credentials"): Meaning {
  const { prefix, name } = sdkParts(header);
  if (name !== "" && !IDENTIFIER.test(name)) return OTHER;
  if (prefix === undefined) return file === "credentials" || name === "default" ? { kind: "profile", name } : OTHER;
  const kind = PREFIXES.find((known) => known === prefix);
  return file === "credentials" || kind === undefined ? OTHER : { kind, name };
}

/** To the SDKs it is not the same as `[default]`. */
export function isProfileDefault(header: string): boolean {
  const { prefix, name } = sdkParts(header);
  return prefix === "profile" && name === "default";
}

/** A space or a tab divides; then other blanks are trimmed, too. */
function sdkParts(header: string): { readonly prefix: string | undefined; readonly name: string } {
  const inner = trim(SPACE_AND_TAB, header);
  const cut = inner.search(/[ \t]/);
  const name = trim(WHITE_SPACE, inner.slice(cut + 1));
  return { prefix: cut < 0 ? undefined : trim(WHITE_SPACE, inner.slice(0, cut)), name };
}

/** botocore: the header is split as a shell would, and taken when that gives two words. */
export function cliMeaning(header: string, file: "config" | "credentials"): Meaning {
  if (file === "credentials" || header === "default") return { kind: "profile", name: header };
  const kind = PREFIXES.find((prefix) => header.startsWith(prefix));
  if (kind === undefined) return OTHER;
  const words = shellWords(header);
  return words?.length === 2 ? { kind, name: words[1]! } : OTHER;
}

/** aws-vault: exactly one space after the prefix, and the rest as it stands. */
export function awsVaultMeaning(header: string): Meaning {
  if (header === "default") return { kind: "profile", name: "default" };
  // It lists `[profile default]`, and then looks for its settings in `[default]`.
  if (header === "profile default") return OTHER;
  if (header.startsWith("profile ")) return { kind: "profile", name: header.slice(8) };
  return header.startsWith("sso-session ") ? { kind: "sso-session", name: header.slice(12) } : OTHER;
}

/** Python's `shlex.split`; undefined where it raises. */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quote !== "") {
      if (character === quote) quote = "";
      else if (quote === '"' && character === "\\" && (text[i + 1] === '"' || text[i + 1] === "\\")) word += text[++i]!;
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (character === "\\") {
      if (i + 1 === text.length) return undefined;
      word = (word ?? "") + text[++i]!;
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== "") return undefined;
  if (word !== undefined) words.push(word);
  return words;
}
