import type { FactName, Facts } from "./facts.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Tool } from "./tool.ts";

/** In the order of the lists. A rule's file lies in the folder of its category. */
export const CATEGORIES = [
  "files",
  "profiles",
  "roles",
  "sso",
  "keys",
  "environment",
  "vault",
  "metadata",
  "suppressions",
] as const;
export type Category = (typeof CATEGORIES)[number];

/**
 * One ailment. `check` is a pure generator of data: no options, no I/O, no clock but the one among the facts.
 * It sees exactly the facts it names in `needs`; when one of them is unseen, the engine skips the rule and says why.
 */
export interface Rule<Needs extends FactName = FactName> {
  readonly id: string;
  readonly severity: Severity;
  readonly category: Category;
  /** A line for lists. */
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  readonly links: readonly string[];
  /** What the tools say because of it, word for word; `…` stands for what differs. */
  readonly errors?: readonly string[];
  /** When given, the rule speaks for these tools only, and is silent when the user asks about none of them. */
  readonly for?: readonly Tool[];
  readonly needs: readonly Needs[];
  check(facts: Pick<Facts, Needs>): Iterable<Finding>;
}

/** What the reports and lists know of a rule. */
export type RuleCard = Omit<Rule, "check">;
