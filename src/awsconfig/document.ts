import type { AwsDocument, Encoding } from "../model/document.ts";
import type { Setting, Traits } from "../model/reading.ts";
import { decode } from "./encoding.ts";
import { LinedText } from "./lined-text.ts";
import { mask } from "./mask.ts";
import { type Parsed, parse } from "./parse.ts";
import { type PlainFile, plainFile } from "./plain-file.ts";
import { PlainSection, RangeSection } from "./section.ts";
import { LineSetting, PlainSetting } from "./setting.ts";

/** Reads the bytes of an AWS file into its masked tree. Never fails; no unmasked character outlives the call. */
export function readDocument(path: string, kind: "config" | "credentials", bytes: Uint8Array): Document {
  const { text, encoding, hasBom } = decode(bytes);
  const parsed = text.length === bytes.length && encoding === "utf-8" ? parse(text, bytes) : parse(text);
  const masked = mask(text, parsed);
  return new Document(path, kind, encoding, hasBom, masked.text, parsed, masked.traits);
}

/** The lossless tree of one AWS file, masked. Settings and sections are made when they are asked for. */
export class Document extends LinedText implements AwsDocument {
  /** Where no reader has anything to decide. */
  readonly plain: PlainFile | undefined;
  #sections: readonly (RangeSection | PlainSection)[] | undefined;
  readonly #linesByValue = new Map<string, ReadonlyMap<string, readonly number[]>>();
  #linesByName: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(
    path: string,
    file: "config" | "credentials",
    encoding: Encoding,
    hasBom: boolean,
    text: string,
    parsed: Parsed,
    traits: ReadonlyMap<number, Traits>,
  ) {
    super(path, file, encoding, hasBom, text, parsed, traits);
    this.plain = plainFile(this);
  }

  get isPlain(): boolean {
    return this.plain !== undefined;
  }

  get sections(): readonly (RangeSection | PlainSection)[] {
    this.#sections ??= Array.from({ length: this.ranges.length }, (_, section) =>
      this.ranges.isPlain(section) && this.ranges.isHeaded(section)
        ? new PlainSection(this, section)
        : new RangeSection(this, section),
    );
    return this.#sections;
  }

  get settingNames(): Iterable<string> {
    return this.#byName().keys();
  }

  linesNamed(name: string): readonly number[] {
    return this.#byName().get(name) ?? [];
  }

  valuesNamed(name: string): ReadonlyMap<string, readonly number[]> {
    const known = this.#linesByValue.get(name);
    if (known !== undefined) return known;
    const { lines, text } = this;
    const byValue = new Map<string, number[]>();
    let last = "";
    let same: number[] | undefined;
    for (const line of this.linesNamed(name)) {
      const start = lines.valueStart(line);
      const length = lines.valueEnd(line) - start;
      // Most often the profiles of a file say the same.
      if (same === undefined || length !== last.length || !text.startsWith(last, start)) {
        last = text.slice(start, start + length);
        same = byValue.get(last);
        if (same === undefined) byValue.set(last, (same = []));
      }
      same.push(line);
    }
    this.#linesByValue.set(name, byValue);
    return byValue;
  }

  #byName(): ReadonlyMap<string, readonly number[]> {
    if (this.#linesByName !== undefined) return this.#linesByName;
    const byNumber: number[][] = [];
    const byName = new Map<string, number[]>();
    for (let line = 0; line < this.lines.length; line++) {
      if (!this.lines.isSetting(line)) continue;
      if (this.lines.isOdd(line)) {
        const { name } = this.oddSetting(line);
        const others = byName.get(name);
        if (others === undefined) byName.set(name, [line]);
        else others.push(line);
        continue;
      }
      const number = this.lines.name(line);
      (byNumber[number] ??= []).push(line);
    }
    for (const lines of byNumber) {
      if (lines === undefined) continue;
      const { name } = this.setting(lines[0]!)!;
      const odd = byName.get(name);
      byName.set(name, odd === undefined ? lines : [...lines, ...odd].sort((one, other) => one - other));
    }
    this.#linesByName = byName;
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
