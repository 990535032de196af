import { UNSAFE } from "./printable.ts";

/**
 * JSON that may be looked at in a terminal: what could act there stands as an escape, which means the same. The runners of
 * builds take orders from a log, too, where a line has one of their marks.
 */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent)
    .replace(UNSAFE, (character) => (character === "\n" ? character : escapes(character)))
    .replace(/##(?=\w*\[)/g, "\\u0023#");

const escapes = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
