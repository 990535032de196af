import { UserError } from "../errors.ts";
import type { RuleCard, RuleEntry } from "../model/rule.ts";
import { didYouMean } from "../nearest.ts";
import { ENGINE_RULES } from "./engine-rules.ts";

/** Every rule that a report may name, those of the engine included, and what is only heard of. */
export const allRules = async (rules: readonly RuleEntry[], heard: readonly RuleCard[] = []): Promise<RuleCard[]> => [
  ...(await Promise.all(rules.map(async (rule) => (await rule.load()).default))),
  ...ENGINE_RULES,
  ...heard,
];

export const allRuleIds = (rules: readonly RuleEntry[]): Set<string> =>
  new Set([...rules, ...ENGINE_RULES].map(({ id }) => id));

export interface Choice {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly ignored: ReadonlySet<string>;
}

/** The engine's own rules that the user does not want to hear of. */
export const unwanted = ({ only, skip, ignored }: Choice): Set<string> =>
  new Set(
    ENGINE_RULES.map(({ id }) => id).filter(
      (id) => skip.includes(id) || (only.length > 0 ? !only.includes(id) : ignored.has(id)),
    ),
  );

/** The rules that the user wants judged by. What is named with `--only` counts even where the preferences ignore it. */
export function chooseRules(
  rules: readonly RuleEntry[],
  ruleIds: ReadonlySet<string>,
  { only, skip, ignored }: Choice,
): RuleEntry[] {
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
