import type { Policy } from "./policy.ts";
import type { Tool } from "./tool.ts";

/** What the user asked to have judged. */
export interface Scope {
  /** A named file, or undefined for the place that the environment or the default gives. */
  readonly config: NamedFile | undefined;
  readonly credentials: NamedFile | undefined;
  /** Only the files that are named: nothing of this machine, its environment or its ports. */
  readonly filesOnly: boolean;
  readonly tools: readonly Tool[];
  readonly profile: string | undefined;
  /** What the preferences demand of profiles. */
  readonly policies?: readonly Policy[];
  /** What the probes may do beyond reading files. */
  readonly consent: ReadonlySet<Consent>;
}

/** This machine as it is, by reading alone. */
export const wholeMachine = (tools: readonly Tool[], profile?: string): Scope => ({
  config: undefined,
  credentials: undefined,
  filesOnly: false,
  tools,
  profile,
  consent: new Set(),
});

/** `none`: this one of the two files is not part of what is judged. */
export type NamedFile =
  | {
      readonly path: string;
      readonly by: string;
      /** What was piped in, in the place of a file. */
      readonly bytes?: Uint8Array;
    }
  | "none";

/** `run` starts programs found on PATH; `unlock` may raise a keychain's prompt; `network` asks AWS. */
export type Consent = "run" | "unlock" | "network";
