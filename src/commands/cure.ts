import { isWork } from "../cure/steps.ts";
import type { CureText } from "../cure/text.ts";
import type { Request } from "../doctor/examine.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import type { FailOn } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { type Cured, cured } from "../report/cured.ts";
import { human } from "../report/human.ts";
import { json } from "../report/json.ts";
import { paint } from "../report/paint.ts";
import { type PatchedFile, type PatchText, patch } from "../report/patch.ts";
import { count, printable } from "../report/printable.ts";
import type { Prompts, Stream, System } from "../system/system.ts";
import { sameKey } from "../treat/findings.ts";
import type { Plan, PlannedChange } from "../treat/plan.ts";
import { allOfThem, rehearse, safeOnes } from "../treat/rehearse.ts";
import { type Treated, treat } from "../treat/treat.ts";
import { hasColour } from "./colour.ts";
import { type Given, teller } from "./command.ts";
import { exitCode, styleOf, watcher } from "./examination.ts";

/** `check --fix` and `check --diff`: the fixes are tried on a rehearsal, shown, and made when they may be. */
export async function cure(given: Given, system: System, request: Request, failOn: FailOn): Promise<number> {
  const wantsAll = given.text("fix") === "all";
  const isDry = given.isOn("diff");
  if (isDry && given.text("format") === "json") throw new UserError("BAD_FLAG", "--diff prints a patch, and no JSON");
  if (wantsAll && !isDry && !given.isOn("yes")) mustBeAbleToAsk(system, "--fix=all");
  const runStages = await watcher(given, system);
  const plan = await rehearse(system, probes, request, wantsAll ? allOfThem : safeOnes, runStages, given.log);
  if (isDry) return show(plan, given, system, failOn);
  if (wantsAll && !given.isOn("yes") && plan.changes.length > 0) await mustBeWanted(plan, given, system);
  return carryOutPlan(plan, given, system, request, failOn);
}

/** Makes a plan's changes, and tells what came of them. */
export async function carryOutPlan(
  plan: Plan,
  given: Given,
  system: System,
  request: Request,
  failOn: FailOn,
  what: "report and cures" | "cures" = "report and cures",
): Promise<number> {
  const runStages = await watcher(given, system);
  const treated =
    plan.changes.length === 0
      ? undefined
      : await treat(system, probes, request, plan, runStages, given.log, teller(system));
  const after = treated?.after ?? plan.expected;
  const told = outcome(plan, treated, after);
  const { output } = system.terminal;
  if (given.text("format") === "json") output.write(json(after, system.machine.home, told));
  else {
    const style = styleOf(given, system);
    const report = what === "cures" ? "" : `${await human(after, { ...style, box: false })}\n`;
    output.write(`${report}${await cured(told, style)}`);
  }
  return told.refused.length > 0 ? EXIT.fixFailed : exitCode(after, failOn);
}

/** The patch on stdout, and on stderr what is not in it. */
function show(plan: Plan, given: Given, system: System, failOn: FailOn): number {
  const { output, errors } = system.terminal;
  output.write(showPatch(plan.changes, given, system, output));
  for (const { finding, fix, why } of plan.refused)
    errors.write(`${printable(`not in it: ${fix.title} (${finding.rule.id}), because ${why}`)}\n`);
  const asks = leftOf(plan.expected, plan).filter(({ fix }) => isWork(fix!)).length;
  if (asks > 0)
    errors.write(`not in it: ${count(asks, "fix", "fixes")} to be asked about (--diff --fix=all shows them)\n`);
  return exitCode(plan.before, failOn);
}

export function mustBeAbleToAsk({ terminal }: System, flag: string): void {
  if (terminal.prompts !== undefined || (terminal.input.isTerminal && terminal.errors.isTerminal)) return;
  throw new UserError("CANNOT_ASK", `${flag} asks before it changes anything, and there is no terminal to ask at`, {
    hint: flag === "fix" ? "`aws-vault-doctor check --fix` makes fixes without questions" : "--yes answers it",
  });
}

async function mustBeWanted(plan: Plan, given: Given, system: System): Promise<void> {
  const { errors } = system.terminal;
  errors.write(showPatch(plan.changes, given, system, errors));
  const paths = new Set(plan.changes.map(({ path }) => path)).size;
  const what = paths === 1 ? "this file" : `these ${paths} files`;
  if (await (await prompts(system)).confirm(`Change ${what}?`)) return;
  throw new UserError("NOT_WANTED", "nothing was changed", { exitCode: EXIT.findings });
}

export const prompts = async ({ terminal }: System): Promise<Prompts> =>
  terminal.prompts ?? (await import("../terminal/prompts.ts")).prompts;

function outcome(plan: Plan, treated: Treated | undefined, after: Report): Cured {
  const isRolledBack = treated !== undefined && treated.stillThere.length > 0;
  const why = "the finding was there again afterwards, and all was taken back";
  return {
    run: isRolledBack ? undefined : treated?.run.id,
    paths: isRolledBack || treated === undefined ? [] : [...new Set(plan.changes.map(({ path }) => path))],
    cured: isRolledBack ? [] : plan.cures,
    refused: [...plan.refused, ...(isRolledBack ? plan.cures.map((one) => ({ ...one, why })) : [])],
    fresh: treated?.fresh ?? [],
    left: leftOf(after, plan),
  };
}

/** The fixes that nobody asked for; not those that were asked for and refused. */
function leftOf({ findings }: Report, { refused }: Plan): ReportedFinding[] {
  const tried = new Set(refused.map(({ finding }) => sameKey(finding)));
  return findings.filter((one) => one.fix !== undefined && !tried.has(sameKey(one)));
}

/** Changes as a patch, for one of the two streams. */
export const showPatch = (changes: readonly PlannedChange[], given: Given, system: System, stream: Stream): string =>
  patch(changes.map(patched), system.machine.home, paint(hasColour(given, system, stream)));

const patched = (change: PlannedChange): PatchedFile =>
  change.kind === "mode"
    ? change
    : { kind: "text", path: change.path, before: patchText(change.before), after: patchText(change.after) };

const patchText = ({ real: { text, encoding, hasBom }, masked }: CureText): PatchText => ({
  real: text,
  masked,
  encoding: `${encoding.toUpperCase()}${hasBom ? " with byte order mark" : ""}`,
});
