import type { Severity } from "./finding.ts";
import type { FilePlace } from "./place.ts";

/** What a team demands of some of its profiles. */
export interface Policy {
  readonly name: string;
  /** Names with `*` for any characters and `?` for one. */
  readonly profiles: readonly string[];
  readonly severity: Severity;
  readonly demands: readonly Demand[];
}

export type Demand = {
  /** Where it is written. */
  readonly at: FilePlace;
} & (
  | { readonly kind: "mfa" }
  | { readonly kind: "max-duration"; readonly seconds: number }
  | { readonly kind: "accounts"; readonly accounts: readonly string[] }
  | { readonly kind: "regions"; readonly regions: readonly string[] }
  | { readonly kind: "sso-start-url"; readonly url: string }
  | { readonly kind: "require" | "forbid"; readonly settings: readonly DemandedSetting[] }
);

export interface DemandedSetting {
  readonly name: string;
  /** Undefined: whatever its value is. */
  readonly value: string | undefined;
}
