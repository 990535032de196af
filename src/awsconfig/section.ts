import type { RawSection, SectionKind } from "../model/document.ts";
import type { FilePlace } from "../model/place.ts";
import type { Layer, Profile, Section, Setting } from "../model/reading.ts";
import type { LinedText } from "./lined-text.ts";
import { BITS } from "./names.ts";
import { PlainSetting } from "./setting.ts";

/** A stretch of lines that tools may read differently, or that stand above the first header. */
export class RangeSection implements RawSection {
  readonly #source: LinedText;
  readonly #number: number;

  constructor(source: LinedText, section: number) {
    this.#source = source;
    this.#number = section;
  }

  get isOdd(): boolean {
    return !this.#source.ranges.isPlain(this.#number);
  }
  get first(): number {
    return this.#source.ranges.first(this.#number);
  }
  get last(): number {
    return this.#source.ranges.last(this.#number);
  }
  get #isHeaded(): boolean {
    return this.#source.ranges.isHeaded(this.#number);
  }
  get kind(): SectionKind | undefined {
    const isOrdinary = this.#isHeaded && !this.#source.lines.isOdd(this.first);
    return isOrdinary ? this.#source.kindOfHeader(this.first) : undefined;
  }
  get name(): string | undefined {
    return this.kind === undefined ? undefined : this.#source.nameInHeader(this.first);
  }
  get header(): string | undefined {
    return this.#isHeaded ? this.#source.headerText(this.first) : undefined;
  }
  get headerAt(): FilePlace {
    return this.#isHeaded ? this.#source.headerAt(this.first) : this.#source.lineAt(0);
  }
}

/** A section that all tools read alike: a window on the line table, searched when asked. Alone it is a profile. */
export class PlainSection implements RawSection, Section, Profile {
  readonly #source: LinedText;
  readonly #number: number;

  constructor(source: LinedText, section: number) {
    this.#source = source;
    this.#number = section;
  }

  get kind(): SectionKind | undefined {
    return this.#source.kindOfHeader(this.first);
  }
  /** What the header says after its prefix; all of it where that counts for nothing. */
  get name(): string {
    return this.kind === undefined ? this.header : this.#source.nameInHeader(this.first);
  }
  get isOdd(): false {
    return false;
  }
  get first(): number {
    return this.#source.ranges.first(this.#number);
  }
  get last(): number {
    return this.#source.ranges.last(this.#number);
  }
  get file(): "config" | "credentials" {
    return this.#source.file;
  }
  get layers(): readonly Layer[] {
    return [{ kind: this.file, section: this }];
  }
  get header(): string {
    return this.#source.headerText(this.first);
  }
  get headerAt(): FilePlace {
    return this.#source.headerAt(this.first);
  }

  get(name: string): Setting | undefined {
    const line = this.#find(name);
    return line < 0 ? undefined : new PlainSetting(this.#source, line);
  }

  has(name: string): boolean {
    const number = this.#source.names.find(name);
    if (number === undefined) return false;
    return number < BITS ? this.#hasBit(number) : this.#find(name) >= 0;
  }

  *all(): Iterable<Setting> {
    for (let line = this.first + 1; line < this.last; line++) {
      if (this.#source.lines.isSetting(line)) yield new PlainSetting(this.#source, line);
    }
  }

  #hasBit(number: number): boolean {
    return (this.#source.ranges.settings(this.#number) & (1 << number)) !== 0;
  }

  #find(name: string): number {
    const { lines, names } = this.#source;
    const number = names.find(name);
    if (number === undefined || (number < BITS && !this.#hasBit(number))) return -1;
    return lines.find(number, this.first + 1, this.last);
  }
}

/** A section, or several of one name merged, as one tool reads it. */
export class ReadSection implements Section {
  readonly file: "config" | "credentials";
  readonly header: string;
  readonly headerAt: FilePlace;
  readonly settings: Map<string, Setting>;

  constructor(file: "config" | "credentials", header: string, headerAt: FilePlace, settings: Map<string, Setting>) {
    this.file = file;
    this.header = header;
    this.headerAt = headerAt;
    this.settings = settings;
  }

  get(name: string): Setting | undefined {
    return this.settings.get(name);
  }
  has(name: string): boolean {
    return this.settings.has(name);
  }
  all(): Iterable<Setting> {
    return this.settings.values();
  }
}
