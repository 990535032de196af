import type { FilePlace } from "./place.ts";
import type { Tool } from "./tool.ts";

/** What may be known of a hidden value. Never the value. */
export interface Traits {
  readonly length: number;
  readonly looksLike: "long-term key" | "temporary key" | "secret key" | "other";
  readonly blankInside: boolean;
  readonly nonAscii: boolean;
  /** All that is not ASCII in it are characters without ink. */
  readonly unseen: boolean;
  /** It is one of the example credentials of AWS's documentation. */
  readonly example: boolean;
}

/** One `name = value`, as one tool reads it. */
export interface Setting {
  /** Lower-cased. */
  readonly name: string;
  /** As the tool reads it; masked where it is not known to be public. */
  readonly value: string;
  readonly hidden: Traits | undefined;
  /** The indented `name = value` lines below a setting without a value of its own. */
  readonly nested: ReadonlyMap<string, string> | undefined;
  /** The value; where there is none, the spot for it. */
  readonly at: FilePlace;
  readonly nameAt: FilePlace;
  /** Its line or lines as a whole, line ends included. */
  readonly linesAt: FilePlace;
}

/** The settings of one section, as one tool reads them. */
export interface Section {
  readonly file: "config" | "credentials";
  /** The text between the brackets. */
  readonly header: string;
  readonly headerAt: FilePlace;
  get(name: string): Setting | undefined;
  has(name: string): boolean;
  all(): Iterable<Setting>;
}

export type LayerKind = "credentials" | "config" | "parent" | "include_profile" | "default";

export interface Layer {
  readonly kind: LayerKind;
  readonly section: Section;
}

/** A profile is a stack of sections: the first that has a setting decides it, the ones below it lose. */
export interface Profile {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** The setting that decides. */
  get(name: string): Setting | undefined;
  has(name: string): boolean;
}

export type RefusalCause =
  | "byte-order-mark"
  | "encoding"
  | "line"
  | "above-headers"
  | "header"
  | "indented"
  | "twin-section"
  | "twin-setting";

/** The tool gives up on this file, here. */
export interface Refusal {
  readonly at: FilePlace;
  readonly cause: RefusalCause;
  readonly message: string;
}

/** Both files as one tool understands them. When it refuses a file, there are no profiles. */
export interface Reading {
  readonly tool: Tool;
  readonly refused: readonly Refusal[];
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
}
