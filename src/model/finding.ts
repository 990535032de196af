import type { Fix } from "./fix.ts";
import type { Place } from "./place.ts";
import type { Tool } from "./tool.ts";

export const SEVERITIES = ["error", "warning", "info"] as const;
/** `error`: it will fail, or leaks a secret. `warning`: works by luck, or in some tools only. `info`: worth knowing. */
export type Severity = (typeof SEVERITIES)[number];

/** What a rule has to say about one place. */
export interface Finding {
  readonly at: Place;
  /** One sentence in the user's words; starts small, ends without a full stop. */
  readonly says: string;
  /** When this case is milder or worse than the rule's own severity. */
  readonly severity?: Severity;
  readonly also?: readonly Related[];
  /** The profiles that suffer. */
  readonly profiles?: readonly string[];
  /** The tools that suffer, when not all of those that the user asked about do. */
  readonly tools?: readonly Tool[];
  readonly fix?: Fix;
  /** What is not there, or wrong, such as `profile base`: of findings that give the same reason, one stands for all. */
  readonly because?: string;
  /** The reason of others that this finding explains. */
  readonly explains?: string;
}

export interface Related {
  readonly at: Place;
  readonly says: string;
}
