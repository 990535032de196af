import { isWork } from "../cure/steps.ts";
import { suppression } from "../cure/suppression.ts";
import type { Request } from "../doctor/examine.ts";
import type { Report, ReportedFinding } from "../model/report.ts";
import { runQuietly } from "../model/stage.ts";
import type { FailOn } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { findingAlone } from "../report/human.ts";
import { count, printable } from "../report/printable.ts";
import type { Choice, System } from "../system/system.ts";
import { Answers } from "../treat/answers.ts";
import { without } from "../treat/findings.ts";
import { editByHand } from "../treat/hand-edit.ts";
import { allOfThem, lineKey, rehearse, type Wish } from "../treat/rehearse.ts";
import { type Given, teller } from "./command.ts";
import { carryOutPlan, mustBeAbleToAsk, settle, showPatch, tellMoves } from "./cure.ts";
import { editorOf, openEditor } from "./editor.ts";
import { exitCode, styleOf, watcher } from "./examination.ts";
import { pageOf } from "./explain.ts";

type Answer = "yes" | "no" | "all" | "explain" | "suppress" | "edit" | "make" | "quit";

/**
 * Goes through the findings with a person: each with its lines, its patch and a question. Then makes what was wanted.
 * Answers are kept after each question, so that who breaks it off can go on later.
 */
export async function guide(given: Given, system: System, request: Request, failOn: FailOn): Promise<number> {
  mustBeAbleToAsk(system, "fix");
  return new Guide(given, system, request).go(failOn);
}

const INSTEAD = "`aws-vault-doctor check --fix` makes fixes without questions";

class Guide {
  readonly #given: Given;
  readonly #system: System;
  readonly #request: Request;
  readonly #editor: string | undefined;
  /** What was changed by hand, run by run. */
  readonly #edits: string[] = [];

  constructor(given: Given, system: System, request: Request) {
    this.#given = given;
    this.#system = system;
    this.#request = request;
    // An editor draws on stdout.
    this.#editor = system.terminal.output.isTerminal ? editorOf(system) : undefined;
  }

