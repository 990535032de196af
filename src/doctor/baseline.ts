import { UserError } from "../errors.ts";
import { SEVERITIES } from "../model/finding.ts";
import type { FilePlace } from "../model/place.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import { BASELINE_STALE } from "./engine-rules.ts";
import type { Request } from "./examine.ts";
import type { Print } from "./fingerprint.ts";
import { fold } from "./fold.ts";

/** What is known already, so that only what is new makes a run fail. */
export interface Baseline {
  readonly path: string;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly rule: string;
  /** The file that it is about, by its name in the repository; none for what is about something else. */
  readonly file: string | undefined;
  /** In words. */
  readonly where: string;
  readonly fingerprint: string;
  /** In the baseline's own file. */
  readonly at: FilePlace;
}

const ENTRIES_MAX = 100_000; // Ten times what one rule may find.

/** Reads one that `baselineOf` made. Throws a UserError for anything else. */
export function readBaseline(path: string, text: string): Baseline {
  const wrong = (why: string): UserError =>
    new UserError("BAD_BASELINE", `${path} is no baseline: ${why}`, {
      hint: "`aws-vault-doctor check --write-baseline FILE` makes one",
    });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw wrong("it is not JSON");
  }
  if (!isObject(content) || content["tool"] !== "aws-vault-doctor" || !Array.isArray(content["findings"]))
    throw wrong("it does not say that it is ours");
  if (content["schemaVersion"] !== 1) throw wrong("another version of this program made it");
  const findings: readonly unknown[] = content["findings"];
  if (findings.length > ENTRIES_MAX) throw wrong(`it has more than ${ENTRIES_MAX} findings`);
  const places = placesIn(path, text);
  const entries = findings.map((one, index): Entry => {
    const { rule, file, where, fingerprint } = isObject(one) ? one : {};
    if (typeof rule !== "string" || typeof where !== "string" || typeof fingerprint !== "string")
      throw wrong(`its finding ${index + 1} has no rule, where or fingerprint`);
    const at = places.get(fingerprint) ?? { kind: "file", path };
    return { rule, file: typeof file === "string" ? file : undefined, where, fingerprint, at };
  });
  return { path, entries };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The lines on which fingerprints stand. */
function placesIn(path: string, text: string): Map<string, FilePlace> {
  const places = new Map<string, FilePlace>();
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const fingerprint = /"fingerprint": ?"([^"]*)"/.exec(line)?.[1];
    const [number, end] = [index + 1, start + line.length];
    const span = { start, end, line: number, column: 1, endLine: number, endColumn: line.length + 1 };
    if (fingerprint !== undefined) places.set(fingerprint, { kind: "file", path, span });
    start = end + 1;
  }
  return places;
}

type Known = Omit<Entry, "at">;

/** All that a report has to say. */
export const baselineOf = ({ findings }: Report, prints: ReadonlyMap<ReportedFinding, Print>): Known[] =>
  findings
    .filter(({ rule }) => rule.id !== BASELINE_STALE.id)
    .map((finding) => ({ rule: finding.rule.id, ...prints.get(finding)! }));

/** A line for each, in an order that does not turn on anything, so that two versions are easy to compare. */
export function textOf(entries: readonly Known[]): string {
  const lines = entries
    .map(({ rule, file, where, fingerprint }) => JSON.stringify({ rule, file, where, fingerprint }))
    .sort()
    .map((line) => `    ${line}`);
  const findings = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "schemaVersion": 1,\n  "tool": "aws-vault-doctor",\n  "findings": ${findings}\n}\n`;
}

/** What was looked at in a run: about anything else, nobody knows whether it is still there. */
export interface Judged {
  readonly rules: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
  /** More than files. */
  readonly isMachine: boolean;
}

/** The entries for which nothing is found any more. */
export function stale(
  { entries }: Baseline,
  prints: ReadonlyMap<ReportedFinding, Print>,
  { rules, files, isMachine }: Judged,
): Entry[] {
  const found = new Set([...prints.values()].map(({ fingerprint }) => fingerprint));
  return entries.filter(
    ({ rule, file, fingerprint }) =>
      !found.has(fingerprint) && rules.has(rule) && (file === undefined ? isMachine : files.has(file)),
  );
}

/** Without what is known, and with what is wrong with the baseline. */
export function withoutKnown(
  report: Report,
  baseline: Baseline,
  prints: ReadonlyMap<ReportedFinding, Print>,
  judged: Judged,
  { severities, unwanted }: Pick<Request, "severities" | "unwanted">,
): Report {
  const known = new Set(baseline.entries.map(({ fingerprint }) => fingerprint));
  const fresh = report.findings.filter((finding) => !known.has(prints.get(finding)!.fingerprint));
  const severity = severities.get(BASELINE_STALE.id) ?? BASELINE_STALE.severity;
  const gone = unwanted?.has(BASELINE_STALE.id) === true ? [] : stale(baseline, prints, judged);
  const about = gone.map(
    ({ at, rule, where }): ReportedFinding => ({
      at,
      rule: BASELINE_STALE,
      severity,
      says: `${rule} is not found any more in ${where}`,
    }),
  );
  const rank = (one: ReportedFinding): number => SEVERITIES.indexOf(one.severity);
  return {
    ...report,
    findings: fold([...fresh.map(unfolded), ...about].sort((one, other) => rank(one) - rank(other))),
    known: report.findings.length - fresh.length,
  };
}

/** What a known cause would hide has to be told by itself. */
function unfolded(finding: ReportedFinding): ReportedFinding {
  const { cause: _cause, consequences: _consequences, ...alone } = finding;
  return alone;
}
