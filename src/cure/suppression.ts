import type { Fix } from "../model/fix.ts";
import type { ReportedFinding, Source } from "../model/report.ts";

/**
 * A comment above a finding's line that silences it, as a fix; undefined for what stands in no line of a file. Directly
 * below a header it speaks for the whole section, as each such comment does.
 */
export function suppression(
  { at, rule }: ReportedFinding,
  source: Source | undefined,
  reason: string,
): Fix | undefined {
  if (at.kind !== "file" || at.span === undefined || source === undefined) return undefined;
  const { start, line, column } = at.span;
  const first = start - (column - 1);
  const span = { start: first, end: first, line, column: 1, endLine: line, endColumn: 1 };
  const text = `# aws-vault-doctor: ignore[${rule.id}] -- ${oneLine(reason)}\n`;
  return {
    title: `say in a comment above it that it is meant so`,
    safety: "ask",
    steps: [{ kind: "edit", path: at.path, span, text }],
  };
}

const oneLine = (reason: string): string => reason.replace(/[\s\p{Cc}]+/gu, " ").trim();
