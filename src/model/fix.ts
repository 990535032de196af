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

export type Step = EditStep | MoveStep | CleanStep | EncodeStep | ChmodStep | MoveToVaultStep | RemoveStep;

/** Replaces a stretch of a file; of one that is not there, nothing at its start, which makes it. The new text never comes out of a masked stretch: see `MoveStep` for that. */
export interface EditStep {
  readonly kind: "edit";
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

/** Moves or copies whole lines to the start of another line of the same file, unseen: they may hold secrets. */
export interface MoveStep {
  readonly kind: "move" | "copy";
  readonly path: string;
  readonly span: Span;
  readonly to: Span;
}

/** Takes the characters without ink out of a stretch, which may be a secret: where they are, no rule can see. */
export interface CleanStep {
  readonly kind: "clean";
  readonly path: string;
  readonly span: Span;
}

/** Removes a file whose content is of no use to anybody. */
export interface RemoveStep {
  readonly kind: "remove";
  readonly path: string;
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

/** Stores a profile's long-term key in the vault, reads it back, and only then takes its lines out of the file. */
export interface MoveToVaultStep {
  readonly kind: "move-to-vault";
  readonly profile: string;
  readonly path: string;
  readonly accessKeyId: KeyLine;
  readonly secretAccessKey: KeyLine;
  /** The profiles that start from this one, and will have to start from the vault as well. */
  readonly dependents: readonly string[];
}

/** Where a value stands, and the whole line or lines of its setting. */
export interface KeyLine {
  readonly value: Span;
  readonly lines: Span;
}
