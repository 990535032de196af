/** Keeps a statement, if it matters, with what is true of it. */
import { holdsSecret } from "../awsconfig/traits.ts";
import type { Statement } from "../model/facts.ts";
import { isBlank, pastBlanks } from "./cursor.ts";
import { reveal, revealName, revealThroughMark } from "./mask.ts";
import { matters, NAME_LENGTH_MAX } from "./names.ts";
import type { Operand } from "./operands.ts";
import { placeOf } from "./places.ts";
import type { Command, Scan, Value } from "./scan.ts";

export function record(
  scan: Scan,
  command: Command,
  kind: Statement["kind"],
  operand: Operand,
  onlyOne: boolean,
): void {
  const { name, nameStart, nameEnd } = operand;
  const isAlias = kind === "alias";
  // A key that was pasted where a name belongs is none.
  if (name === "" || holdsSecret(name) || (isAlias && /[$`\n]/.test(name))) return;
  if (!isAlias && !matters(name)) return revealName(scan, nameStart, nameEnd);
  if (!isAlias || name.length <= NAME_LENGTH_MAX) revealThroughMark(scan, nameStart, nameEnd);
  const inFunction = scan.functionDepth > 0 || scan.functionIsNext;
  const at = placeOf(scan, command.start, command.end);
  scan.found.push({
    kind,
    name,
    ...valueOf(scan, kind, operand, inFunction),
    inFunction,
    nameAt: placeOf(scan, nameStart, nameEnd),
    at,
    alone: onlyOne && !scan.isChained && !command.hasHeredoc && standsAlone(scan.text, command.start, command.end),
  });
}

const NOTHING: Value = { value: "", hidden: undefined, computed: false };

function valueOf(scan: Scan, kind: Statement["kind"], { name, value: raw }: Operand, inFunction: boolean): Value {
  const values = inFunction ? scan.valuesInFunction : scan.values;
  if (kind === "unset") {
    values.delete(name);
    return NOTHING;
  }
  if (raw === undefined) return values.get(name) ?? scan.values.get(name) ?? NOTHING;
  const { value, hidden } = scan.show(name, raw.text);
  if (hidden === undefined) reveal(scan, raw.start, raw.end);
  const shown = { value, hidden, computed: raw.computed };
  if (kind !== "alias") values.set(name, shown);
  return shown;
}

/** Nothing but blanks, one semicolon and a comment stand beside it on its lines. */
function standsAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isBlank(text[before])) before--;
  if (before >= 0 && text[before] !== "\n") return false;
  let after = pastBlanks(text, end);
  const spaced = after > end || text[after] === ";";
  if (text[after] === ";") after = pastBlanks(text, after + 1);
  if (text[after] === "\r" && text[after + 1] === "\n") after++;
  return after >= text.length || text[after] === "\n" || (spaced && text[after] === "#");
}
