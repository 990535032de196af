import type { Severity } from "../model/finding.ts";
import { type Draft, gaps, tell } from "./draft.ts";
import { jsonText } from "./json-text.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "critical", warning: "major", info: "info" };

/** Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function gitlab(draft: Draft): string {
  const findings = tell(draft).map(({ finding, place, span, message }) => ({
    description: message,
    check_name: finding.rule.id,
    fingerprint: draft.fingerprints.get(finding),
    severity: SEVERITIES[finding.severity],
    location: { path: place, lines: { begin: span?.line ?? 1, end: span?.endLine ?? 1 } },
  }));
  const { crashed, unseen } = gaps(draft);
  const missing = [...unseen, ...crashed].map((description) => ({
    description,
    check_name: "incomplete",
    fingerprint: description,
    severity: "critical",
    location: { path: "aws-vault-doctor", lines: { begin: 1, end: 1 } },
  }));
  return `${jsonText([...findings, ...missing], 2)}\n`;
}