  async go(failOn: FailOn): Promise<number> {
    const { errors } = this.#system.terminal;
    let report = await this.#look();
    let findings = this.#askable(report);
    if (findings.length === 0) {
      errors.write("There is nothing that a fix could do\n");
      return exitCode(report, failOn);
    }
    const answers = await this.#begin(findings, report);
    let end: Answer | undefined;
    while (end !== "quit" && end !== "make") {
      answers.asksAbout(findings, report);
      const open = findings.filter((one) => !answers.has(one, report));
      const [finding] = open;
      if (finding === undefined) break;
      errors.write(`\n${findings.length - open.length + 1} of ${count(findings.length, "finding")}\n`);
      await this.#show(finding, report);
      end = await this.#decide(finding, report, answers);
      if (end === "edit") {
        report = await this.#edited(finding, report);
        findings = this.#askable(report);
      } else if (end !== "quit" && answers.size > 0) answers.save(this.#system);
    }
    if (end === "quit") return this.#stop(answers, report, failOn);
    return this.#make(answers, findings, report, failOn);
  }

  async #look(): Promise<Report> {
    const nothing: Wish = () => undefined;
    const runStages = await watcher(this.#given, this.#system);
    const { before } = await rehearse(this.#system, probes, this.#request, nothing, runStages, this.#given.log);
    return before;
  }

  /** What has a fix; then, where somebody can edit by hand, what is wrong in a file. */
  #askable({ findings }: Report): ReportedFinding[] {
    const byHand = findings.filter(
      (one) => !hasWork(one) && one.at.kind === "file" && one.at.span !== undefined && one.severity !== "info",
    );
    return [...findings.filter(hasWork), ...(this.#editor === undefined ? [] : byHand)];
  }

  /** New answers, or those of the last time. */
  async #begin(findings: readonly ReportedFinding[], report: Report): Promise<Answers> {
    const { terminal } = this.#system;
    const kept = Answers.kept(this.#system);
    const answered = kept === undefined ? 0 : findings.filter((one) => kept.has(one, report)).length;
    if (kept !== undefined && answered > 0) {
      const question = `You stopped on ${day(kept.time)}, with ${count(answered, "answer")}`;
      const choices = [
        { value: "on", name: "go on from there" },
        { value: "anew", name: "begin anew" },
      ] as const;
      if ((await terminal.choose(question, choices, INSTEAD)) === "on") return kept;
    }
    if (kept !== undefined) Answers.forget(this.#system);
    return new Answers(this.#system.now().toISOString());
  }

  /** The finding as the report has it, and what its fix alone would change. */
  async #show(finding: ReportedFinding, report: Report): Promise<void> {
    const { errors } = this.#system.terminal;
    const style = { ...styleOf(this.#given, this.#system), width: errors.columns };
    errors.write(`${findingAlone(report, finding, style)}\n`);
    if (!hasWork(finding)) return;
    const key = lineKey(finding, report);
    const alone: Wish = (one, now) => (lineKey(one, now) === key ? allOfThem(one, now) : undefined);
    const plan = await rehearse(this.#system, probes, this.#request, alone, runQuietly, this.#given.log);
    errors.write(showPatch(plan.changes, this.#given, this.#system, errors));
    await tellMoves(plan, this.#system);
    for (const { why } of plan.refused)
      errors.write(`${printable(`by itself this fix will not be made, because ${why}`)}\n`);
  }

  /** What ends the question; what only tells something asks it again. */
  async #decide(finding: ReportedFinding, report: Report, answers: Answers): Promise<Answer> {
    const { terminal } = this.#system;
    const question = hasWork(finding) ? `${finding.fix!.title}?` : "What is to be done?";
    for (;;) {
      const answer = await terminal.choose<Answer>(
        printable(question),
        this.#choices(finding, report, answers),
        INSTEAD,
      );
      if (answer === "yes") answers.want(finding, report);
      else if (answer === "no") answers.leave(finding, report);
      else if (answer === "all") answers.wantAllOf(finding.rule.id);
      else if (answer === "suppress") {
        const reason = (await terminal.ask("Why is it meant so?", INSTEAD)).trim();
        if (reason === "") continue;
        answers.mean(finding, report, reason);
      } else if (answer === "explain") {
        terminal.errors.write(pageOf(finding.rule.id, this.#system));
        continue;
      }
      return answer;
    }
  }

  #choices(finding: ReportedFinding, { sources }: Report, answers: Answers): Choice<Answer>[] {
    const { at, rule } = finding;
    const choices: Choice<Answer>[] = [];
    if (hasWork(finding)) choices.push({ value: "yes", name: "yes, make this fix" });
    choices.push({ value: "no", name: "no, leave it" });
    if (hasWork(finding)) choices.push({ value: "all", name: `yes, and all others of ${rule.id}` });
    choices.push({ value: "explain", name: "explain it" });
    if (suppression(finding, at.kind === "file" ? sources.get(at.path) : undefined, "") !== undefined)
      choices.push({ value: "suppress", name: "it is meant so: say why in a comment, and do not report it" });
    if (this.#editor !== undefined && at.kind === "file" && at.span !== undefined)
      choices.push({ value: "edit", name: `edit the file by hand, with ${this.#editor}` });
    if (answers.wishes > 0) choices.push({ value: "make", name: "ask no more, and make what was chosen so far" });
    choices.push({ value: "quit", name: "stop, change nothing, and keep the answers for the next time" });
    return choices;
  }

  /** Somebody edits the file that a finding stands in; then all is looked at again. */
  async #edited(finding: ReportedFinding, before: Report): Promise<Report> {
    const { at } = finding;
    if (at.kind !== "file" || at.span === undefined || this.#editor === undefined) return before;
    const { errors } = this.#system.terminal;
    const { line } = at.span;
    const editor = this.#editor;
    const run = await editByHand(
      this.#system,
      at.path,
      (hasChanged) => openEditor(editor, at.path, line, hasChanged, this.#system),
      this.#request.version,
      teller(this.#system),
    );
    if (run === undefined) {
      errors.write("The file is as it was\n");
      return before;
    }
    this.#edits.push(run.id);
    const after = await this.#look();
    errors.write(`${cameOf(finding, before, after)}\n`);
    errors.write(`undo: aws-vault-doctor undo ${run.id}\n`);
    return after;
  }

  #stop(answers: Answers, report: Report, failOn: FailOn): number {
    const { errors } = this.#system.terminal;
    const kept =
      answers.size === 0 ? "" : `; ${count(answers.size, "answer")} kept, and \`aws-vault-doctor fix\` goes on`;
    errors.write(`\nNothing was changed${this.#edits.length > 0 ? " but by hand" : ""}${kept}\n`);
    return exitCode(report, failOn);
  }

  async #make(answers: Answers, findings: readonly ReportedFinding[], report: Report, failOn: FailOn): Promise<number> {
    const { errors } = this.#system.terminal;
    if (answers.wishes === 0) {
      Answers.forget(this.#system);
      errors.write(`\nNothing was changed${this.#edits.length > 0 ? " but by hand" : ""}\n`);
      return exitCode(report, failOn);
    }
    errors.write("\n");
    const settled = await settle(answers.wish, false, this.#given, this.#system, this.#request);
    const code = await carryOutPlan(settled, this.#given, this.#system, this.#request, failOn, "cures");
    Answers.forget(this.#system);
    const same = sameCommand(findings, report, answers);
    if (same !== "") errors.write(`the same without questions: ${same}\n`);
    return code;
  }
}

const hasWork = ({ fix }: ReportedFinding): boolean => fix !== undefined && isWork(fix);

/** What an edit by hand did, beside what it was meant to do. */
function cameOf(finding: ReportedFinding, before: Report, after: Report): string {
  const gone = without(before.findings, after.findings);
  const fresh = without(after.findings, before.findings);
  const isCured = gone.includes(finding);
  const others = gone.length - (isCured ? 1 : 0);
  return [
    `${isCured ? "Cured" : "Still there"}: ${finding.rule.id}`,
    ...(others > 0 ? [`${others} more gone`] : []),
    ...(fresh.length > 0 ? [`${fresh.length} new`] : []),
  ].join("; ");
}

const day = (time: string): string => time.slice(0, 10);

/** The command that would have made the same fixes; comments and edits by hand it cannot make. */
function sameCommand(findings: readonly ReportedFinding[], report: Report, answers: Answers): string {
  const fixable = findings.filter(hasWork);
  const wanted = fixable.filter((one) => answers.isWanted(one, report));
  const rules = new Set(wanted.map(({ rule }) => rule.id));
  if (rules.size === 0) return "";
  const others = fixable.filter((one) => rules.has(one.rule.id) && !wanted.includes(one)).length;
  const command = `aws-vault-doctor check --fix=all --yes --only ${[...rules].join(",")}`;
  return others === 0 ? command : `${command} (and ${count(others, "fix", "fixes")} more of these rules)`;
}
