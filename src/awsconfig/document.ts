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
