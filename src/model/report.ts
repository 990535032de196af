import type { VaultStore } from "./facts.ts";
import type { Finding, Severity } from "./finding.ts";
import type { RuleCard } from "./rule.ts";
import type { Because } from "./seen.ts";

/** What came of one rule. */
export type Outcome =
  | { readonly kind: "ran"; readonly rule: RuleCard; readonly findings: readonly Finding[]; readonly cut?: boolean }
  /** Nothing that it is about is here. */
  | { readonly kind: "silent"; readonly rule: RuleId }
  | { readonly kind: "skipped"; readonly rule: RuleId; readonly why: string; readonly because: Because }
  | { readonly kind: "crashed"; readonly rule: RuleId; readonly error: Error };

type RuleId = Pick<RuleCard, "id">;

/** A finding with all that a reader of a report may ask. */
export interface ReportedFinding extends Finding {
  readonly rule: RuleCard;
  readonly severity: Severity;
  /** The finding that this one follows from, */
  readonly cause?: Pick<ReportedFinding, "rule" | "at">;
  /** and those that follow from this one. */
  readonly consequences?: readonly ReportedFinding[];
}

export interface Report {
  readonly version: string;
  readonly findings: readonly ReportedFinding[];
  readonly skipped: readonly Extract<Outcome, { kind: "skipped" }>[];
  readonly crashed: readonly Extract<Outcome, { kind: "crashed" }>[];
  /** Rules that had more findings than were taken. */
  readonly cut: readonly RuleCard[];
  /** How many findings a comment in a file silenced. */
  readonly suppressed: number;
  /** How many findings are in the baseline, and so not told. */
  readonly known: number;
  /** The profiles that the tools would use now. */
  readonly active: readonly string[];
  /** What was looked at, for the first line of a report. */
  readonly looked: Looked;
  readonly sources: ReadonlyMap<string, Source>;
  /** The files that were judged together. */
  readonly setups: readonly Setup[];
}

/** The paths of the two files, where they are part of what was judged. */
export interface Setup {
  readonly config: string | undefined;
  readonly credentials: string | undefined;
}

export interface Looked {
  readonly files: readonly { readonly path: string; readonly state: string }[];
  readonly profiles: number;
  readonly rules: number;
  /** Where the vault keeps keys, if that was looked at. */
  readonly store: VaultStore | undefined;
}

/** The masked text of a file that a finding stands in. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** The line with this number, counted from 1, masked; undefined past the end. */
  line(number: number): string | undefined;
}

/** A check could not run although it should have: the run as a whole is not complete. */
export const isComplete = (report: Report): boolean =>
  report.crashed.length === 0 && report.skipped.every((skip) => skip.because !== "failed");
