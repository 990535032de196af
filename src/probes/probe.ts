import type { FactName, Facts } from "../model/facts.ts";
import type { Consent, Scope } from "../model/scope.ts";
import type { Seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";

/** The facts gathered so far. */
export type SeenFacts = { readonly [Name in FactName]?: Seen<Facts[Name]> };

/** The only code that looks: each gives one fact. */
export interface Probe<Name extends FactName> {
  /** What it does beyond reading files, which the user has to allow. */
  readonly asks: Consent | "nothing";
  /** Whether it looks at the machine, and not only at the files that were named. */
  readonly ofMachine: boolean;
  /** What it is where nothing of the machine is judged, so that rules about files that look at it too can speak. */
  readonly inFilesAlone?: Facts[Name];
  /** The facts it stands on; they are gathered first. */
  readonly after: readonly FactName[];
  look(system: System, scope: Scope, facts: SeenFacts): Seen<Facts[Name]> | Promise<Seen<Facts[Name]>>;
}

export type Probes = { readonly [Name in FactName]: Probe<Name> };
