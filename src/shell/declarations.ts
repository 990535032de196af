/** The statements about variables: `NAME=value`, `export` and its like, `unset`, and fish's `set`. */
import type { Statement } from "../model/facts.ts";
import type { Word } from "./cursor.ts";
import { revealName } from "./mask.ts";
import { VARIABLE } from "./names.ts";
import { listOf, operandOf } from "./operands.ts";
import { record } from "./record.ts";
import type { Command, Scan } from "./scan.ts";

const ASSIGNMENT = /[A-Za-z_]\w*(?:\[[^\]]{0,64}\])?\+?=/y;

/** Where the value of `NAME=value` begins, or -1 when the word is none. */
export function prefixEnd(text: string, word: Word): number {
  ASSIGNMENT.lastIndex = word.start;
  return ASSIGNMENT.test(text) && ASSIGNMENT.lastIndex <= word.end ? ASSIGNMENT.lastIndex : -1;
}

export function assign(scan: Scan, command: Command, word: Word): void {
  const operand = operandOf(scan, word);
  if (VARIABLE.test(operand.name)) record(scan, command, "set", operand, command.words.length === 1);
}

export function declare(scan: Scan, command: Command, name: string, flags: string, operands: readonly Word[]): void {
  const kind = declares(name, flags);
  for (const word of operands) {
    const operand = operandOf(scan, word);
    const isVariable = VARIABLE.test(operand.name);
    if (isVariable) revealName(scan, operand.nameStart, operand.nameEnd);
    // `declare A` sets nothing, and neither does `local` for the shell that starts.
    if (!isVariable || kind === undefined || (kind === "set" && operand.value === undefined)) continue;
    record(scan, command, kind, operand, operands.length === 1);
  }
}

function declares(name: string, flags: string): Statement["kind"] | undefined {
  if (name === "local" || /-\w*f/.test(flags) || (name !== "export" && /-\w*[Fp]/.test(flags))) return undefined;
  if (name === "export") return /-\w*n/.test(flags) ? "unset" : "export";
  if (/\+\w*x/.test(flags)) return "unset";
  return /-\w*x/.test(flags) ? "export" : "set";
}

export function unset(scan: Scan, command: Command, flags: string, operands: readonly Word[]): void {
  const isOther = /[fnm]/.test(flags);
  for (const word of operands) {
    const operand = operandOf(scan, word);
    if (!VARIABLE.test(operand.name) || operand.value !== undefined) continue;
    revealName(scan, operand.nameStart, operand.nameEnd);
    if (!isOther) record(scan, command, "unset", operand, operands.length === 1);
  }
}

export function fishSet(scan: Scan, command: Command, flags: string, operands: readonly Word[]): void {
  if (/[qnS]/.test(flags)) return;
  if (/e/.test(flags)) return unset(scan, command, "", operands);
  const [first, ...rest] = operands;
  if (first === undefined) return;
  const operand = operandOf(scan, first);
  if (!VARIABLE.test(operand.name) || operand.value !== undefined) return;
  const value = listOf(scan, first.end, rest, /[ap]/.test(flags));
  record(scan, command, /x/.test(flags) ? "export" : "set", { ...operand, value }, true);
}
