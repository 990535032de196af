import { byPlace, type Draft, gaps, type Told } from "./draft.ts";
import { document, type Element } from "./xml.ts";

/** As checkstyle writes it (https://checkstyle.org), which many a server for builds reads. */
export function checkstyle(draft: Draft): string {
  const { crashed, unseen } = gaps(draft);
  const missing = [...unseen, ...crashed].map((message) => error({ severity: "error", message, source: "incomplete" }));
  return document({
    name: "checkstyle",
    attributes: { version: "4.3" },
    content: [
      ...[...byPlace(draft)].map(([name, all]) => ({ name: "file", attributes: { name }, content: all.map(found) })),
      ...(missing.length === 0 ? [] : [{ name: "file", attributes: { name: "aws-vault-doctor" }, content: missing }]),
    ],
  });
}

const found = ({ finding, span, message }: Told): Element =>
  error({
    line: span?.line ?? 1,
    column: span?.column,
    severity: finding.severity,
    message,
    source: finding.rule.id,
  });

const error = ({ source, ...attributes }: Element["attributes"]): Element => ({
  name: "error",
  attributes: { ...attributes, source: `aws-vault-doctor.${source}` },
});
