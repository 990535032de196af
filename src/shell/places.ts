/** From offsets to lines and columns. */
import type { FilePlace } from "../model/place.ts";

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** A file whose lines are counted. */
export interface LinedFile {
  readonly path: string;
  /** Where each line starts. */
  readonly lines: readonly number[];
}

export function placeOf({ path, lines }: LinedFile, start: number, end: number): FilePlace {
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

export function lineOf(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
