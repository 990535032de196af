import type { Place } from "../model/place.ts";
import type { Report, ReportedFinding, Source } from "../model/report.ts";

/** A finding, told apart from all others by what it is about and not by its line. */
export interface Print {
  readonly fingerprint: string;
  /** In words: the file and section, or what else it is about. */
  readonly where: string;
  /** The file's name, if it is about one. */
  readonly file: string | undefined;
}

/**
 * The fingerprint is a hash of the rule, the file's name, the section's header and the line as it may be shown, the blanks
 * aside; and of a number where several would have the same. A hidden value counts as one dot: neither it nor its length is
 * in the hash, so that nobody can try guesses.
 */
export function fingerprints(
  report: Report,
  nameOf: (path: string) => string,
  hash: (text: string) => string,
): Map<ReportedFinding, Print> {
  const aws = new Set(report.setups.flatMap(({ config, credentials }) => [config, credentials]));
  const headers = new Map<string, readonly number[]>();
  const seen = new Map<string, number>();
  const prints = new Map<ReportedFinding, Print>();
  // In the order of the lines, because that of the report turns on severities, which somebody may change.
  for (const finding of [...report.findings].sort((one, other) => lineOf(one.at) - lineOf(other.at))) {
    const { at, rule } = finding;
    const source = at.kind === "file" ? report.sources.get(at.path) : undefined;
    const parts = at.kind === "file" ? inFile(at, source, aws.has(at.path), headers, nameOf) : [nameElsewhere(at)];
    const key = [rule.id, ...parts].join("\n");
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    prints.set(finding, {
      fingerprint: hash(`${key}\n${number}`),
      where: parts.slice(0, 2).join(" ").trimEnd(),
      file: at.kind === "file" ? nameOf(at.path) : undefined,
    });
  }
  return prints;
}

const lineOf = (at: Place): number => (at.kind === "file" ? (at.span?.line ?? 0) : 0);

function inFile(
  at: Extract<Place, { kind: "file" }>,
  source: Source | undefined,
  hasHeaders: boolean,
  headers: Map<string, readonly number[]>,
  nameOf: (path: string) => string,
): string[] {
  const name = nameOf(at.path);
  if (at.span === undefined || source === undefined) return [name];
  const line = spot(source, at.span.line);
  if (!hasHeaders) return [name, "", line];
  let known = headers.get(at.path);
  if (known === undefined) headers.set(at.path, (known = headersOf(source)));
  const header = known.findLast((one) => one <= at.span!.line);
  return [name, header === undefined ? "" : spot(source, header), header === at.span.line ? "" : line];
}

/** A line without what may change and mean the same. */
const spot = (source: Source, line: number): string =>
  (source.line(line) ?? "").trim().replaceAll(/\s+/g, " ").replaceAll(/ ?= ?/g, "=").replaceAll(/·+/g, "·");

function headersOf(source: Source): number[] {
  const found: number[] = [];
  for (let number = 1; ; number++) {
    const line = source.line(number);
    if (line === undefined) return found;
    if (line.startsWith("[")) found.push(number);
  }
}

function nameElsewhere(at: Exclude<Place, { kind: "file" }>): string {
  switch (at.kind) {
    case "environment":
      return `$${at.variable}`;
    case "network":
      return at.address;
    case "vault":
      return `vault item ${at.item}`;
    case "program":
      return `program ${at.program}`;
    case "system":
      return at.system;
  }
}
