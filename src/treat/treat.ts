import { bytesOf } from "../cure/text.ts";
import { examine, type Request } from "../doctor/examine.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import type { RunStages } from "../model/stage.ts";
import type { Probes } from "../probes/probe.ts";
import type { System } from "../system/system.ts";
import { type Change, carryOut, rollBack, type Tell } from "./carry-out.ts";
import { sameKey, without } from "./findings.ts";
import type { Run } from "./journal.ts";
import type { Plan } from "./plan.ts";

export interface Treated {
  readonly run: Run;
  /** What a look at the machine says now. */
  readonly after: Report;
  /** Found now, and not before. */
  readonly fresh: readonly ReportedFinding[];
  /** These were to be cured and are there all the same, so that the run was taken back. */
  readonly stillThere: readonly ReportedFinding[];
}

/** Does what a plan says, and looks again. A cure that is none is taken back with all that went with it. */
export async function treat(
  system: System,
  probes: Probes,
  request: Request,
  plan: Plan,
  runStages: { readonly changing: RunStages; readonly looking: RunStages },
  log: Tell,
  tell: Tell,
): Promise<Treated> {
  const told: string[] = []; // While the stages are shown, nothing else is.
  const changes = await changesOf(system, plan);
  const run = await carryOut(
    system,
    changes,
    aboutIt(plan, request.version),
    (line) => told.push(line),
    runStages.changing,
  );
  for (const line of told) tell(line);
  let after = await examine(system, probes, request, runStages.looking, log);
  const keys = new Set(plan.cures.map(({ finding }) => sameKey(finding)));
  const stillThere = without(after.findings, plan.expected.findings).filter((one) => keys.has(sameKey(one)));
  if (stillThere.length > 0) {
    await rollBack(system, run, tell);
    after = await examine(system, probes, request, runStages.looking, log);
  }
  return { run, after, fresh: without(after.findings, plan.before.findings), stillThere };
}

export async function changesOf(system: System, { changes }: Plan): Promise<Change[]> {
  const machine = await system.changes();
  return changes.map((change) =>
    change.kind === "mode"
      ? change
      : {
          kind: "text",
          path: change.path,
          before: change.before && machine.sha256(bytesOf(change.before)),
          bytes: change.after && bytesOf(change.after),
        },
  );
}

const aboutIt = ({ cures, moves, vault }: Plan, version: string) => ({
  version,
  ...(vault === undefined ? {} : { moved: moves.map(({ profile }) => ({ profile, vault })) }),
  cures: cures.map(({ finding, fix }) => ({ rule: finding.rule.id, title: fix.title })),
});
