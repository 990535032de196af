import type { Severity } from "../model/finding.ts";
import { type Draft, gaps, type Told, tell } from "./draft.ts";

/**
 * Annotations, as the runner of GitHub Actions takes them from a log:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function github(draft: Draft): string {
  const { crashed, unseen } = gaps(draft);
  const lines = [
    ...tell(draft).map(annotation),
    ...[...unseen, ...crashed].map((one) => command("error", { title: "aws-vault-doctor" }, one)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

function annotation({ finding, place, span, message }: Told): string {
  const { at, rule, severity } = finding;
  const isOneLine = span !== undefined && span.line === span.endLine;
  return command(
    LEVELS[severity],
    {
      file: at.kind === "file" ? place : undefined,
      line: span?.line,
      endLine: span?.endLine,
      col: isOneLine ? span.column : undefined,
      endColumn: isOneLine ? span.endColumn : undefined,
      title: rule.id,
    },
    at.kind === "file" ? message : `${place}: ${message}`,
  );
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${data(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C")}`);
  return `::${name} ${given.join(",")}::${data(message)}`;
}

/** What ends a command, or looks like the escape of it. */
const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
