import type { Refused } from "../cure/pass.ts";
import { isWork } from "../cure/steps.ts";
import type { CureText } from "../cure/text.ts";
import type { Request } from "../doctor/examine.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Fix } from "../model/fix.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import type { FailOn } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { type Cured, cured } from "../report/cured.ts";
import { human } from "../report/human.ts";
import { json } from "../report/json.ts";
import { moveNotes } from "../report/moves.ts";
import { paint } from "../report/paint.ts";
import { type PatchedFile, type PatchText, patch } from "../report/patch.ts";
import { count, printable, wrap } from "../report/printable.ts";
import type { Stream, System } from "../system/system.ts";
import { sameKey } from "../treat/findings.ts";
import { keepAll, type OpenVault } from "../treat/moves.ts";
import type { Plan, PlannedChange } from "../treat/plan.ts";
import { allOfThem, rehearse, safeOnes, type Wish } from "../treat/rehearse.ts";
import { type Treated, treat } from "../treat/treat.ts";
import { hasColour } from "./colour.ts";
import { type Given, teller } from "./command.ts";
import { exitCode, isPlain, styleOf, watcher } from "./examination.ts";

/** `check --fix` and `check --diff`: the fixes are tried on a rehearsal, shown, and made when they may be. */
export async function cure(given: Given, system: System, request: Request, failOn: FailOn): Promise<number> {
  const wantsAll = given.text("fix") === "all";
  const isDry = given.isOn("diff");
  if (isDry && given.inOrder("format", "output").some(([flag, value]) => flag === "output" || value !== "human"))
    throw new UserError("BAD_FLAG", "--diff prints a patch, and no other report");
  if (wantsAll && !isDry && !given.isOn("yes")) mustBeAbleToAsk(system, "--fix=all");
  const wish = wantsAll ? allOfThem : safeOnes;
  if (isDry) {
    const plan = await rehearse(system, probes, request, wish, await watcher(given, system), given.log);
    return show(plan, given, system, failOn);
  }
  const asks = wantsAll && !given.isOn("yes");
  const settled = await settle(wish, asks, given, system, request);
  return carryOutPlan(settled, given, system, request, failOn);
}

/** A plan that nothing more stands against: it was agreed to, and its keys are in the vault. */
export interface Settled {
  readonly plan: Plan;
  /** What was tried and could not be. */
  readonly failed: readonly Refused[];
}

/**
 * Rehearses, asks where somebody is to be asked, and puts keys into the vault. One that the vault does not take stays in
 * its file: then there is another plan without it, to be agreed to anew.
 */
export async function settle(
  wish: Wish,
  asks: boolean,
  given: Given,
  system: System,
  request: Request,
): Promise<Settled> {
  const failed: Refused[] = [];
  const staying = new Set<string>();
  const left: Wish = (finding, report) => {
    const wanted = wish(finding, report);
    return wanted === undefined || movedBy(wanted.fix).some((name) => staying.has(name)) ? undefined : wanted;
  };
  for (;;) {
    const plan = await rehearse(system, probes, request, left, await watcher(given, system), given.log);
    if (asks && plan.changes.length > 0) await mustBeWanted(plan, given, system);
    if (plan.moves.length === 0) return { plan, failed };
    const kept = await keepAll(
      plan.moves,
      vaultFor(system, (line) => tell(line, system)),
    );
    if (kept.refused.size === 0) return { plan: { ...plan, vault: kept.vault }, failed };
    for (const [profile, why] of kept.refused) {
      staying.add(profile);
      tell(`the key of '${profile}' stays where it is: ${why}`, system);
      const cures = plan.cures.filter(({ fix }) => movedBy(fix).includes(profile));
      failed.push(...cures.map((one) => ({ ...one, why })));
    }
  }
}

const movedBy = ({ steps }: Fix): string[] =>
  steps.flatMap((step) => (step.kind === "move-to-vault" ? [step.profile] : []));

/** The vault that aws-vault's variables choose. */
const vaultFor =
  (system: System, say: (line: string) => void): OpenVault =>
  async () => {
    const { openStore } = await import("../vault/open.ts");
    return openStore({}, system, { note: say });
  };

/** A line of words for a person, broken where the terminal ends. */
export function tell(line: string, { terminal: { errors } }: System): void {
  errors.write(`${wrap(printable(line), errors.columns).join("\n")}\n`);
}

