import type { AwsDocument } from "../model/document.ts";
import type { Fix } from "../model/fix.ts";
import type { FilePlace, Span } from "../model/place.ts";

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
export function endOf(document: AwsDocument): Span {
  const { text, lineCount } = document;
  const line = Math.max(1, lineCount);
  const column = lineCount === 0 ? 1 : text.length - document.lineSpan(lineCount - 1).start + 1;
  return { start: text.length, end: text.length, line, column, endLine: line, endColumn: column };
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
