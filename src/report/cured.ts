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
  /** What was found out on the rehearsal: these fixes are not right here, and nothing was tried. */
  readonly refused: readonly (Done & { readonly why: string })[];
  /** What was tried and is not done, or taken back. */
  readonly failed: readonly (Done & { readonly why: string })[];
  /** Keys that are in a vault now. */
  readonly moved: readonly { readonly profile: string; readonly vault: string }[];
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
  if (told.failed.length > 0) {
    const lines = told.failed.flatMap(({ finding, fix, why }) =>
      item(finding, `not done: ${fix.title}, because ${why}`),
    );
    parts.push([brush.red(brush.bold("Not cured")), ...lines]);
  }
  if (told.refused.length > 0) {
    const lines = told.refused.flatMap(({ finding, fix, why }) =>
      item(finding, `not tried: ${fix.title}, because ${why}`),
    );
    parts.push([brush.yellow(brush.bold("Left as it is")), ...lines]);
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
  const { run, paths, cured: done, refused, failed, moved } = told;
  const lines = [
    done.length + refused.length + failed.length === 0
      ? "There is nothing that a fix could do on its own"
      : [
          `${done.length} cured`,
          ...(failed.length > 0 ? [`${failed.length} not`] : []),
          ...(refused.length > 0 ? [`${refused.length} left as ${refused.length === 1 ? "it is" : "they are"}`] : []),
        ].join(", "),
    ...(paths.length > 0 ? [`changed: ${paths.map((path) => printable(shortPath(path, home))).join(", ")}`] : []),
    ...left(told),
    ...moved.map(({ profile, vault }) => printable(`in the vault: the key of '${profile}', in ${vault}`)),
    ...moved
      .slice(0, 1)
      .map(({ profile }) =>
        printable(`try it: aws-vault-doctor vault exec -n ${profile} -- aws sts get-caller-identity`),
      ),
    ...(run === undefined ? [] : [`undo: aws-vault-doctor undo ${run}`]),
    ...(run === undefined || moved.length === 0
      ? []
      : ["for undo a copy in plain text is kept; delete it when all works: aws-vault-doctor undo --forget"]),
  ];
  const heading = (text: string): string => brush.bold(failed.length > 0 ? brush.red(text) : brush.green(text));
  return (box ? await boxed(lines, width, heading) : undefined) ?? [heading(lines[0]!), ...lines.slice(1)];
}

function left({ left: findings }: Cured): string[] {
  const isGuided = ({ fix }: ReportedFinding): boolean => fix?.safety === "guided";
  const asks = findings.filter((one) => !isGuided(one)).length;
  const guided = findings.length - asks;
  return [
    ...(asks > 0 ? [`left: ${count(asks, "fix", "fixes")} to be asked about: aws-vault-doctor check --fix=all`] : []),
    ...(guided > 0 ? [`left: ${count(guided, "fix", "fixes")} to be made by you`] : []),
  ];
}
