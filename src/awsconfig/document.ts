import type { AwsDocument } from "../model/document.ts";
import type { Setting } from "../model/reading.ts";
import { decode } from "./encoding.ts";
import { LinedText } from "./lined-text.ts";
import { mask } from "./mask.ts";
import { parse } from "./parse.ts";
import { type PlainFile, plainFile } from "./plain-file.ts";
import { sealedBy } from "./sealed.ts";
import { PlainSection, RangeSection } from "./section.ts";
import { LineSetting, PlainSetting } from "./setting.ts";

/** Reads the bytes of an AWS file into its masked tree. Never fails; no unmasked character outlives the call. */
export function readDocument(path: string, kind: "config" | "credentials", bytes: Uint8Array): Document {
  const { text, encoding, hasBom, parsed } = parsedFrom(bytes);
  const masked = mask(text, parsed);
  return new Document(path, kind, encoding, hasBom, masked.text, parsed, masked.traits, sealedBy(text));
}

/** The same with all values as they stand, for those who have to act by them. No fact is made of it, and no report. */
export function readOpenly(path: string, kind: "config" | "credentials", bytes: Uint8Array): Document {
  const { text, encoding, hasBom, parsed } = parsedFrom(bytes);
  return new Document(path, kind, encoding, hasBom, text, parsed, new Map(), sealedBy(text));
}

function parsedFrom(bytes: Uint8Array) {
  const decoded = decode(bytes);
  const { text, encoding } = decoded;
  const parsed = text.length === bytes.length && encoding === "utf-8" ? parse(text, bytes) : parse(text);
  return { ...decoded, parsed };
}

/** The lossless tree of one AWS file, masked. Settings and sections are made when they are asked for. */
export class Document extends LinedText implements AwsDocument {
  /** Where no reader has anything to decide. */
  readonly plain: PlainFile | undefined = plainFile(this);
  #sections: readonly (RangeSection | PlainSection)[] | undefined;
  readonly #linesByName = new Map<string, readonly number[]>();
  #linesByNumber: readonly (readonly number[])[] | undefined;
  #oddByName: ReadonlyMap<string, readonly number[]> | undefined;

  get isPlain(): boolean {
    return this.plain !== undefined;
  }

  get hasOtherSections(): boolean {
    return this.plain?.hasOthers ?? true;
  }

  get sections(): readonly (RangeSection | PlainSection)[] {
    this.#sections ??= Array.from({ length: this.ranges.length }, (_, section) => this.#section(section));
    return this.#sections;
  }

  sectionAt(line: number): RangeSection | PlainSection | undefined {
    const { ranges } = this;
    let low = 0;
    let high = ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (ranges.first(middle) <= line) low = middle;
      else high = middle - 1;
    }
    return high < 0 ? undefined : (this.#sections?.[low] ?? this.#section(low));
  }

  #section(section: number): RangeSection | PlainSection {
    return this.ranges.isPlain(section) && this.ranges.isHeaded(section)
      ? new PlainSection(this, section)
      : new RangeSection(this, section);
  }

  get settingNames(): Iterable<string> {
    const all = new Set(this.#oddSettings().keys());
    for (const [line] of this.#numbered()) if (line !== undefined) all.add(this.setting(line)!.name);
    return all;
  }

  linesNamed(name: string): readonly number[] {
    let found = this.#linesByName.get(name);
    if (found === undefined) this.#linesByName.set(name, (found = this.#findLines(name)));
    return found;
  }

  valuesNamed(name: string, ordinary?: RegExp): ReadonlyMap<string, readonly number[]> {
    const { lines, text } = this;
    const byValue = new Map<string, number[]>();
    let isOdd = false;
    let same: number[] | undefined;
    for (const line of this.linesNamed(name)) {
      const start = lines.valueStart(line);
      const end = lines.valueEnd(line);
      // Most often the profiles of a file say the same.
      if (!lines.isRepeated(line) || isOdd) {
        isOdd = lines.isOdd(line);
        if (isWhole(ordinary, text, start, end)) same = undefined;
        else {
          const value = text.slice(start, end);
          same = byValue.get(value);
          if (same === undefined) byValue.set(value, (same = []));
        }
      }
      same?.push(line);
    }
    return byValue;
  }

  #findLines(name: string): readonly number[] {
    const number = this.names.find(name);
    const found = number === undefined ? [] : this.#numbered()[number]!;
    const odd = this.#oddSettings().get(name);
    return odd === undefined ? found : [...found, ...odd].sort((one, other) => one - other);
  }

  /** The settings whose names have a number, by it. Most of them are asked for. */
  #numbered(): readonly (readonly number[])[] {
    if (this.#linesByNumber !== undefined) return this.#linesByNumber;
    const { lines } = this;
    const byNumber: number[][] = this.names.all.map(() => []);
    for (let line = 0; line < lines.length; line++)
      if (lines.isSetting(line) && !lines.isOdd(line)) byNumber[lines.name(line)]!.push(line);
    this.#linesByNumber = byNumber;
    return byNumber;
  }

  /** The settings whose names have no number, by their names. */
  #oddSettings(): ReadonlyMap<string, readonly number[]> {
    if (this.#oddByName !== undefined) return this.#oddByName;
    const byName = new Map<string, number[]>();
    for (let line = 0; line < this.lines.length; line++) {
      if (!this.lines.isOdd(line) || !this.lines.isSetting(line)) continue;
      const { name } = this.oddSetting(line);
      const others = byName.get(name);
      if (others === undefined) byName.set(name, [line]);
      else others.push(line);
    }
    this.#oddByName = byName;
    return byName;
  }

  setting(line: number): Setting | undefined {
    if (!this.lines.isSetting(line)) return undefined;
    return this.lines.isOdd(line) ? this.oddSetting(line) : new PlainSetting(this, line);
  }

  oddSetting(line: number): LineSetting {
    const { lines } = this;
    return new LineSetting(
      this,
      line,
      lines.start(line),
      lines.nameEnd(line),
      lines.valueStart(line),
      lines.valueEnd(line),
    );
  }
}

/** Whether a sticky pattern takes that stretch as a whole. */
function isWhole(pattern: RegExp | undefined, text: string, start: number, end: number): boolean {
  if (pattern === undefined) return false;
  pattern.lastIndex = start;
  return pattern.test(text) && pattern.lastIndex === end;
}
