import type { LineKind } from "../model/document.ts";
import type { Names } from "./names.ts";

const KINDS: readonly LineKind[] = ["blank", "comment", "header", "setting", "indented", "unreadable"];
export const [BLANK, COMMENT, HEADER, SETTING, INDENTED, UNREADABLE] = [0, 1, 2, 3, 4, 5] as const;
/** A kind of line, as a number. */
export type Kind = 0 | 1 | 2 | 3 | 4 | 5;
const KIND_BITS = 7;
const ODD = 8;
/** How long the line's end is: nothing, `\n` or `\r\n`. */
const END_SHIFT = 4;
const END_BITS = 3;
const REPEATED = 64;
const FIELDS = 4;
const [VALUE_START, VALUE_END, NAME] = [1, 2, 3] as const;

/**
 * Where each line starts and ends, and its parts: one flat table of offsets instead of an object a line, because a file
 * of a hundred thousand profiles has six hundred thousand lines, and most rules look at few of them.
 *
 * A line is *odd* when tools may disagree about it. All that is not odd means the same to every tool.
 */
export class LineTable {
  length = 0;
  #offsets: Int32Array;
  #kinds: Uint8Array;

  readonly #textLength: number;
  readonly #names: Names;

  constructor(textLength: number, names: Names) {
    const lines = (textLength >> 4) + 16;
    this.#offsets = new Int32Array(lines * FIELDS);
    this.#kinds = new Uint8Array(lines);
    this.#textLength = textLength;
    this.#names = names;
  }

  /** `name` is the number of an ordinary setting's name, where the name starts in an ordinary header, or `~` its end. */
  add(
    kind: Kind,
    odd: boolean,
    start: number,
    valueStart: number,
    valueEnd: number,
    name: number,
    lengthOfEnd: number,
  ): void {
    if (this.length === this.#kinds.length) this.#grow();
    const base = this.length * FIELDS;
    const offsets = this.#offsets;
    offsets[base] = start;
    offsets[base + VALUE_START] = valueStart;
    offsets[base + VALUE_END] = valueEnd;
    offsets[base + NAME] = name;
    this.#kinds[this.length++] = kind | (odd ? ODD : 0) | (lengthOfEnd << END_SHIFT);
  }

  /** Says of the last line that it is the very text of the last ordinary setting of that name. */
  markRepeated(): void {
    this.#kinds[this.length - 1]! |= REPEATED;
  }

  kind(line: number): LineKind {
    return KINDS[this.#kinds[line]! & KIND_BITS]!;
  }
  isOdd(line: number): boolean {
    return (this.#kinds[line]! & ODD) !== 0;
  }
  isSetting(line: number): boolean {
    return (this.#kinds[line]! & KIND_BITS) === SETTING;
  }
  isHeader(line: number): boolean {
    return (this.#kinds[line]! & KIND_BITS) === HEADER;
  }
  /** Known to be the text of the last ordinary setting of that name: who has looked at that one need not look again. */
  isRepeated(line: number): boolean {
    return (this.#kinds[line]! & REPEATED) !== 0;
  }
  /** A setting that means the same to every tool. */
  isPlainSetting(line: number): boolean {
    return (this.#kinds[line]! & (KIND_BITS | ODD)) === SETTING;
  }
  start(line: number): number {
    return this.#offsets[line * FIELDS]!;
  }
  nameEnd(line: number): number {
    const name = this.#offsets[line * FIELDS + NAME]!;
    if (name < 0) return ~name;
    return this.start(line) + (this.isSetting(line) ? this.#names.all[name]!.length : 0);
  }
  valueStart(line: number): number {
    return this.#offsets[line * FIELDS + VALUE_START]!;
  }
  valueEnd(line: number): number {
    return this.#offsets[line * FIELDS + VALUE_END]!;
  }
  /** Without the line end. */
  end(line: number): number {
    const next = line + 1 < this.length ? this.start(line + 1) : this.#textLength;
    return next - this.lengthOfEnd(line);
  }
  lengthOfEnd(line: number): number {
    return (this.#kinds[line]! >> END_SHIFT) & END_BITS;
  }
  /** Where the name starts in an ordinary header, after its prefix. */
  headerName(line: number): number {
    return this.#offsets[line * FIELDS + NAME]!;
  }
  /** The number of a setting's name; below nought for an odd one. */
  name(line: number): number {
    return this.#offsets[line * FIELDS + NAME]!;
  }

  /** The first line from `first` to before `last` whose name has this number, or -1. */
  find(name: number, first: number, last: number): number {
    const offsets = this.#offsets;
    for (let line = first, at = first * FIELDS + NAME; line < last; line++, at += FIELDS)
      if (offsets[at] === name) return line;
    return -1;
  }

  /** The line that an offset stands in. */
  at(offset: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #grow(): void {
    const offsets = new Int32Array(this.#offsets.length * 2);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
    const kinds = new Uint8Array(this.#kinds.length * 2);
    kinds.set(this.#kinds);
    this.#kinds = kinds;
  }
}
