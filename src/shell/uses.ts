/** Where names stand in no statement: in a prompt, or as a function in the place of a program. */
import type { StartupFile } from "../model/facts.ts";
import type { FilePlace } from "../model/place.ts";
import { reveal } from "./mask.ts";
import { lineOf, placeOf } from "./places.ts";
import type { Scan } from "./scan.ts";

/** A variable that has a new name by now, and the new one, where its value is asked for: a prompt may have it in a string. */
const RENAMED = /(?<=[${])AWS_(?:SESSION|CREDENTIAL)_EXPIRATION\b/g;

/** A function that takes the place of `aws`, with its body: to the first bracket at the end of a line, or `end`. */
const AWS_FUNCTION =
  /^([ \t]*)(function[ \t]+aws(?:[ \t]*\(\))?|aws[ \t]*\(\))(?=[\s{])[^]{0,2000}?(?:\}[ \t]*$|^[ \t]*end[ \t]*$)/gm;

export function usesOf(scan: Scan): StartupFile["uses"] {
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
