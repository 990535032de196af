import type { AwsDocument } from "../model/document.ts";

export type LinesByValue = ReadonlyMap<string, readonly number[]>;

/** Values that nobody can have anything against: most of most files. Patterns for a whole value. */
const ORDINARY: ReadonlyMap<string, RegExp> = new Map([
  ["role_arn", /arn:aws:iam::\d{12}:role\/(?!aws-reserved|AWSReserved)[\w+=,.@/-]+/y],
  ["mfa_serial", /arn:aws:iam::\d{12}:mfa\/[\w+=,.@/-]+/y],
  // Of the partition `aws`.
  ["region", /(?:us|eu|ap|ca|sa)-(?:(?:north|south)(?:east|west)?|east|west|central)-[1-9]/y],
  ["source_profile", /[A-Za-z][A-Za-z0-9_-]{0,30}/y],
  ["output", /json|text|table|yaml/y],
]);
const looked = new WeakMap<AwsDocument, Map<string, LinesByValue>>();

/** The values at the margin that some rule may have something against, with their lines. Looked for once. */
export function unusualValues(document: AwsDocument, name: string): LinesByValue {
  let known = looked.get(document);
  if (known === undefined) looked.set(document, (known = new Map()));
  let found = known.get(name);
  if (found === undefined) known.set(name, (found = document.valuesNamed(name, ORDINARY.get(name))));
  return found;
}
