import type { FactName, Facts } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/report.ts";
import type { Rule } from "../model/rule.ts";
import type { Tool } from "../model/tool.ts";
import type { SeenFacts } from "../probes/probe.ts";

/** Of one rule. Nobody reads more, and a file made to be slow must not fill the memory. */
const FINDINGS_MAX = 10_000;

/** Judges: one outcome a rule, in the order of the rules. A rule that crashes costs its own findings only. */
export function check(rules: readonly Rule[], facts: SeenFacts, tools: readonly Tool[]): Outcome[] {
  return rules.map((rule) => judge(rule, facts, tools));
}

function judge(rule: Rule, facts: SeenFacts, tools: readonly Tool[]): Outcome {
  if (rule.for !== undefined && !rule.for.some((tool) => tools.includes(tool))) {
    return { kind: "skipped", rule, because: "not-asked", why: `it speaks for ${rule.for.join(" and ")} only` };
  }
  const needed: Partial<Record<FactName, unknown>> = {};
  for (const name of rule.needs) {
    const fact = facts[name];
    if (fact === undefined) return { kind: "crashed", rule, error: new Error(`nobody gathered '${name}'`) };
    if (!fact.known) return { kind: "skipped", rule, because: fact.because, why: fact.why };
    needed[name] = fact.value;
  }
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
