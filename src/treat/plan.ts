import type { Cure, Refused } from "../cure/pass.ts";
import type { CureText } from "../cure/text.ts";
import type { Report } from "../model/report.ts";

/** What is to happen, proved on a rehearsal and not begun. */
export interface Plan {
  readonly before: Report;
  /** What a look at the machine will say afterwards, if nobody else changes it. */
  readonly expected: Report;
  readonly cures: readonly Cure[];
  readonly refused: readonly Refused[];
  readonly changes: readonly PlannedChange[];
}

export type PlannedChange = TextChange | ModeChange;

export interface TextChange {
  readonly kind: "text";
  /** As it is known to the user; links are not followed. */
  readonly path: string;
  readonly before: CureText;
  readonly after: CureText;
}

export interface ModeChange {
  readonly kind: "mode";
  readonly path: string;
  readonly before: number;
  readonly after: number;
}