/** Makes a plan's changes, and tells what came of them. */
export async function carryOutPlan(
  { plan, failed }: Settled,
  given: Given,
  system: System,
  request: Request,
  failOn: FailOn,
  what: "report and cures" | "cures" = "report and cures",
): Promise<number> {
  const runStages = { changing: await watcher(given, system, "done"), looking: await watcher(given, system) };
  const treated =
    plan.changes.length === 0
      ? undefined
      : await treat(system, probes, request, plan, runStages, given.log, teller(system));
  const after = treated?.after ?? plan.expected;
  const told = outcome(plan, failed, treated, after);
  const { output, errors } = system.terminal;
  if (!isPlain(given)) {
    await (await import("./reports.ts")).writeReports(after, given, system, failOn);
    errors.write(await cured(told, { ...styleOf(given, system), box: false }));
  } else if (given.text("format") === "json") output.write(json(after, system.machine.home, told));
  else {
    const style = styleOf(given, system);
    const report = what === "cures" ? "" : `${await human(after, { ...style, box: false })}\n`;
    output.write(`${report}${await cured(told, style)}`);
  }
  return told.failed.length > 0 ? EXIT.fixFailed : exitCode(after, failOn);
}

/** The patch on stdout, and on stderr what is not in it. */
async function show(plan: Plan, given: Given, system: System, failOn: FailOn): Promise<number> {
  const { output, errors } = system.terminal;
  output.write(showPatch(plan.changes, given, system, output));
  await tellMoves(plan, system);
  for (const { finding, fix, why } of plan.refused)
    errors.write(`${printable(`not in it: ${fix.title} (${finding.rule.id}), because ${why}`)}\n`);
  const asks = leftOf(plan.expected, plan.refused).filter(({ fix }) => isWork(fix!)).length;
  if (asks > 0)
    errors.write(`not in it: ${count(asks, "fix", "fixes")} to be asked about (--diff --fix=all shows them)\n`);
  return exitCode(plan.before, failOn);
}

export function mustBeAbleToAsk({ terminal }: System, flag: string): void {
  if (terminal.canAsk) return;
  throw new UserError("CANNOT_ASK", `${flag} asks before it changes anything, and there is no terminal to ask at`, {
    hint: flag === "fix" ? "`aws-vault-doctor check --fix` makes fixes without questions" : "--yes answers it",
  });
}

async function mustBeWanted(plan: Plan, given: Given, system: System): Promise<void> {
  const { errors } = system.terminal;
  errors.write(showPatch(plan.changes, given, system, errors));
  await tellMoves(plan, system);
  const paths = new Set(plan.changes.map(({ path }) => path)).size;
  const what = paths === 1 ? "this file" : `these ${paths} files`;
  if (await system.terminal.confirm(`Change ${what}?`, "--yes answers it")) return;
  throw new UserError("NOT_WANTED", "nothing was changed", { exitCode: EXIT.findings });
}

/** What the patch does not say about keys that go into the vault. */
export async function tellMoves({ moves }: Plan, system: System): Promise<void> {
  if (moves.length === 0) return;
  let name = "the vault";
  try {
    ({ name } = await vaultFor(system, () => {})());
  } catch (error) {
    if (!(error instanceof UserError)) throw error; // Whoever moves them will be told.
  }
  system.terminal.errors.write("\n");
  for (const note of moveNotes(moves, name, system.machine.home)) tell(note, system);
}

function outcome(plan: Plan, failed: readonly Refused[], treated: Treated | undefined, after: Report): Cured {
  const isRolledBack = treated !== undefined && treated.stillThere.length > 0;
  const why = "the finding was there again afterwards, and all was taken back";
  return {
    run: isRolledBack ? undefined : treated?.run.id,
    paths: isRolledBack || treated === undefined ? [] : [...new Set(plan.changes.map(({ path }) => path))],
    cured: isRolledBack ? [] : plan.cures,
    refused: plan.refused,
    failed: [...failed, ...(isRolledBack ? plan.cures.map((one) => ({ ...one, why })) : [])],
    moved: treated === undefined ? [] : (treated.run.entry.moved ?? []),
    fresh: treated?.fresh ?? [],
    left: leftOf(after, [...plan.refused, ...failed]),
  };
}

/** The fixes that nobody asked for; not those that were asked for and refused. */
function leftOf({ findings }: Report, refused: readonly Refused[]): ReportedFinding[] {
  const tried = new Set(refused.map(({ finding }) => sameKey(finding)));
  return findings.filter((one) => one.fix !== undefined && !tried.has(sameKey(one)));
}

/** Changes as a patch, for one of the two streams. */
export const showPatch = (changes: readonly PlannedChange[], given: Given, system: System, stream: Stream): string =>
  patch(changes.map(patched), system.machine.home, paint(hasColour(given, system, stream)));

const patched = (change: PlannedChange): PatchedFile =>
  change.kind === "mode"
    ? change
    : {
        kind: "text",
        path: change.path,
        before: change.before && patchText(change.before),
        after: change.after && patchText(change.after),
      };

const patchText = ({ real: { text, encoding, hasBom }, masked }: CureText): PatchText => ({
  real: text,
  masked,
  encoding: `${encoding.toUpperCase()}${hasBom ? " with byte order mark" : ""}`,
});
