import { absolute } from "../awsconfig/locations.ts";
import { UserError } from "../errors.ts";
import { SEVERITIES } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { FailOn } from "../preferences.ts";
import type { Draft } from "../report/draft.ts";
import { FORMAT_NAMES, FORMATS, type FormatName } from "../report/formats.ts";
import { human } from "../report/human.ts";
import { json } from "../report/json.ts";
import { markdown } from "../report/markdown.ts";
import type { System } from "../system/system.ts";
import type { Given } from "./command.ts";
import { print, styleOf } from "./examination.ts";
import { foldersOf, printsOf } from "./prints.ts";
import { mustStayInside } from "./repository.ts";
import { writeNamed } from "./written.ts";

interface Wanted {
  readonly format: FormatName;
  /** As it was given; undefined for stdout. */
  readonly output: string | undefined;
}

/** The same report in each of the formats that were asked for. */
export async function writeReports(report: Report, given: Given, system: System, failOn: FailOn): Promise<void> {
  const wanted = wantedReports(given);
  const draft = draftOf(report, system, failOn);
  const texts: string[] = [];
  for (const { format, output } of wanted) texts.push(await text(format, output, draft, given, system));
  for (const [index, { format, output }] of wanted.entries()) {
    if (output === undefined) print(texts[index]!, system, format);
    else save(texts[index]!, output, report, system);
  }
  if (wanted.some(({ format, output }) => format === "github" && output === undefined)) summarise(draft, system);
}

/** `--format sarif --output report.sarif --format human`: a file is for the format in front of it. */
function wantedReports(given: Given): readonly Wanted[] {
  const wanted: Wanted[] = [];
  for (const [flag, value] of given.inOrder("format", "output")) {
    if (flag === "format") wanted.push({ format: formatNamed(value), output: undefined });
    else if (wanted.at(-1)?.output !== undefined) throw wrong(`--output ${value} needs a --format in front of it`);
    else wanted.push({ format: wanted.pop()?.format ?? "human", output: value });
  }
  const printed = wanted.filter(({ output }) => isStdout(output));
  if (printed.length > 1) {
    const names = printed.map(({ format }) => format).join(" and ");
    throw wrong(`${names} would both be printed: give all but one an --output`);
  }
  return wanted.map(({ format, output }) => ({ format, output: isStdout(output) ? undefined : output }));
}

const isStdout = (output: string | undefined): boolean => output === undefined || output === "-";

const formatNamed = (name: string): FormatName => FORMAT_NAMES.find((one) => one === name) ?? "human";

const wrong = (message: string): UserError => new UserError("BAD_FLAG", message);

export function draftOf(report: Report, system: System, failOn: FailOn): Draft {
  const folders = foldersOf(system);
  const prints = printsOf(report, system);
  return {
    report,
    folders,
    fingerprints: new Map([...prints].map(([finding, { fingerprint }]) => [finding, fingerprint])),
    fails: (severity) => failOn !== "never" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn),
  };
}

async function text(
  format: FormatName,
  output: string | undefined,
  draft: Draft,
  given: Given,
  system: System,
): Promise<string> {
  if (format === "json") return json(draft.report, system.machine.home);
  if (format !== "human") return (await FORMATS[format]())(draft);
  const style = styleOf(given, system);
  return human(draft.report, output === undefined ? style : { ...style, colour: given.isOn("color"), box: false });
}

/** A report of before may be replaced, and what was judged never. */
function save(report: string, output: string, { looked }: Report, system: System): void {
  const { files, machine } = system;
  const path = absolute(output, machine.home, machine.folder);
  const there = files.follow(path);
  if (there !== undefined && there.kind !== "file")
    throw new UserError("NO_REPORT_FILE", `--output: '${output}' is no regular file`);
  mustStayInside(output, path, system);
  const real = there === undefined ? path : files.real(path);
  const isJudged = looked.files.some((one) => one.state === "file" && files.real(one.path) === real);
  if (isJudged) throw new UserError("NO_REPORT_FILE", `--output: '${output}' is a file that is judged`);
  writeNamed(output, path, report, system);
}

/** What GitHub shows below a job, because it shows no more than ten annotations of a step. */
function summarise(draft: Draft, { environment, files }: System): void {
  const path = environment["GITHUB_STEP_SUMMARY"] ?? "";
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path))
    files.append(path, new TextEncoder().encode(`${markdown(draft)}\n`), 0o644);
}
