import type { Fix } from "../model/fix.ts";
import type { ReportedFinding } from "../model/report.ts";
import { boxed } from "./box.ts";
import { type Paint, paint } from "./paint.ts";
import { placeName } from "./place.ts";
import { count, printable, shortPath, wrap } from "./printable.ts";

/** What came of the fixes. */
export interface Cured {
  /** As it is named for `undo`; undefined when nothing was changed. */
  readonly run: string | undefined;
  /** The files and folders that were changed. */
  readonly paths: readonly string[];
  readonly cured: readonly Done[];
  readonly refused: readonly (Done & { readonly why: string })[];
  /** Found only now. */
  readonly fresh: readonly ReportedFinding[];
  /** Fixes that nobody asked for. */
  readonly left: readonly ReportedFinding[];
}

interface Done {
  readonly finding: ReportedFinding;
  readonly fix: Fix;
}

interface Look {
  readonly width: number;
  readonly colour: boolean;
  readonly box: boolean;
  readonly home: string;
}

const WIDTH_MAX = 100;

/** The end of a report after fixes: cured, not cured, new, left; what was changed, and the way back. */
export async function cured(told: Cured, look: Look): Promise<string> {
  const brush = paint(look.colour);
  const width = Math.max(20, Math.min(look.width, WIDTH_MAX));
  const item = (finding: ReportedFinding, text: string): string[] => {
    const head = `  ${brush.bold(finding.rule.id)} ${brush.dim(placeName(finding.at, look.home))}`;
    return [head, ...wrap(printable(text), width - 4).map((line) => `    ${line}`)];
  };
  const parts: string[][] = [];
  if (told.cured.length > 0) {
    const lines = told.cured.flatMap(({ finding, fix }) => item(finding, titleOf(finding, fix)));
    parts.push([brush.green(brush.bold("Cured")), ...lines]);
  }
  if (told.refused.length > 0) {
    const lines = told.refused.flatMap(({ finding, fix, why }) =>
      item(finding, `not done: ${fix.title}, because ${why}`),
    );
    parts.push([brush.red(brush.bold("Not cured")), ...lines]);
  }
  if (told.fresh.length > 0) {
    parts.push([brush.yellow(brush.bold("New")), ...told.fresh.flatMap((one) => item(one, one.says))]);
  }
  parts.push(await verdict(told, look, width, brush));
  return `${parts.map((part) => part.join("\n")).join("\n\n")}\n`;
}

/** The shell that runs us keeps its variables, whatever stands in its start-up files now. */
const titleOf = ({ at }: ReportedFinding, { title }: Fix): string =>
  at.kind === "environment" ? `${title}; open a new shell for it to count` : title;

async function verdict(told: Cured, { box, home }: Look, width: number, brush: Paint): Promise<string[]> {
  const { run, paths, cured: done, refused } = told;
  const lines = [
    done.length + refused.length === 0
      ? "There is nothing that a fix could do on its own"
      : [`${done.length} cured`, ...(refused.length > 0 ? [`${refused.length} not`] : [])].join(", "),
    ...(paths.length > 0 ? [`changed: ${paths.map((path) => printable(shortPath(path, home))).join(", ")}`] : []),
    ...left(told),
    ...(run === undefined ? [] : [`undo: aws-vault-doctor undo ${run}`]),
  ];
  const heading = (text: string): string => brush.bold(refused.length > 0 ? brush.red(text) : brush.green(text));
  return (box ? await boxed(lines, width, heading) : undefined) ?? [heading(lines[0]!), ...lines.slice(1)];
}

function left({ left: findings }: Cured): string[] {
  const isGuided = ({ fix }: ReportedFinding): boolean =>
    fix?.safety === "guided" || fix?.steps.some(({ kind }) => kind === "move-to-vault") === true;
  const asks = findings.filter((one) => !isGuided(one)).length;
  const guided = findings.length - asks;
  return [
    ...(asks > 0 ? [`left: ${count(asks, "fix", "fixes")} to be asked about: aws-vault-doctor check --fix=all`] : []),
    ...(guided > 0 ? [`left: ${count(guided, "fix", "fixes")} to be made by you`] : []),
  ];
}
