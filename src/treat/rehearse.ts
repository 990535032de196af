import { decode } from "../awsconfig/encoding.ts";
import { dotted } from "../awsconfig/mask.ts";
import { type Cure, cureOnce, type Refused, type Taken } from "../cure/pass.ts";
import { isWork } from "../cure/steps.ts";
import { bytesOf, type CureText, cureText, NOTHING } from "../cure/text.ts";
import { examine, type Request } from "../doctor/examine.ts";
import type { Fix, Step } from "../model/fix.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import { type RunStages, runQuietly } from "../model/stage.ts";
import type { Probes } from "../probes/probe.ts";
import type { System } from "../system/system.ts";
import { placeKey, sameKey } from "./findings.ts";
import { type Move, movesOf } from "./moves.ts";
import type { Plan, PlannedChange } from "./plan.ts";
import { Rehearsal } from "./rehearsal.ts";

const PASSES_MAX = 10; // Fixes that touch each other need two or three.
const CURES_MAX = 1000; // In one pass: each one is held against four readings of the file. The next run takes the rest.
const ATTEMPTS_MAX = 50; // After each one, at least one more fix is out.

/** What is to be done about a finding, if anything. */
export type Wish = (finding: ReportedFinding, report: Report) => Wanted | undefined;

export interface Wanted {
  readonly fix: Fix;
  /** The profiles that it may change, where these are not those that the finding names. */
  readonly profiles?: readonly string[];
}

/** The fixes that `--fix` means: right beyond doubt. */
export const safeOnes: Wish = ({ fix }) => (fix?.safety === "safe" ? { fix } : undefined);
/** Those of `--fix=all`. */
export const allOfThem: Wish = ({ fix }) => (fix !== undefined && fix.safety !== "guided" ? { fix } : undefined);

/**
 * Tries the fixes on a rehearsal, in passes with a fresh look between them, and keeps those that cure their finding and
 * spoil nothing. Nothing is written.
 */
export async function rehearse(
  system: System,
  probes: Probes,
  request: Request,
  wish: Wish,
  runStages: RunStages,
  log: (line: string) => void,
): Promise<Plan> {
  const rehearsal = new Rehearsal(system);
  const before = await examine(rehearsal.system, probes, request, runStages, log);
  const banned = new Map<string, Refused>();
  const look = (): Promise<Report> => examine(rehearsal.system, probes, request, runQuietly, log);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    rehearsal.startOver();
    const tried = await attemptAll(rehearsal, before, wish, look, banned);
    if (tried === undefined) continue;
    const { cures, expected, texts, modes, removes, moves } = tried;
    const refused = [...banned.values(), ...tried.refused];
    const changes = [...changesOf(before, rehearsal, texts, modes), ...removalsOf(removes, rehearsal)];
    return { before, expected, cures, refused, moves, changes };
  }
  return { before, expected: before, cures: [], refused: [...banned.values()], moves: [], changes: [] };
}

interface Tried {
  readonly cures: readonly Cure[];
  /** What would spoil something, whatever else is mended. */
  readonly refused: readonly Refused[];
  readonly expected: Report;
  readonly texts: ReadonlyMap<string, CureText>;
  readonly modes: ReadonlyMap<string, number>;
  readonly removes: ReadonlySet<string>;
  readonly moves: readonly Move[];
}

/** Undefined when a fix turned out to be one that must not be made: it is among the banned now, and all starts over. */
async function attemptAll(
  rehearsal: Rehearsal,
  before: Report,
  wish: Wish,
  look: () => Promise<Report>,
  banned: Map<string, Refused>,
): Promise<Tried | undefined> {
  const texts = new Map<string, CureText>();
  const modes = new Map<string, number>();
  const cures: Cure[] = [];
  const moves: Move[] = [];
  const removes = new Set<string>();
  let report = before;
  let last: readonly (readonly [key: string, Cure])[] = [];
  for (let pass = 0; ; pass++) {
    const wishes = report.findings
      .flatMap((finding) => {
        const wanted = wish(finding, report);
        return wanted !== undefined && isWork(wanted.fix) ? [cureOf(finding, wanted, rehearsal)] : [];
      })
      .filter((cure) => !banned.has(lineKey(cure.finding, report)));
    const setups = report.setups.map(({ config, credentials }) => ({
      config: config && rehearsal.pathOf(config),
      credentials: credentials && rehearsal.pathOf(credentials),
    }));
    for (const [path, text] of textsOf(report, rehearsal)) if (!texts.has(path)) texts.set(path, text);
    // What is not there is an empty text, so that a fix can make it.
    for (const path of setups.flatMap(({ config = "", credentials = "" }) => [config, credentials]))
      if (path !== "" && !texts.has(path) && rehearsal.isMissing(path)) texts.set(path, NOTHING);
    const passed = cureOnce(wishes.slice(0, CURES_MAX), { texts, setups });
    const isEnough = pass === PASSES_MAX && wishes.length > CURES_MAX;
    if (passed.taken.length === 0 || isEnough)
      return { cures, refused: passed.refused, expected: report, texts, modes, removes, moves };
    const taken = passed.taken.map((one) => [lineKey(one.finding, report), one] as const);
    if (pass === PASSES_MAX) {
      const why = fight([...last, ...taken].map(([, one]) => one));
      for (const [key, one] of [...last, ...taken]) banned.set(key, { ...one, why });
      return undefined;
    }
    for (const one of passed.taken) {
      const moved = movesOf(one, texts);
      if (moved === undefined) banned.set(lineKey(one.finding, report), { ...one, why: NO_KEY });
      else if (moved.some(({ profile }) => moves.some((other) => other.profile === profile)))
        banned.set(lineKey(one.finding, report), { ...one, why: ONE_KEY });
      else {
        moves.push(...moved);
        continue;
      }
      return undefined;
    }
    for (const [path, text] of passed.texts) {
      texts.set(path, text);
      rehearsal.write(path, bytesOf(text));
    }
    for (const path of passed.removes) {
      removes.add(path);
      rehearsal.remove(path);
    }
    for (const [path, mode] of passed.modes) {
      modes.set(path, mode);
      rehearsal.changeMode(path, mode);
    }
    const next = await look();
    const failed = stillThere(passed.taken, report, next);
    for (const one of failed)
      banned.set(lineKey(one.finding, report), { ...one, why: "it does not cure what was found" });
    if (failed.length > 0) return undefined;
    cures.push(...passed.taken);
    last = taken;
    report = next;
  }
}

