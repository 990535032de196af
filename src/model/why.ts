import type { Chain } from "./chain.ts";
import type { FilePlace } from "./place.ts";
import type { LayerKind, Refusal, Setting } from "./reading.ts";
import type { Hop, NoRoute } from "./route.ts";
import type { Call, Duration } from "./session.ts";
import type { Tool } from "./tool.ts";

/** How one profile comes to credentials in one tool, and what decided every step of it. */
export interface Explanation {
  readonly tool: Tool;
  readonly profile: string;
  /** The tool knows a profile of that name. */
  readonly exists: boolean;
  /** Files that the tool gives up on: then it knows no profile at all. */
  readonly refused: readonly Refusal[];
  /** Where the tool looks besides the profile. */
  readonly chain: Chain;
  /** In the order in which they are taken; where there is no route, none. */
  readonly steps: readonly WhyStep[];
  readonly lost: WhyLost | undefined;
  /** How long a cached session must live to be used again (aws-vault). */
  readonly reuse: Duration | undefined;
}

export interface WhyStep {
  readonly hop: Hop;
  readonly uses: readonly Use[];
  readonly unused: readonly Unused[];
  /** What aws-vault does for it, when nothing is cached. */
  readonly calls: readonly Call[];
}

/** A setting that counts, the section that it comes from, and the same setting of the sections that lost. */
export interface Use {
  readonly setting: Setting;
  readonly from: LayerKind | "sso-session";
  readonly over: readonly FilePlace[];
  /** The variable that is taken in its place. */
  readonly under: string | undefined;
}

/** Another way to credentials that the profile has, and the tool does not take. */
export interface Unused {
  readonly setting: Setting;
  readonly because: "not-read" | "later";
}

export interface WhyLost {
  readonly because: NoRoute;
  readonly by: Setting | undefined;
  readonly missing: readonly string[];
  /** From the profile to the one that the way ends in. */
  readonly path: readonly { readonly profile: string; readonly by: Setting | undefined }[];
}
