import type { FactName, Facts } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/report.ts";
import type { RuleEntry } from "../model/rule.ts";
import type { Tool } from "../model/tool.ts";
import type { SeenFacts } from "../probes/probe.ts";
import { concerns, type Here, hereIs } from "./here.ts";

/** Of one rule. Nobody reads more, and a file made to be slow must not fill the memory. */
const FINDINGS_MAX = 10_000;

/** Judges: one outcome a rule, in the order of the rules. A rule that crashes costs its own findings only. */
export async function check(rules: readonly RuleEntry[], facts: SeenFacts, tools: readonly Tool[]): Promise<Outcome[]> {
  const here = hereIs(facts);
  const outcomes: Outcome[] = [];
  for (const rule of rules) outcomes.push(reasonNotToAsk(rule, facts, tools, here) ?? (await judge(rule, facts)));
  return outcomes;
}

function reasonNotToAsk(rule: RuleEntry, facts: SeenFacts, tools: readonly Tool[], here: Here): Outcome | undefined {
  if (rule.for !== undefined && !rule.for.some((tool) => tools.includes(tool)))
    return { kind: "skipped", rule, because: "not-asked", why: `it speaks for ${rule.for.join(" and ")} only` };
  for (const name of rule.needs) {
    const fact = facts[name];
    if (fact?.known === true) continue;
    // Nobody has to look for, or allow, what would lead to nothing.
    if ((fact === undefined || fact.because === "not-allowed") && !concerns(rule, here)) break;
    if (fact === undefined) return { kind: "crashed", rule, error: new Error(`nobody gathered '${name}'`) };
    return { kind: "skipped", rule, because: fact.because, why: fact.why };
  }
  return concerns(rule, here) ? undefined : { kind: "silent", rule };
}

async function judge(entry: RuleEntry, facts: SeenFacts): Promise<Outcome> {
  const needed: Partial<Record<FactName, unknown>> = {};
  for (const name of entry.needs) {
    const fact = facts[name];
    if (fact?.known === true) needed[name] = fact.value;
  }
  const { default: rule } = await entry.load();
  try {
    const findings: Finding[] = [];
    for (const finding of rule.check(needed as Facts)) {
      if (findings.length === FINDINGS_MAX) return { kind: "ran", rule, findings, cut: true };
      findings.push(finding);
    }
    return { kind: "ran", rule, findings };
  } catch (thrown) {
    return { kind: "crashed", rule, error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }
}
