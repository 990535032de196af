import type { ReportedFinding } from "../model/report.ts";

/**
 * Puts consequences under their cause. Findings that give the same reason (`because`) are one trouble: under the finding that
 * explains it, or else under the first of them, stand the others. None is lost, and none changes its severity.
 */
export function fold(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const byReason = new Map<string, ReportedFinding[]>();
  const explaining = new Map(
    findings.flatMap((one) => (one.explains === undefined ? [] : [[one.explains, one] as const])),
  );
  for (const finding of findings) {
    const group = finding.because === undefined ? undefined : byReason.get(finding.because);
    if (group !== undefined) group.push(finding);
    else if (finding.because !== undefined) byReason.set(finding.because, [finding]);
  }
  const causes = new Map<ReportedFinding, ReportedFinding>();
  const consequences = new Map<ReportedFinding, readonly ReportedFinding[]>();
  for (const [reason, group] of byReason) {
    const cause = explaining.get(reason) ?? group[0]!;
    const others = group.filter((one) => one !== cause && one.severity === cause.severity);
    if (others.length > 0) consequences.set(cause, others);
    for (const one of others) causes.set(one, cause);
  }
  if (causes.size === 0) return findings;
  return findings.map((finding) => {
    const cause = causes.get(finding);
    const others = consequences.get(finding);
    return {
      ...finding,
      ...(cause === undefined ? {} : { cause: { rule: cause.rule, at: cause.at } }),
      ...(others === undefined ? {} : { consequences: others }),
    };
  });
}
