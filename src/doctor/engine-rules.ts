import type { RuleCard } from "../model/rule.ts";
import { SUPPRESSION_RULES } from "./suppressions.ts";

/** An entry of a baseline is a suppression of its own kind. */
export const BASELINE_STALE: RuleCard = {
  id: "baseline-stale",
  severity: "warning",
  category: "suppressions",
  summary: "an entry of the baseline for which nothing is found any more",
  why: "What it was written for is mended. Left where it is, it would silence the same mistake when somebody makes it again.",
  remedy: "take the entry out: `aws-vault-doctor baseline prune` does that for all of them",
  links: [],
  needs: [],
};

/** What only the engine can tell, so that no rule file does. */
export const ENGINE_RULES: readonly RuleCard[] = [...Object.values(SUPPRESSION_RULES), BASELINE_STALE];
