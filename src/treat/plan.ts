import type { Cure, Refused } from "../cure/pass.ts";
import type { CureText } from "../cure/text.ts";
import type { Report } from "../model/report.ts";
import type { Move } from "./moves.ts";

/** What is to happen, proved on a rehearsal and not begun. */
export interface Plan {
  readonly before: Report;
  /** What a look at the machine will say afterwards, if nobody else changes it. */
  readonly expected: Report;
  readonly cures: readonly Cure[];
  readonly refused: readonly Refused[];
  /** Keys that have to be in the vault before the first change. */
  readonly moves: readonly Move[];
  /** What the vault is called that has them by now. */
  readonly vault?: string | undefined;
  readonly changes: readonly PlannedChange[];
}

export type PlannedChange = TextChange | ModeChange;

export interface TextChange {
  readonly kind: "text";
  /** As it is known to the user; links are not followed. */
  readonly path: string;
  /** Undefined: there is no such file. */
  readonly before: CureText | undefined;
  readonly after: CureText | undefined;
}

export interface ModeChange {
  readonly kind: "mode";
  readonly path: string;
  readonly before: number;
  readonly after: number;
}
