/** What a command declares: a name, and maybe a value with it. */

import type { Word } from "./cursor.ts";
import type { Scan } from "./scan.ts";
import { unquoted } from "./unquoted.ts";

export interface Operand {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly value: RawValue | undefined;
}

interface RawValue {
  readonly start: number;
  readonly end: number;
  /** Without its quotes; as written, when it is computed. */
  readonly text: string;
  readonly computed: boolean;
}

/** Reads `NAME`, `NAME=value` and `"NAME=value"`. Adding to a value (`+=`) makes it computed. */
export function operandOf({ text, shell }: Scan, word: Word): Operand {
  const whole = unquoted(text, word, shell === "fish");
  const equals = whole.indexOf("=");
  const adds = equals > 0 && whole[equals - 1] === "+";
  const name = equals < 0 ? whole : whole.slice(0, adds ? equals - 1 : equals);
  const nameStart =
    text.startsWith(name, word.start + 1) && !text.startsWith(name, word.start) ? word.start + 1 : word.start;
  const nameIsPlain = text.startsWith(name, nameStart);
  if (equals < 0)
    return { name, nameStart, nameEnd: nameIsPlain ? nameStart + name.length : word.end, value: undefined };
  const mark = text.indexOf("=", word.start);
  const start = mark >= 0 && mark < word.end ? mark + 1 : word.end;
  const isQuoted = nameStart > word.start && text[word.end - 1] === text[word.start] && start < word.end;
  const end =
    isQuoted && /["']/.test(text[word.start]!) && text[nameStart + name.length] === "=" ? word.end - 1 : word.end;
  const computed = word.computed || adds;
  return {
    name,
    nameStart,
    nameEnd: nameIsPlain ? nameStart + name.length : start,
    value: { start, end, computed, text: computed ? text.slice(start, end) : whole.slice(equals + 1) },
  };
}

/** The values of a fish list, joined as an exported list is. Where there are none, the spot for them. */
export function listOf({ text }: Scan, spot: number, words: readonly Word[], adds: boolean): RawValue {
  const start = words[0]?.start ?? spot;
  const end = words.at(-1)?.end ?? spot;
  const computed = adds || words.some((word) => word.computed);
  const joined = computed ? text.slice(start, end) : words.map((word) => unquoted(text, word, true)).join(" ");
  return { start, end, computed, text: joined };
}
