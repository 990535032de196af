import type { Place } from "./place.ts";
import type { NoRoute } from "./route.ts";
import type { Call } from "./session.ts";
import type { Tool } from "./tool.ts";

/** How it went when the way to a profile's credentials was really gone. No secret is in it. */
export interface Verified {
  readonly profile: string;
  /** Whose way was gone. */
  readonly tool: Tool;
  /** The steps that were made, in their order. */
  readonly steps: readonly VerifiedStep[];
  /** Who AWS says that the credentials belong to; undefined where the way broke off. */
  readonly identity: CallerIdentity | undefined;
  /** The account that a preference asks for. */
  readonly expected: string | undefined;
  readonly failure: Failure | undefined;
  /** How far AWS's clock is ahead of the one here, in seconds and to the second; undefined where AWS was not asked. */
  readonly skewSeconds: number | undefined;
}

export interface VerifiedStep {
  readonly call: Call;
  /** It stood in the cache, and what leads to it was not needed. */
  readonly isFromCache: boolean;
  readonly milliseconds: number;
  readonly expires: Date | undefined;
  readonly identity: CallerIdentity;
}

export interface CallerIdentity {
  readonly account: string;
  /** Such as `arn:aws:sts::111122223333:assumed-role/Admin/jane`. */
  readonly arn: string;
}

export interface Failure {
  /** The step that it broke off at; undefined where there is no way at all, and where it ends in the wrong account. */
  readonly call: Call | undefined;
  /** What AWS was asked then, such as `STS: AssumeRole`; undefined where it is not AWS that says no. */
  readonly operation: string | undefined;
  /** AWS's code, or one of ours. */
  readonly code: string;
  readonly says: string;
  readonly hint: string | undefined;
  /** Where there is no way at all: why the AWS CLI finds none, as far as a setting is at fault. */
  readonly lost?: Lost | undefined;
  /** AWS has answered; else nobody did, or it did not come that far. */
  readonly isAnswer: boolean;
}

export interface Lost {
  readonly because: NoRoute;
  /** The settings that would have to be there. */
  readonly missing: readonly string[];
  readonly at: Place;
}
