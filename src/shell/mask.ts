/** Marks what is known to be public, and dots out the rest. */
import { dotted } from "../awsconfig/mask.ts";
import { holdsSecret } from "../awsconfig/traits.ts";
import type { Word } from "./cursor.ts";
import { isConventional, matters, NAME_LENGTH_MAX, VARIABLE } from "./names.ts";
import type { Scan } from "./scan.ts";

export function reveal({ visible }: Scan, start: number, end: number): void {
  visible.fill(1, start, end);
}

export const revealWord = (scan: Scan, word: Word): void => reveal(scan, word.start, word.end);

/** A key that ends in `=` and stands alone on its line looks like an assignment, so not every name is shown. */
export function revealName(scan: Scan, start: number, end: number): void {
  if (end - start > NAME_LENGTH_MAX) return;
  const name = scan.text.slice(start, end);
  const isKept = VARIABLE.test(name) && matters(name) && !holdsSecret(name);
  if (isKept || isConventional(name)) revealThroughMark(scan, start, end);
}

export function revealThroughMark(scan: Scan, start: number, nameEnd: number): void {
  let end = nameEnd;
  if (scan.text[end] === "+") end++;
  reveal(scan, start, scan.text[end] === "=" ? end + 1 : nameEnd);
}

const SUPPRESSION = /^#\s*aws-vault-doctor:\s*ignore/;
const REASON = " -- ";

export function revealComment(scan: Scan, start: number, end: number): void {
  const comment = scan.text.slice(start, end);
  const reason = comment.indexOf(REASON);
  const shown = reason < 0 ? comment : comment.slice(0, reason + REASON.length);
  const isSuppression = SUPPRESSION.test(comment) && !holdsSecret(shown);
  reveal(scan, start, start + (isSuppression ? shown.length : 1));
}

export function maskedBy(text: string, visible: Uint8Array): string {
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
