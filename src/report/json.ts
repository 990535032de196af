import type { Place } from "../model/place.ts";
import { isComplete, type Report, type ReportedFinding } from "../model/report.ts";
import type { Cured } from "./cured.ts";
import { jsonText } from "./json-text.ts";
import { shortPath } from "./printable.ts";

/** The page of a rule. */
export const docsOf = (id: string): string => `${DOCS}/${id}.md`;

const DOCS = "https://github.com/aws-vault-doctor/aws-vault-doctor/blob/main/docs/rules";

/** One document, versioned; lines and columns count from 1. New fields may come, none goes within a version. */
export function json(report: Report, home: string, told?: Cured): string {
  const count = (severity: string): number => report.findings.filter((finding) => finding.severity === severity).length;
  const document = {
    schemaVersion: 1,
    tool: { name: "aws-vault-doctor", version: report.version },
    complete: isComplete(report),
    findings: report.findings.map((finding) => findingAsJson(finding, home)),
    skipped: report.skipped.map(({ rule, why, because }) => ({ rule: rule.id, why, because })),
    cut: report.cut.map(({ id }) => id),
    crashed: report.crashed.map(({ rule, error }) => ({ rule: rule.id, error: error.message })),
    summary: {
      error: count("error"),
      warning: count("warning"),
      info: count("info"),
      suppressed: report.suppressed,
      known: report.known,
    },
    ...(told === undefined ? {} : { cures: curesAsJson(told, home) }),
  };
  return `${jsonText(document, 2)}\n`;
}

function curesAsJson({ run, paths, cured, refused, failed, moved, fresh }: Cured, home: string): object {
  const done = ({ finding, fix }: Cured["cured"][number]): object => ({
    rule: finding.rule.id,
    message: finding.says,
    location: location(finding.at, home),
    fix: { title: fix.title, safety: fix.safety },
  });
  return {
    run: run ?? null,
    changed: paths,
    cured: cured.map(done),
    refused: refused.map((one) => ({ ...done(one), because: one.why })),
    failed: failed.map((one) => ({ ...done(one), because: one.why })),
    moved,
    new: fresh.map(({ rule, says, at }) => ({ rule: rule.id, message: says, location: location(at, home) })),
  };
}

export function findingAsJson(finding: ReportedFinding, home: string): object {
  const { rule, severity, says, at, also = [], profiles = [], tools, fix, cause, consequences } = finding;
  return {
    rule: rule.id,
    severity,
    category: rule.category,
    message: says,
    why: rule.why,
    remedy: rule.remedy,
    location: location(at, home),
    related: also.map((one) => ({ location: location(one.at, home), message: one.says })),
    profiles,
    ...(tools ? { tools } : {}),
    ...(fix ? { fix: { title: fix.title, safety: fix.safety } } : {}),
    ...(cause ? { because: { rule: cause.rule.id, location: location(cause.at, home) } } : {}),
    ...(consequences ? { explains: consequences.length } : {}),
    docs: docsOf(rule.id),
  };
}

/** Places as the outside world knows them: also what `profiles --format json` uses. */
export function location(at: Place, home: string): object {
  switch (at.kind) {
    case "file": {
      const file = { file: shortPath(at.path, home), path: at.path };
      if (at.span === undefined) return file;
      const { line, column, endLine, endColumn } = at.span;
      return { ...file, line, column, endLine, endColumn };
    }
    case "environment":
      return { environment: at.variable };
    case "network":
      return { network: at.address, ...(at.process === undefined ? {} : { process: at.process }) };
    case "vault":
      return { vault: at.item };
    case "program":
      return { program: at.program };
    case "system":
      return { system: at.system };
  }
}
