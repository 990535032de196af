import { UserError } from "../errors.ts";
import type { Rule, RuleCard } from "../model/rule.ts";
import { didYouMean } from "../nearest.ts";
import { SUPPRESSION_RULES } from "./suppressions.ts";

/** Every rule that a report may name, those of the engine included. */
export const allRules = (rules: readonly Rule[]): RuleCard[] => [...rules, ...Object.values(SUPPRESSION_RULES)];

export interface Choice {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly ignored: ReadonlySet<string>;
}

/** The rules that the user wants judged by. What is named with `--only` counts even where the preferences ignore it. */
export function chooseRules(
  rules: readonly Rule[],
  ruleIds: ReadonlySet<string>,
  { only, skip, ignored }: Choice,
): Rule[] {
  for (const [flag, ids] of [
    ["--only", only],
    ["--skip", skip],
  ] as const) {
    for (const id of ids) {
      if (!ruleIds.has(id))
        throw new UserError("NO_SUCH_RULE", `${flag}: there is no rule '${id}'${didYouMean(id, ruleIds)}`);
    }
  }
  return rules.filter(({ id }) => !skip.includes(id) && (only.length > 0 ? only.includes(id) : !ignored.has(id)));
}
