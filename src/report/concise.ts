import { type Draft, fullPlace, gaps, tell } from "./draft.ts";

/** A line for each finding, as compilers write them, so that editors find the place. */
export function concise(draft: Draft): string {
  const { crashed, unseen } = gaps(draft);
  const lines = tell(draft).map(
    (told) => `${fullPlace(told)}: ${told.finding.severity}: ${told.message} [${told.finding.rule.id}]`,
  );
  const all = [...lines, ...[...unseen, ...crashed].map((one) => `aws-vault-doctor: ${one}`)];
  return all.map((line) => `${line}\n`).join("");
}
