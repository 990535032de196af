/** The statements about aliases, in the Bourne shells and in fish. */

import type { Word } from "./cursor.ts";
import { listOf, operandOf } from "./operands.ts";
import { record } from "./record.ts";
import type { Command, Scan } from "./scan.ts";

export function alias(scan: Scan, command: Command, flags: string, operands: readonly Word[]): void {
  // A suffix alias (`alias -s txt=vim`) names no command.
  if (/s/.test(flags)) return;
  for (const word of operands) {
    const operand = operandOf(scan, word);
    if (operand.value !== undefined) record(scan, command, "alias", operand, operands.length === 1);
  }
}

export function fishAlias(scan: Scan, command: Command, operands: readonly Word[]): void {
  const [first, ...rest] = operands;
  if (first === undefined) return;
  const operand = operandOf(scan, first);
  if (operand.value !== undefined) return record(scan, command, "alias", operand, true);
  if (rest.length > 0)
    record(scan, command, "alias", { ...operand, value: listOf(scan, first.end, rest, false) }, true);
}
