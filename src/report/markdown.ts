import { isComplete } from "../model/report.ts";
import { type Draft, fullPlace, gaps, tell } from "./draft.ts";
import { silencedIn } from "./human.ts";
import { docsOf } from "./json.ts";
import { count, printable } from "./printable.ts";

/** GitHub takes no summary of more than a megabyte. */
const ROWS_MAX = 1000;

/** For the summary of a job, and for a comment on a change. */
export function markdown(draft: Draft): string {
  const { report } = draft;
  const all = tell(draft);
  const rows = all
    .slice(0, ROWS_MAX)
    .map(
      (told) =>
        `| ${told.finding.severity} | ${inMarkdown(fullPlace(told))} | ${inMarkdown(told.message)} | ` +
        `[\`${told.finding.rule.id}\`](${docsOf(told.finding.rule.id)}) |`,
    );
  const table = ["| severity | place | what | rule |", "| --- | --- | --- | --- |", ...rows, ""];
  const more = all.length - rows.length;
  const { crashed, unseen } = gaps(draft);
  const missing = [...unseen, ...crashed].map((one) => `- ${inMarkdown(one)}`);
  const lines = [
    "## aws-vault-doctor",
    "",
    `${verdict(draft)}${silencedIn(report)}`,
    "",
    ...(rows.length === 0 ? [] : table),
    ...(more > 0 ? [`… and ${more} more`, ""] : []),
    ...(missing.length === 0 ? [] : [...missing, ""]),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function verdict({ report }: Draft): string {
  const of = (severity: string): number => report.findings.filter((finding) => finding.severity === severity).length;
  if (report.findings.length === 0)
    return isComplete(report)
      ? "Nothing is wrong, as far as can be seen"
      : "No finding, but not all could be looked at";
  return `${count(of("error"), "error")}, ${count(of("warning"), "warning")}, ${count(of("info"), "thing")} to know`;
}

/** Text in which no mark counts, nobody is called, and no cell ends. */
export const inMarkdown = (text: string): string =>
  printable(text)
    .replace(/[\\`*_[\]#|~$:{}()!^]/g, (mark) => `\\${mark}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=\w)/g, "`@`")
    .replace(/\bwww\./gi, (word) => word.replace(".", "\\."));
