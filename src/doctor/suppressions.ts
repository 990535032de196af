import type { AwsDocument } from "../model/document.ts";
import type { StartupFile } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { FilePlace, Span } from "../model/place.ts";
import type { Outcome } from "../model/report.ts";
import type { RuleCard } from "../model/rule.ts";
import { didYouMean } from "../nearest.ts";

/**
 * `# aws-vault-doctor: ignore[rule-id, …] until=2027-01-31 -- reason`, alone on its line: directly below a header of an
 * AWS file it speaks for the section, elsewhere for the next line; `ignore-file[…]` speaks for the file. Without a
 * reason it does not count.
 */
const COMMENT = /^\s*[#;]\s*aws-vault-doctor:\s*ignore(-file)?\[([^\]]*)\](?:\s+until=(\S+))?(?:\s+--\s*(.*))?/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LOOKS_LIKE_ONE = /^\s*[#;]\s*aws-vault-doctor:\s*ignore/;

const card = (id: string, summary: string, why: string, remedy: string): RuleCard => ({
  id,
  severity: "warning",
  category: "suppressions",
  summary,
  why,
  remedy,
  links: [],
  needs: [],
});

/** What is wrong with a suppression is a finding like any other; only the engine can tell, so no rule file does. */
export const SUPPRESSION_RULES = {
  malformed: card(
    "suppression-malformed",
    "a comment that means to ignore a rule, and cannot",
    "A suppression names rules that exist, in brackets, and a date as YYYY-MM-DD. One that does not is passed over, and what it should silence is reported.",
    "write `# aws-vault-doctor: ignore[rule-id] until=YYYY-MM-DD -- reason` on a line of its own",
  ),
  reason: card(
    "suppression-without-reason",
    "a suppression that does not say why",
    "Whoever reads the file next cannot tell an exception from a forgotten problem, so a suppression without a reason does not count.",
    "add ` -- ` and the reason",
  ),
  expired: card(
    "suppression-expired",
    "a suppression whose date has passed",
    "The exception was meant to end; from that date on the findings are reported again.",
    "mend what it silenced, or set a new date",
  ),
  unused: card(
    "suppression-unused",
    "a suppression that silences nothing",
    "What it was written for is gone. Left where it is, it would silence the next mistake of this kind.",
    "take the comment out",
  ),
} as const;

interface Suppression {
  readonly at: FilePlace & { readonly span: Span };
  readonly rules: readonly string[];
  /** Lines, counted from 1; `last` is inclusive. */
  readonly first: number;
  readonly last: number;
}

interface TextFile {
  readonly path: string;
  readonly text: string;
  /** In a start-up file a line that begins with `[` is a test. */
  readonly hasHeaders: boolean;
}

interface Told {
  readonly suppressions: readonly Suppression[];
  readonly outcomes: readonly Outcome[];
}

/** Takes out what comments silence, and adds what is wrong with the comments. */
export function suppress(
  outcomes: readonly Outcome[],
  files: { readonly documents: readonly AwsDocument[]; readonly startup: readonly StartupFile[] },
  ruleIds: ReadonlySet<string>,
  now: Date,
): { outcomes: Outcome[]; suppressed: number } {
  const texts: TextFile[] = [
    ...files.documents.map(({ path, text }) => ({ path, text, hasHeaders: true })),
    ...files.startup.map(({ path, text }) => ({ path, text, hasHeaders: false })),
  ];
  const told = texts.filter(({ text }) => text.includes("aws-vault-doctor:")).map((file) => read(file, ruleIds, now));
  const suppressions = told.flatMap((one) => one.suppressions);
  const used = new Set<Suppression>();
  let suppressed = 0;
  const silences = (rule: string, finding: Finding): boolean => {
    const { at } = finding;
    if (at.kind !== "file" || at.span === undefined) return false;
    const { line } = at.span;
    const by = suppressions.filter(
      (one) => one.at.path === at.path && one.rules.includes(rule) && one.first <= line && line <= one.last,
    );
    for (const one of by) used.add(one);
    if (by.length > 0) suppressed++;
    return by.length > 0;
  };
  const kept = outcomes.map((outcome): Outcome => {
    if (outcome.kind !== "ran" || suppressions.length === 0) return outcome;
    return { ...outcome, findings: outcome.findings.filter((finding) => !silences(outcome.rule.id, finding)) };
  });
  const ran = new Set(outcomes.filter(({ kind }) => kind === "ran" || kind === "silent").map(({ rule }) => rule.id));
  const unused = suppressions
    .filter((one) => !used.has(one) && one.rules.every((rule) => ran.has(rule)))
    .map((one) => ({ at: one.at, says: `nothing here is reported by ${one.rules.join(", ")}` }));
  const about: Outcome[] = [{ kind: "ran", rule: SUPPRESSION_RULES.unused, findings: unused }];
  return { outcomes: [...kept, ...told.flatMap((one) => one.outcomes), ...about], suppressed };
}

/** In one file. Each may speak for a whole section, so their number times the lines has to stay small. */
const SUPPRESSIONS_MAX = 1000;

function read({ path, text, hasHeaders }: TextFile, ruleIds: ReadonlySet<string>, now: Date): Told {
  const suppressions: Suppression[] = [];
  const outcomes: Outcome[] = [];
  const lines = text.split("\n");
  let start = 0;
  let comments = 0;
  for (const [index, line] of lines.entries()) {
    const at = placeOf(path, index, start, line);
    start += line.length + 1;
    if (!LOOKS_LIKE_ONE.test(line)) continue;
    if (++comments > SUPPRESSIONS_MAX) {
      const says = `more than ${SUPPRESSIONS_MAX} suppressions: from here on they do not count`;
      outcomes.push({ kind: "ran", rule: SUPPRESSION_RULES.malformed, findings: [{ at, says }] });
      break;
    }
    const match = COMMENT.exec(line.trimEnd());
    const rules = (match?.[2] ?? "").split(",").map((id) => id.trim());
    const report = (rule: RuleCard, says: string): void => {
      outcomes.push({ kind: "ran", rule, findings: [{ at, says }] });
    };
    const unknown = rules.find((id) => !ruleIds.has(id));
    if (match === null) report(SUPPRESSION_RULES.malformed, "this is no suppression: ignore is followed by [rule-id]");
    else if (unknown !== undefined) {
      report(
        SUPPRESSION_RULES.malformed,
        unknown === "" ? "it names no rule" : `there is no rule '${unknown}'${didYouMean(unknown, ruleIds)}`,
      );
    } else if (match[3] !== undefined && !isDate(match[3])) {
      // What is not even like a date is masked in an AWS file, and so not repeated.
      const what = DATE.test(match[3]) ? `'${match[3]}'` : "what follows until=";
      report(SUPPRESSION_RULES.malformed, `${what} is not a date: write it as YYYY-MM-DD`);
    } else if ((match[4] ?? "").trim() === "") report(SUPPRESSION_RULES.reason, "it does not count without a reason");
    else if (match[3] !== undefined && now.toISOString().slice(0, 10) > match[3]) {
      report(SUPPRESSION_RULES.expired, `it ended on ${match[3]}`);
    } else if (match[1] !== undefined) suppressions.push({ at, rules, first: 1, last: lines.length });
    else suppressions.push({ at, rules, ...range(lines, index, hasHeaders) });
  }
  return { suppressions, outcomes };
}

/** As YYYY-MM-DD, and in the calendar: of 31 February, Date makes 3 March. */
function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const isRemark = (line: string | undefined): boolean => line !== undefined && /^\s*[#;]/.test(line);

/** The lines that a comment speaks for, unless it speaks for the file. */
function range(lines: readonly string[], index: number, hasHeaders: boolean): { first: number; last: number } {
  const isHeader = (line: string | undefined): boolean => hasHeaders && line?.startsWith("[") === true;
  let above = index - 1;
  while (isRemark(lines[above])) above--;
  if (isHeader(lines[above])) {
    let last = index + 1;
    while (last < lines.length && !isHeader(lines[last])) last++;
    return { first: above + 1, last };
  }
  let next = index + 1;
  while (next < lines.length && (isRemark(lines[next]) || lines[next]!.trim() === "")) next++;
  return { first: next + 1, last: next + 1 };
}

function placeOf(path: string, index: number, start: number, line: string): FilePlace & { readonly span: Span } {
  const length = line.trimEnd().length;
  return {
    kind: "file",
    path,
    span: { start, end: start + length, line: index + 1, column: 1, endLine: index + 1, endColumn: length + 1 },
  };
}
