import type { FilePlace, Span } from "./place.ts";
import type { Setting, Traits } from "./reading.ts";

export type LineKind = "blank" | "comment" | "header" | "setting" | "indented" | "unreadable";

/** `broken-utf-8` is what is none of the others. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "broken-utf-8";

export type SectionKind = "profile" | "sso-session" | "services" | "other";

/** A header and the lines below it, before any tool has had a say. */
export interface RawSection {
  /** The text between the brackets, or undefined for the lines above the first header. */
  readonly header: string | undefined;
  readonly headerAt: FilePlace;
  /** It holds something that tools may read differently. Two settings of one name, for instance. */
  readonly isOdd: boolean;
  /** What every tool takes it for, by its prefix; undefined when its header is odd. */
  readonly kind: SectionKind | undefined;
  /** What an ordinary header says after its prefix. */
  readonly name: string | undefined;
  /** Indices of its lines, header included; `last` is exclusive. */
  readonly first: number;
  readonly last: number;
}

/** The lossless tree of one AWS file, tool-neutral and masked. Lines count from 0 here, from 1 in every place. */
export interface AwsDocument {
  readonly path: string;
  readonly encoding: Encoding;
  readonly hasBom: boolean;
  /** The program that the whole file is encrypted with, so that nothing in it is meant as it stands. */
  readonly sealedBy: string | undefined;
  readonly text: string;
  readonly lineCount: number;
  readonly sections: readonly RawSection[];
  /**
   * No section is odd, no two have one name, and none is `[profile default]`: all tools take the same sections and
   * settings out of it.
   */
  readonly isPlain: boolean;
  /** Some section of it is for no tool a profile, or anything else; or it is not plain. */
  readonly hasOtherSections: boolean;
  /** The section that a line stands in, found by halving; no other is made for it. */
  sectionAt(line: number): RawSection | undefined;
  kind(line: number): LineKind;
  lineText(line: number): string;
  /** The line without its end. */
  lineSpan(line: number): Span;
  lineAt(line: number): FilePlace;
  /** The names of all settings at the margin, in lower case. */
  readonly settingNames: Iterable<string>;
  /** The lines at the margin that set this name, in order. Looked for once. */
  linesNamed(name: string): readonly number[];
  /** The same by the value that they set, which may be masked; without those that a sticky pattern takes as a whole. */
  valuesNamed(name: string, ordinary?: RegExp): ReadonlyMap<string, readonly number[]>;
  /** What may be known of the hidden value of a line; of a comment, where a secret is commented out. */
  traits(line: number): Traits | undefined;
  /** A column-0 `name = value` line as a tool-neutral setting; undefined for other lines. */
  setting(line: number): Setting | undefined;
}
