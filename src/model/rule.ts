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
  /** Where none of it is, the rule has nothing to say, and is not asked. Without, it is always asked. */
  readonly about?: About;
  check(facts: Pick<Facts, Needs>): Iterable<Finding>;
}

/** Any of it. A name that ends in `*` stands for all that begin so. What could not be looked at may be there. */
export interface About {
  /** Set in one of the two files. Also where a file has odd lines, because tools see other settings there. */
  readonly settings?: readonly string[];
  /** Set to what is out of the ordinary (`awsconfig/unusual.ts`). */
  readonly values?: readonly string[];
  /** Set in the environment; or what a start-up file says something about, aliases too. */
  readonly variables?: readonly string[];
  /** On PATH. */
  readonly programs?: readonly string[];
  /** A line, a header or an encoding of the two files that tools read differently. */
  readonly oddLines?: true;
  /** A section of the config file that is for no tool a profile, or anything else. */
  readonly otherSections?: true;
  /** A setting that no tool knows. */
  readonly unknownSettings?: true;
  /** The two files, `~/.aws` or the vault: not plainly there, or not their owner's alone. */
  readonly files?: true;
  /** Something was seen: a fact that is a list with something in it, or anything at all. */
  readonly facts?: readonly FactName[];
  /** Somebody listens on an address of aws-vault's servers, or an interface carries it. */
  readonly servers?: true;
}

/** As much of a rule as decides whether it is asked, and the way to the rest of it. */
export interface RuleEntry extends Pick<Rule, "id" | "for" | "needs" | "about"> {
  load(): Promise<{ readonly default: Rule }>;
}

/** What the reports and lists know of a rule. */
export type RuleCard = Omit<Rule, "check">;