const NO_KEY = "the key is not written as AWS gives keys out, and has to be put right first";
const ONE_KEY = "the vault has room for one key of a profile";

/** What is found again and again is undone by somebody else's fix each time. */
function fight(cures: readonly Cure[]): string {
  const rules = [...new Set(cures.map(({ finding }) => finding.rule.id))];
  return rules.length > 1
    ? `the fixes of ${rules.join(" and ")} undo each other`
    : "it makes work for itself without end";
}

/** The same finding in a line of the same text, for lines move when a file is mended. */
export function lineKey(finding: ReportedFinding, { sources }: Report): string {
  const { at } = finding;
  const line = at.kind === "file" && at.span !== undefined ? sources.get(at.path)?.line(at.span.line) : undefined;
  return `${sameKey(finding)}\n${line ?? ""}`;
}

/** The paths of a fix without links, so that each file is one. */
function cureOf(finding: ReportedFinding, { fix, profiles }: Wanted, rehearsal: Rehearsal): Cure {
  const { at } = finding;
  const steps = fix.steps.map((step): Step => ({ ...step, path: rehearsal.pathOf(step.path) }));
  const spot =
    at.kind === "file" && at.span !== undefined ? { path: rehearsal.pathOf(at.path), start: at.span.start } : undefined;
  const named = finding.profiles?.length === 0 ? undefined : finding.profiles;
  return { finding, fix: { ...fix, steps: steps as unknown as Fix["steps"] }, profiles: profiles ?? named, spot };
}

function textsOf(report: Report, rehearsal: Rehearsal): Map<string, CureText> {
  const texts = new Map<string, CureText>();
  for (const { path, text } of report.sources.values()) {
    const real = rehearsal.pathOf(path);
    const bytes = rehearsal.now(real);
    const both = bytes === undefined || texts.has(real) ? undefined : cureText(bytes, text);
    if (both !== undefined) texts.set(real, both);
  }
  return texts;
}

/**
 * Those whose finding is there again: the same one in the same line, and no fewer of them than those that were not cured.
 * Of what stands in the environment, the fix mends the place it comes from; then it offers no fix again.
 */
function stillThere(taken: readonly Taken[], before: Report, after: Report): Taken[] {
  const [earlier, later] = [byKey(before.findings), byKey(after.findings)];
  const cured = byKey(taken.map(({ finding }) => finding));
  return taken.filter(({ finding, spot, line }) => {
    const key = sameKey(finding);
    const left = later.get(key) ?? [];
    if (spot === undefined) return left.some(({ fix, at }) => at.kind === "file" || fix !== undefined);
    return (
      left.length > (earlier.get(key)?.length ?? 0) - cured.get(key)!.length &&
      left.some(({ at }) => at.kind === "file" && placeKey(at) === placeKey(finding.at) && at.span?.line === line)
    );
  });
}

function byKey(findings: readonly ReportedFinding[]): Map<string, ReportedFinding[]> {
  const groups = new Map<string, ReportedFinding[]>();
  for (const one of findings) {
    const key = sameKey(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** Modes first: a folder that others may write to has to be closed before a file in it can be replaced. */
function changesOf(
  { sources }: Report,
  rehearsal: Rehearsal,
  texts: ReadonlyMap<string, CureText>,
  modes: ReadonlyMap<string, number>,
): PlannedChange[] {
  const changes: PlannedChange[] = [];
  for (const [path, after] of modes) {
    const before = rehearsal.modeBefore(path);
    if (before !== undefined && before !== after) changes.push({ kind: "mode", path, before, after });
  }
  const done = new Set<string>();
  for (const { path, text } of sources.values()) {
    const real = rehearsal.pathOf(path);
    const after = texts.get(real);
    const old = rehearsal.before(real);
    if (after === undefined || done.has(real)) continue;
    done.add(real);
    if (old === undefined) {
      if (after !== NOTHING) changes.push({ kind: "text", path, before: undefined, after });
      continue;
    }
    const before = cureText(old, text);
    if (before === undefined || isSame(old, bytesOf(after))) continue;
    changes.push({ kind: "text", path, before, after });
  }
  return changes;
}

/** Of a file that nobody looks at otherwise, nothing is shown but how long its lines are. */
const removalsOf = (removes: ReadonlySet<string>, rehearsal: Rehearsal): PlannedChange[] =>
  [...removes].map((path) => {
    const bytes = rehearsal.bytesBefore(path);
    return { kind: "text", path, before: cureText(bytes, dotted(decode(bytes).text)), after: undefined };
  });

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
