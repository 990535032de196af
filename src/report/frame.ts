import type { FilePlace } from "../model/place.ts";
import type { Source } from "../model/report.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** A few masked lines of a file, the stretch in question underlined. Fits into `width` columns. */
export function codeFrame(at: FilePlace, source: Source | undefined, width: number, paint: Paint): string[] {
  const { span } = at;
  const text = span && source?.line(span.line);
  if (span === undefined || text === undefined) return [];
  const gutter = String(span.line).length;
  const room = Math.max(8, width - gutter - 3);
  // A remark or an empty line above tells nothing.
  const above = span.line > 1 ? source?.line(span.line - 1) : undefined;
  const shown = window(text, span.column - 1, room);
  const lines: string[] = [];
  if (above !== undefined && above.trim() !== "")
    lines.push(row(String(span.line - 1), gutter, fit(printable(above), room), paint));
  lines.push(row(String(span.line), gutter, shown.text, paint));
  const end = span.endLine === span.line ? span.endColumn : text.length + 1;
  const from = Math.max(0, printable(text.slice(0, span.column - 1)).length - shown.cut);
  const length = Math.max(1, printable(text.slice(span.column - 1, end - 1)).length);
  const marks = "^".repeat(Math.max(1, Math.min(length, room - from)));
  lines.push(row("", gutter, " ".repeat(Math.min(from, room - 1)) + paint.red(marks), paint));
  return lines;
}

const row = (number: string, gutter: number, text: string, paint: Paint): string =>
  `${paint.dim(`${number.padStart(gutter)} │`)} ${text}`.trimEnd();

/** The part of a long line that shows the column in question. */
function window(text: string, column: number, room: number): { text: string; cut: number } {
  const whole = printable(text);
  const at = printable(text.slice(0, column)).length;
  if (whole.length <= room || at < room / 2) return { text: fit(whole, room), cut: 0 };
  const cut = Math.min(at - Math.floor(room / 3), Math.max(0, whole.length - room));
  return { text: `…${fit(whole.slice(cut + 1), room - 1)}`, cut };
}

const fit = (text: string, room: number): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);
