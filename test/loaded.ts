import { rules as entries } from "../rules/index.ts";
import type { Rule } from "../src/model/rule.ts";

/** All rules, in the order of their list. */
export const rules: readonly Rule[] = await Promise.all(entries.map(async (entry) => (await entry.load()).default));
