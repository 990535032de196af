import type { LineKind } from "../model/document.ts";

const KINDS: readonly LineKind[] = ["blank", "comment", "header", "setting", "indented", "unreadable"];
const FIELDS = 5;
const [START, NAME_END, VALUE_START, VALUE_END, END] = [0, 1, 2, 3, 4];
const ODD = 8;

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

  constructor(textLength: number) {
    const lines = (textLength >> 5) + 16;
    this.#offsets = new Int32Array(lines * FIELDS);
    this.#kinds = new Uint8Array(lines);
  }

  add(
    kind: LineKind,
    odd: boolean,
    start: number,
    nameEnd: number,
    valueStart: number,
    valueEnd: number,
    end: number,
  ): void {
    if (this.length === this.#kinds.length) this.#grow();
    const base = this.length * FIELDS;
    const offsets = this.#offsets;
    offsets[base] = start;
    offsets[base + 1] = nameEnd;
    offsets[base + 2] = valueStart;
    offsets[base + 3] = valueEnd;
    offsets[base + 4] = end;
    this.#kinds[this.length++] = KINDS.indexOf(kind) | (odd ? ODD : 0);
  }

  kind(line: number): LineKind {
    return KINDS[this.#kinds[line]! & 7]!;
  }
  isOdd(line: number): boolean {
    return (this.#kinds[line]! & ODD) !== 0;
  }
  isSetting(line: number): boolean {
    return (this.#kinds[line]! & 7) === 3;
  }
  start(line: number): number {
    return this.#offsets[line * FIELDS + START]!;
  }
  nameEnd(line: number): number {
    return this.#offsets[line * FIELDS + NAME_END]!;
  }
  valueStart(line: number): number {
    return this.#offsets[line * FIELDS + VALUE_START]!;
  }
  valueEnd(line: number): number {
    return this.#offsets[line * FIELDS + VALUE_END]!;
  }
  /** Without the line end. */
  end(line: number): number {
    return this.#offsets[line * FIELDS + END]!;
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
