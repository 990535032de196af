import type { Place } from "./place.ts";
import type { NoRoute, Route } from "./route.ts";
import type { Tool } from "./tool.ts";

/** Where a tool looks for credentials when it is asked for some, in its order, and where that ends. */
export interface Chain {
  readonly tool: Tool;
  readonly profile: string;
  readonly candidates: readonly Candidate[];
  /** The candidate that wins, fails or is asked last; undefined when there is nothing to ask. */
  readonly end: Candidate | undefined;
}

export interface Candidate {
  readonly kind: CandidateKind;
  readonly standing: Standing;
  /** The settings and variables that make it one. */
  readonly at: readonly Place[];
  /** What is wrong with it. */
  readonly because: Flaw | undefined;
  /** Of the profile alone. */
  readonly route: Route | undefined;
}

export type CandidateKind = "environment-keys" | "environment-token" | "profile" | "container" | "instance-metadata";

export type Standing =
  /** The tool takes its credentials from here. */
  | "wins"
  /** The tool stops here with an error. */
  | "fails"
  /** It is asked, and whether it answers can only be known by asking. */
  | "maybe"
  /** It is there, and one before it decides. */
  | "loses"
  /** It is there, and this way of naming a profile takes it out of the chain. */
  | "left-out"
  /** It is there in part: the tool goes on without a word. */
  | "passed-over"
  | "absent";

/** `source-absent`: credential_source names something of the machine that is not there. */
export type Flaw = NoRoute | "profile-not-found" | "file-refused" | "source-absent";
