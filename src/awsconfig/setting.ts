import type { FilePlace } from "../model/place.ts";
import type { Setting, Traits } from "../model/reading.ts";
import type { LinedText } from "./lined-text.ts";

/** A setting that every tool reads as it stands on its line. */
export class PlainSetting implements Setting {
  readonly #source: LinedText;
  readonly #line: number;

  constructor(source: LinedText, line: number) {
    this.#source = source;
    this.#line = line;
  }

  get name(): string {
    return this.#source.names.all[this.#source.lines.name(this.#line)]!;
  }
  get value(): string {
    const { lines, text } = this.#source;
    return text.slice(lines.valueStart(this.#line), lines.valueEnd(this.#line));
  }
  get hidden(): Traits | undefined {
    return this.#source.traits(this.#line);
  }
  get nested(): undefined {
    return undefined;
  }
  get at(): FilePlace {
    const { lines } = this.#source;
    return this.#source.place(lines.valueStart(this.#line), lines.valueEnd(this.#line));
  }
  get nameAt(): FilePlace {
    const { lines } = this.#source;
    return this.#source.place(lines.start(this.#line), lines.nameEnd(this.#line));
  }
  get linesAt(): FilePlace {
    return this.#source.wholeLines(this.#line, this.#line);
  }
}

/** A setting as it stands on its line, unless a tool reads more or less than that (`value`, `nested`, `lastLine`). */
export class LineSetting implements Setting {
  name: string;
  value: string;
  nested: ReadonlyMap<string, string> | undefined;
  lastLine: number;
  readonly #source: LinedText;
  readonly #line: number;
  readonly #parts: readonly [number, number, number, number];

  constructor(
    source: LinedText,
    line: number,
    nameStart: number,
    nameEnd: number,
    valueStart: number,
    valueEnd: number,
  ) {
    this.name = source.text.slice(nameStart, nameEnd).toLowerCase();
    this.value = source.text.slice(valueStart, valueEnd);
    this.lastLine = line;
    this.#source = source;
    this.#line = line;
    this.#parts = [nameStart, nameEnd, valueStart, valueEnd];
  }

  get hidden(): Traits | undefined {
    return this.#source.traits(this.#line);
  }
  get at(): FilePlace {
    return this.#source.place(this.#parts[2], this.#parts[3]);
  }
  get nameAt(): FilePlace {
    return this.#source.place(this.#parts[0], this.#parts[1]);
  }
  get linesAt(): FilePlace {
    return this.#source.wholeLines(this.#line, this.lastLine);
  }
}
