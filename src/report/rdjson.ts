import { DOT } from "../awsconfig/mask.ts";
import type { Severity } from "../model/finding.ts";
import type { Span } from "../model/place.ts";
import type { Source } from "../model/report.ts";
import { type Draft, gaps, type Told, tell } from "./draft.ts";
import { onlyEdits } from "./edits.ts";
import { docsOf } from "./json.ts";
import { jsonText } from "./json-text.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "ERROR", warning: "WARNING", info: "INFO" };

/** For reviewdog: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf */
export function rdjson(draft: Draft): string {
  const { crashed, unseen } = gaps(draft);
  const missing = [...unseen, ...crashed].map((message) => ({
    message,
    location: { path: "aws-vault-doctor" },
    severity: "ERROR",
    code: { value: "incomplete" },
  }));
  const diagnostics = [...tell(draft).map((told) => diagnostic(told, draft)), ...missing];
  const source = { name: "aws-vault-doctor", url: "https://github.com/aws-vault-doctor/aws-vault-doctor" };
  return `${jsonText({ source, diagnostics }, 2)}\n`;
}

function diagnostic({ finding, place, span, message }: Told, { report }: Draft): object {
  const { at, rule, severity, fix } = finding;
  const source = at.kind === "file" ? report.sources.get(at.path) : undefined;
  const edits = onlyEdits(fix);
  return {
    message,
    location: { path: place, ...(span === undefined ? {} : { range: range(span, source) }) },
    severity: SEVERITIES[severity],
    code: { value: rule.id, url: docsOf(rule.id) },
    // Several suggestions are a choice for reviewdog, and not one change.
    ...(edits?.length === 1 && at.kind === "file" && edits[0]!.path === at.path
      ? { suggestions: [{ range: range(edits[0]!.span, source), text: edits[0]!.text }] }
      : {}),
  };
}

/** Columns count in bytes of UTF-8. */
function range({ line, column, endLine, endColumn }: Span, source: Source | undefined): object {
  return {
    start: { line, column: bytesBefore(source?.line(line), column) },
    end: { line: endLine, column: bytesBefore(source?.line(endLine), endColumn) },
  };
}

function bytesBefore(text: string | undefined, column: number): number {
  // What is masked was a letter or a digit: one byte.
  const before = text?.slice(0, column - 1).replaceAll(DOT, ".");
  return before === undefined ? column : new TextEncoder().encode(before).length + 1;
}
