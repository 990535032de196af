import type { Severity } from "../model/finding.ts";
import { isComplete, type Report, type ReportedFinding } from "../model/report.ts";
import { boxed } from "./box.ts";
import { codeFrame } from "./frame.ts";
import { type Paint, paint } from "./paint.ts";
import { heading, placeName } from "./place.ts";
import { capital, count, printable, shortPath, wrap } from "./printable.ts";
import { storeText } from "./store.ts";

export interface Style {
  /** Columns to fill at most. */
  readonly width: number;
  readonly colour: boolean;
  /** A box round the verdict: for a terminal, where somebody looks. */
  readonly box: boolean;
  /** Every finding, instead of the first few of a kind. */
  readonly all: boolean;
  readonly home: string;
  /** The command that goes through the fixes of what is told, where there is one. */
  readonly cure?: string;
  /** What to try where nothing is wrong, and a command fails all the same. */
  readonly further?: string;
}

const WIDTH_MAX = 100; // Longer lines are hard to read.
const OF_A_KIND_MAX = 3;
const PROFILES_NAMED_MAX = 5;
const PLACES_NAMED_MAX = 4;

/** The report for people: grouped by place, each finding with its lines, why it matters and what to do. */
export async function human(report: Report, style: Style): Promise<string> {
  const page = new Page(report, style);
  const parts = [page.head(), ...page.groups(), page.unseen(), await page.verdict()];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

/** One finding as it stands in the report for people. */
export const findingAlone = (report: Report, finding: ReportedFinding, style: Style): string =>
  `${new Page(report, style).alone(finding).join("\n")}\n`;

class Page {
  readonly #report: Report;
  readonly #style: Style;
  readonly #width: number;
  readonly #paint: Paint;
  readonly #explained = new Set<string>();

  constructor(report: Report, style: Style) {
    this.#report = report;
    this.#style = style;
    this.#width = Math.max(20, Math.min(style.width, WIDTH_MAX));
    this.#paint = paint(style.colour);
  }

  head(): string[] {
    const { looked, version } = this.#report;
    const missing = looked.files
      .filter(({ state }) => state === "missing")
      .map(({ path }) => printable(shortPath(path, this.#style.home)));
    const what = `aws-vault-doctor ${version} · ${count(looked.profiles, "profile")} · ${count(looked.rules, "rule")}`;
    const absent = missing.length > 0 ? ` · no ${missing.join(", no ")}` : "";
    const store = looked.store && `store: ${storeText(looked.store, this.#style.home)}`;
    return [what + absent, ...(store ? [store] : [])].flatMap((line) =>
      wrap(line, this.#width).map((one) => this.#paint.dim(one)),
    );
  }

  groups(): string[][] {
    const groups = new Map<string, ReportedFinding[]>();
    for (const finding of this.#report.findings) {
      // It stands under its cause.
      if (finding.cause !== undefined && !this.#style.all) continue;
      const name = heading(finding.at, this.#style.home);
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [finding]);
      else group.push(finding);
    }
    return [...groups].map(([name, findings]) => this.#group(name, findings));
  }

  alone(finding: ReportedFinding): string[] {
    return [this.#paint.bold(heading(finding.at, this.#style.home)), "", ...this.#finding(finding)];
  }

  #group(name: string, findings: readonly ReportedFinding[]): string[] {
    const lines = [this.#paint.bold(name)];
    const shown = new Map<string, number>();
    for (const finding of findings) {
      const nth = (shown.get(finding.rule.id) ?? 0) + 1;
      shown.set(finding.rule.id, nth);
      if (this.#style.all || nth <= OF_A_KIND_MAX) lines.push("", ...this.#finding(finding));
    }
    for (const [id, number] of shown) {
      if (this.#style.all || number <= OF_A_KIND_MAX) continue;
      lines.push("", this.#paint.dim(`  … and ${number - OF_A_KIND_MAX} more of ${id} (--all shows them)`));
    }
    return lines;
  }

  #finding(finding: ReportedFinding): string[] {
    const { at, rule, severity } = finding;
    const where =
      at.kind === "file"
        ? at.span
          ? ` ${at.span.line}:${at.span.column}`
          : ""
        : ` ${placeName(at, this.#style.home)}`;
    const place = at.kind === "network" ? "" : where;
    const fits = 3 + severity.length + rule.id.length + place.length <= this.#width;
    const lines = [`  ${this.#severity(severity)} ${this.#paint.bold(rule.id)}${fits ? this.#paint.dim(place) : ""}`];
    if (!fits) lines.push(` ${this.#paint.dim(place)}`);
    lines.push(...this.#indented(printable(capital(finding.says))));
    if (at.kind === "file") lines.push(...this.#frame(at));
    for (const { at: other, says } of finding.also ?? []) {
      lines.push(
        ...this.#indented(`${placeName(other, this.#style.home)}: ${printable(says)}`).map((line) =>
          this.#paint.dim(line),
        ),
      );
    }
    const isFirst = !this.#explained.has(rule.id);
    this.#explained.add(rule.id);
    if (isFirst && severity !== "info") lines.push(...this.#labelled("why", rule.why));
    if (isFirst) lines.push(...this.#labelled("do", rule.remedy));
    if (finding.fix)
      lines.push(...this.#labelled("fix", `${printable(finding.fix.title)} (${SAFETY[finding.fix.safety]})`));
    const others = finding.consequences ?? [];
    const profiles = [...new Set([finding, ...others].flatMap((one) => one.profiles ?? []))];
    if (others.length > 0) lines.push(...this.#labelled("same", this.#others(others)));
    if (profiles.length > 1) lines.push(...this.#labelled("hits", named(profiles)));
    return lines;
  }

  /** Where else it is felt. */
  #others(others: readonly ReportedFinding[]): string {
    const shown = others.slice(0, PLACES_NAMED_MAX).map(({ at }) => placeName(at, this.#style.home));
    const rest = others.length - shown.length;
    const all = this.#style.all ? "" : " (--all shows them)";
    return `the reason of ${count(others.length, "other finding")}: ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}${all}`;
  }

  #frame(at: Extract<ReportedFinding["at"], { kind: "file" }>): string[] {
    return codeFrame(at, this.#report.sources.get(at.path), this.#width - 4, this.#paint).map((line) => `    ${line}`);
  }

  #severity(severity: Severity): string {
    const brush = { error: this.#paint.red, warning: this.#paint.yellow, info: this.#paint.blue }[severity];
    return brush(severity);
  }

  #indented(text: string): string[] {
    return wrap(text, this.#width - 2).map((line) => `  ${line}`);
  }

  #labelled(label: string, text: string): string[] {
    const [first, ...others] = wrap(text, this.#width - 8);
    return [`  ${this.#paint.dim(label.padEnd(5))} ${first!}`, ...others.map((line) => `        ${line}`)];
  }

  /** What could not be seen, once for each reason; what nobody asked for needs no word. */
  unseen(): string[] {
    const reasons = new Map<string, string[]>();
    for (const { rule, why, because } of this.#report.skipped) {
      if (because !== "not-asked" && because !== "not-allowed")
        reasons.set(why, [...(reasons.get(why) ?? []), rule.id]);
    }
    const lines = [...reasons].flatMap(([why, ids]) => {
      const rules = ids.length > OF_A_KIND_MAX ? count(ids.length, "rule") : ids.join(", ");
      return this.#indented(
        `not seen: ${printable(why.replaceAll(`${this.#style.home}/`, "~/"))} (not judged: ${rules})`,
      );
    });
    for (const { id } of this.#report.cut) {
      lines.push(...this.#indented(`${id} has more to say than can be told; mend these first`));
    }
    for (const { rule, error } of this.#report.crashed) {
      lines.push(
        ...this.#indented(
          `${this.#paint.red("crashed")}: the rule ${rule.id} (${printable(error.message)}); this is our mistake`,
        ),
      );
    }
    return [...lines, ...this.#notAllowed()];
  }

  /** What more there is to know for who allows it. */
  #notAllowed(): string[] {
    const reasons = new Map<string, number>();
    for (const { why, because } of this.#report.skipped) {
      if (because === "not-allowed") reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
    return [...reasons].flatMap(([why, number]) =>
      this.#indented(`not asked: ${count(number, "rule")}; ${why}`).map((line) => this.#paint.dim(line)),
    );
  }

  async verdict(): Promise<string[]> {
    const lines = verdictLines(this.#report, this.#style);
    const has = (severity: Severity): boolean => this.#report.findings.some((finding) => finding.severity === severity);
    const colour = has("error") ? this.#paint.red : has("warning") ? this.#paint.yellow : this.#paint.green;
    const loud = (text: string): string => this.#paint.bold(colour(text));
    const box = this.#style.box ? await boxed(lines, this.#width, loud) : undefined;
    return box ?? [this.#paint.bold(lines[0]!), ...lines.slice(1)];
  }
}

const SAFETY = { safe: "safe", ask: "asks first", guided: "needs your decision" } as const;

function named(profiles: readonly string[]): string {
  const shown = profiles.slice(0, PROFILES_NAMED_MAX).map(printable);
  const rest = profiles.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

/** How much is not told, and why. */
export function silencedIn({ suppressed, known }: Report): string {
  const parts = [suppressed > 0 ? `${suppressed} suppressed` : "", known > 0 ? `${known} in the baseline` : ""];
  const told = parts.filter((part) => part !== "");
  return told.length === 0 ? "" : ` (${told.join(", ")})`;
}

function verdictLines(report: Report, { cure, further }: Style): string[] {
  const { findings, active } = report;
  const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const silenced = silencedIn(report);
  const more = further === undefined ? [] : [further];
  const [first] = findings;
  if (first === undefined) {
    return isComplete(report)
      ? [`Nothing is wrong, as far as can be seen${silenced}`, ...more]
      : [`No finding, but not all could be looked at${silenced}`, ...more];
  }
  const counts = [
    of("error") > 0 ? count(of("error"), "error") : "",
    of("warning") > 0 ? count(of("warning"), "warning") : "",
    of("info") > 0 ? `${count(of("info"), "thing")} to know` : "",
  ];
  const following = findings.filter(({ cause }) => cause !== undefined).length;
  const isHarmless = of("error") + of("warning") === 0;
  const harmless = isComplete(report) ? "Nothing is wrong; " : "Not all could be looked at; ";
  const hitsActive = active.find((name) => first.profiles?.includes(name));
  return [
    `${isHarmless ? harmless : ""}${counts.filter((one) => one !== "").join(", ")}${silenced}`,
    ...(following > 0 ? [`${following} of them for the same reason as another`] : []),
    ...(hitsActive !== undefined && first.severity === "error"
      ? [`the profile in use, '${printable(hitsActive)}', does not work`]
      : []),
    ...(cure === undefined || curable(findings) === 0 ? [] : [`${curable(findings)} can be cured: ${cure}`]),
    `next: aws-vault-doctor explain ${first.rule.id}`,
    ...(isHarmless ? more : []),
  ];
}

/** How many have a fix that takes no more than a yes, consequences included. */
const curable = (findings: readonly ReportedFinding[]): number =>
  findings
    .flatMap((one) => [one, ...(one.consequences ?? [])])
    .filter(({ fix }) => fix !== undefined && fix.safety !== "guided").length;
