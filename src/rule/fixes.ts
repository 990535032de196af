import type { AwsDocument } from "../model/document.ts";
import type { Fix } from "../model/fix.ts";
import type { FilePlace, Span } from "../model/place.ts";
import type { Setting } from "../model/reading.ts";

import { endOfText } from "./appending.ts";

/** Puts a text in place of a stretch of a file. */
export const edit = (at: FilePlace, text: string): Fix["steps"][0] => ({
  kind: "edit",
  path: at.path,
  span: at.span!,
  text,
});

/** Puts a remark before a line of a start-up file, so that the shell passes it over and a person can bring it back. */
export const commentOut = (at: FilePlace): Fix["steps"][0] => edit(startOf(at), "# aws-vault-doctor: ");

/** The empty stretch where a place starts. */
export function startOf(at: FilePlace): FilePlace & { readonly span: Span } {
  const { start, line, column } = at.span!;
  return { ...at, span: { start, end: start, line, column, endLine: line, endColumn: column } };
}

/** The empty stretch at the end of a file. */
export const endOf = ({ text }: AwsDocument): Span => endOfText(text);

/** Takes the whole line of a setting out. */
export const deleting = ({ linesAt }: Setting): Fix["steps"][0] => edit(linesAt, "");

/** A section of its own at the end of a file. */
export function newSection(document: AwsDocument, header: string, lines: readonly string[]): Fix["steps"][0] {
  const { text, path } = document;
  const gap = text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n";
  const all = [`[${header}]`, ...lines].map((line) => `${line}\n`).join("");
  return { kind: "edit", path, span: endOf(document), text: gap + all };
}

/** The stretch of a value that a pattern finds, in the file; none in a value that goes over several lines. */
export function within({ text }: AwsDocument, { at }: Setting, pattern: RegExp): FilePlace | undefined {
  const { start, end, line, endLine } = at.span!;
  const found = line === endLine ? pattern.exec(text.slice(start, end)) : null;
  return found === null ? undefined : part(at, found.index, found[0].length);
}

/** A part of a place in one line. */
export function part(at: FilePlace, from: number, length: number): FilePlace {
  const { start, line, column } = at.span!;
  const to = from + length;
  const span = {
    start: start + from,
    end: start + to,
    line,
    column: column + from,
    endLine: line,
    endColumn: column + to,
  };
  return { ...at, span };
}

/** A stretch of one line, by columns that count from 0. */
export function stretch(document: AwsDocument, line: number, from: number, to: number): FilePlace {
  const { start, line: number } = document.lineSpan(line);
  const span = {
    start: start + from,
    end: start + to,
    line: number,
    column: from + 1,
    endLine: number,
    endColumn: to + 1,
  };
  return { kind: "file", path: document.path, span };
}

/** How a line of the file ends, for new ones. */
export const lineEndOf = (document: AwsDocument, line: number): string =>
  document.text.startsWith("\r\n", document.lineSpan(line).end) ? "\r\n" : "\n";
