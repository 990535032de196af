import type { Span } from "./place.ts";

/**
 * A cure as data, so that it can be shown, compared, tested and refused before anything happens.
 * `safe`: right beyond doubt. `ask`: changes what somebody may have meant. `guided`: needs a decision or a secret.
 */
export interface Fix {
  readonly title: string;
  readonly safety: "safe" | "ask" | "guided";
  readonly steps: readonly [Step, ...Step[]];
}

export type Step = EditStep | MoveStep | EncodeStep | ChmodStep | MoveToVaultStep;

/** Replaces a stretch of a file. The new text never comes out of a masked stretch: see `MoveStep` for that. */
export interface EditStep {
  readonly kind: "edit";
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

/** Moves whole lines to the start of another line of the same file, unseen: they may hold secrets. */
export interface MoveStep {
  readonly kind: "move";
  readonly path: string;
  readonly span: Span;
  readonly to: Span;
}

/** Writes the whole text again as UTF-8 without a byte order mark; not a character of it changes. */
export interface EncodeStep {
  readonly kind: "encode";
  readonly path: string;
}

export interface ChmodStep {
  readonly kind: "chmod";
  readonly path: string;
  /** Permission bits, such as 0o600. */
  readonly mode: number;
}

/** Stores a profile's long-term keys in the vault, reads them back, and only then takes the lines out of the file. */
export interface MoveToVaultStep {
  readonly kind: "move-to-vault";
  readonly profile: string;
  readonly path: string;
  readonly lines: readonly Span[];
}
