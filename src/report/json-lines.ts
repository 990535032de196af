import { isComplete } from "../model/report.ts";
import type { Draft } from "./draft.ts";
import { findingAsJson } from "./json.ts";
import { jsonText } from "./json-text.ts";

type Skip = Draft["report"]["skipped"][number];

/** What nobody asked for is no line. */
const isMissed = ({ because }: Skip): boolean => because !== "not-asked" && because !== "not-allowed";

/** As `json`, a line for each finding, and the last one for the run as a whole. */
export function jsonLines({ report, folders, fingerprints }: Draft): string {
  const { findings, skipped, crashed, suppressed, known } = report;
  const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  const lines = [
    ...findings.map((finding) => ({
      type: "finding",
      ...findingAsJson(finding, folders.home),
      fingerprint: fingerprints.get(finding),
    })),
    ...skipped.filter(isMissed).map(({ rule, why, because }) => ({ type: "skipped", rule: rule.id, why, because })),
    ...crashed.map(({ rule, error }) => ({ type: "crashed", rule: rule.id, error: error.message })),
    {
      type: "summary",
      schemaVersion: 1,
      tool: { name: "aws-vault-doctor", version: report.version },
      complete: isComplete(report),
      error: count("error"),
      warning: count("warning"),
      info: count("info"),
      suppressed,
      known,
    },
  ];
  return lines.map((line) => `${jsonText(line)}\n`).join("");
}
