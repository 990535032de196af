import { isWork } from "../cure/steps.ts";
import { suppression } from "../cure/suppression.ts";
import type { Request } from "../doctor/examine.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import { runQuietly } from "../model/stage.ts";
import type { FailOn } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { findingAlone } from "../report/human.ts";
import { count, printable } from "../report/printable.ts";
import type { Choice, Prompts, System } from "../system/system.ts";
import { sameKey } from "../treat/findings.ts";
import { allOfThem, lineKey, rehearse, type Wanted, type Wish } from "../treat/rehearse.ts";
import type { Given } from "./command.ts";
import { carryOutPlan, mustBeAbleToAsk, prompts, showPatch } from "./cure.ts";
import { exitCode, styleOf } from "./examination.ts";
import { pageOf } from "./explain.ts";

type Answer = "yes" | "no" | "all" | "explain" | "suppress" | "quit";

/** What was decided: nothing is changed before all is. */
interface Decisions {
  /** By the line that a finding stands in, and without it: another fix may change that line first. */
  readonly wanted: Set<string>;
  readonly wantedAnywhere: Set<string>;
  /** All that was found at first: what is not among it is a line that has changed since. */
  readonly known: ReadonlySet<string>;
  readonly rules: Set<string>;
  /** Reasons, by the finding that is meant to be so. */
  readonly meant: Map<string, string>;
}

/** Goes through the fixes with a person: each with its lines, its patch and a question. Then makes what was wanted. */
export async function guide(given: Given, system: System, request: Request, failOn: FailOn): Promise<number> {
  mustBeAbleToAsk(system, "fix");
  const { errors } = system.terminal;
  const nothing = await rehearse(system, probes, request, () => undefined, runQuietly, given.log);
  const report = nothing.before;
  const findings = report.findings.filter((one) => one.fix !== undefined && isWork(one.fix));
  if (findings.length === 0) {
    errors.write("There is nothing that a fix could do\n");
    return exitCode(report, failOn);
  }
  const decisions: Decisions = {
    wanted: new Set(),
    wantedAnywhere: new Set(),
    known: new Set(findings.map((one) => lineKey(one, report))),
    rules: new Set(),
    meant: new Map(),
  };
  const ask = await prompts(system);
  for (const [index, finding] of findings.entries()) {
    if (decisions.rules.has(finding.rule.id)) continue;
    errors.write(`\n${index + 1} of ${count(findings.length, "fix", "fixes")}\n`);
    await show(finding, report, given, system, request);
    if (!(await decide(finding, report, decisions, ask, system))) break;
  }
  if (decisions.wanted.size + decisions.rules.size + decisions.meant.size === 0) {
    errors.write("\nNothing was changed\n");
    return exitCode(report, failOn);
  }
  errors.write("\n");
  const plan = await rehearse(system, probes, request, wishOf(decisions), runQuietly, given.log);
  const code = await carryOutPlan(plan, given, system, request, failOn, "cures");
  const same = sameCommand(findings, report, decisions);
  if (same !== "") errors.write(`the same without questions: ${same}\n`);
  return code;
}

/** The finding as the report has it, and what its fix alone would change. */
async function show(
  finding: ReportedFinding,
  report: Report,
  given: Given,
  system: System,
  request: Request,
): Promise<void> {
  const { errors } = system.terminal;
  errors.write(`${findingAlone(report, finding, { ...styleOf(given, system), width: errors.columns })}\n`);
  const key = lineKey(finding, report);
  const alone: Wish = (one, now) => (lineKey(one, now) === key ? allOfThem(one, now) : undefined);
  const { changes, refused } = await rehearse(system, probes, request, alone, runQuietly, given.log);
  errors.write(showPatch(changes, given, system, errors));
  for (const { why } of refused) errors.write(`${printable(`by itself this fix will not be made, because ${why}`)}\n`);
}

/** False when nothing more is to be asked. */
async function decide(
  finding: ReportedFinding,
  report: Report,
  decisions: Decisions,
  ask: Prompts,
  system: System,
): Promise<boolean> {
  const { id } = finding.rule;
  const key = lineKey(finding, report);
  for (;;) {
    switch (await ask.choose<Answer>(printable(`${finding.fix!.title}?`), choices(finding, report))) {
      case "yes":
        decisions.wanted.add(key);
        decisions.wantedAnywhere.add(sameKey(finding));
        return true;
      case "no":
        return true;
      case "all":
        decisions.rules.add(id);
        return true;
      case "suppress":
        decisions.meant.set(key, await ask.ask("Why is it meant so?"));
        return true;
      case "quit":
        return false;
      case "explain":
        system.terminal.errors.write(pageOf(id, system));
    }
  }
}

function choices(finding: ReportedFinding, { sources }: Report): Choice<Answer>[] {
  const { at, rule } = finding;
  const canBeSilenced = suppression(finding, at.kind === "file" ? sources.get(at.path) : undefined, "") !== undefined;
  return [
    { value: "yes", name: "yes, make this fix" },
    { value: "no", name: "no, leave it" },
    { value: "all", name: `yes, and all others of ${rule.id}` },
    { value: "explain", name: "explain it" },
    ...(canBeSilenced
      ? [{ value: "suppress" as const, name: "it is meant so: say why in a comment, and do not report it" }]
      : []),
    { value: "quit", name: "ask no more, and make what was chosen so far" },
  ];
}

const wishOf =
  ({ wanted, wantedAnywhere, known, rules, meant }: Decisions): Wish =>
  (finding, report): Wanted | undefined => {
    const key = lineKey(finding, report);
    const reason = meant.get(key);
    if (reason !== undefined) {
      const { at } = finding;
      const fix = suppression(finding, at.kind === "file" ? report.sources.get(at.path) : undefined, reason);
      // A comment may change no profile at all.
      return fix && { fix, profiles: [] };
    }
    const isWanted =
      rules.has(finding.rule.id) || wanted.has(key) || (!known.has(key) && wantedAnywhere.has(sameKey(finding)));
    return isWanted ? allOfThem(finding, report) : undefined;
  };

/** The command that would have made the same fixes; comments it cannot write. */
function sameCommand(findings: readonly ReportedFinding[], report: Report, decisions: Decisions): string {
  const isWanted = (finding: ReportedFinding): boolean =>
    decisions.rules.has(finding.rule.id) || decisions.wanted.has(lineKey(finding, report));
  const rules = new Set(findings.filter(isWanted).map(({ rule }) => rule.id));
  if (rules.size === 0) return "";
  const others = findings.filter((finding) => rules.has(finding.rule.id) && !isWanted(finding)).length;
  const command = `aws-vault-doctor check --fix=all --yes --only ${[...rules].join(",")}`;
  return others === 0 ? command : `${command} (and ${count(others, "fix", "fixes")} more of these rules)`;
}
