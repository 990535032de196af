import type { Severity } from "../model/finding.ts";
import type { Place, Span } from "../model/place.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import { type Folders, pathName } from "./folders.ts";
import { heading } from "./place.ts";
import { printable } from "./printable.ts";

/** What a report for other programs is made of. */
export interface Draft {
  readonly report: Report;
  readonly folders: Folders;
  /** The same for the same finding, also when lines above it come and go. */
  readonly fingerprints: ReadonlyMap<ReportedFinding, string>;
  /** Whether such a finding makes the run fail. */
  readonly fails: (severity: Severity) => boolean;
}

/** A finding as programs are told of it: in no word a control character, and in no path the user's name. */
export interface Told {
  readonly finding: ReportedFinding;
  /** The file, or what else it is about. */
  readonly place: string;
  readonly span: Span | undefined;
  readonly message: string;
}

export const tell = (draft: Draft): Told[] =>
  draft.report.findings.map((finding) => ({
    finding,
    place: placeText(finding.at, draft.folders),
    span: finding.at.kind === "file" ? finding.at.span : undefined,
    message: plain(finding.says, draft.folders),
  }));

/** The findings of each file, or of what else they are about. */
export function byPlace(draft: Draft): Map<string, Told[]> {
  const groups = new Map<string, Told[]>();
  for (const told of tell(draft)) {
    const group = groups.get(told.place);
    if (group === undefined) groups.set(told.place, [told]);
    else group.push(told);
  }
  return groups;
}

/** Without its line. */
export function placeText(at: Place, folders: Folders): string {
  if (at.kind === "file") return printable(pathName(at.path, folders));
  return at.kind === "environment" ? `$${printable(at.variable)}` : heading(at, folders.home);
}

/** `file:line:column`, as far as there is one. */
export const fullPlace = ({ place, span }: Pick<Told, "place" | "span">): string =>
  span === undefined ? place : `${place}:${span.line}:${span.column}`;

/** Words of ours with names of the user's world in them. */
export const plain = (text: string, { home }: Folders): string =>
  printable(home === "" || home === "/" ? text : text.replaceAll(`${home}/`, "~/"));

/** What could not be judged, one sentence each; what nobody asked for is not among it. */
export function gaps({ report, folders }: Draft): { readonly crashed: string[]; readonly unseen: string[] } {
  const because = new Map<string, string[]>();
  for (const { rule, why, because: kind } of report.skipped)
    if (kind === "failed") because.set(why, [...(because.get(why) ?? []), rule.id]);
  return {
    crashed: report.crashed.map(({ rule, error }) => plain(`the rule ${rule.id} crashed: ${error.message}`, folders)),
    unseen: [...because].map(([why, rules]) =>
      plain(`not seen: ${why} (not judged: ${rules.length > 3 ? `${rules.length} rules` : rules.join(", ")})`, folders),
    ),
  };
}
