import type { Setting } from "./reading.ts";

/** Variables that aws-vault reads for its sessions, as far as they are set. */
export type SessionVariables = Readonly<Partial<Record<SessionVariable, string>>>;

export type SessionVariable =
  | "AWS_ASSUME_ROLE_TTL"
  | "AWS_SESSION_TOKEN_TTL"
  | "AWS_CHAINED_SESSION_TOKEN_TTL"
  | "AWS_FEDERATION_TOKEN_TTL"
  | "AWS_MIN_TTL"
  | "AWS_REGION"
  | "AWS_DEFAULT_REGION"
  | "AWS_STS_REGIONAL_ENDPOINTS"
  | "AWS_ENDPOINT_URL"
  | "AWS_MFA_SERIAL"
  | "AWS_ROLE_ARN"
  | "AWS_ROLE_SESSION_NAME"
  | "AWS_SESSION_TAGS"
  | "AWS_TRANSITIVE_TAGS"
  | "AWS_SOURCE_IDENTITY";

/** What decides about sessions besides the files. */
export interface SessionSettings {
  /** `--no-session`. */
  readonly noSession: boolean;
  /** The profile whose keys `login` uses without a session. */
  readonly noSessionFor?: string | undefined;
  /** `--duration`, in seconds. */
  readonly duration?: number | undefined;
  readonly caching: boolean;
  readonly variables: SessionVariables;
}

export type Decider =
  | { readonly kind: "variable"; readonly variable: SessionVariable }
  | { readonly kind: "setting"; readonly setting: Setting };

/** A value, masked where it is not known to be public, and what decided it. */
export interface Chosen {
  readonly value: string;
  readonly by: Decider;
}

/** How long, and what decided it. The seconds may have a fraction, which is not sent. */
export interface Duration {
  readonly seconds: number;
  readonly by:
    | Decider
    | { readonly kind: "flag" }
    | { readonly kind: "default" }
    /** A role that is assumed with a session or another role lasts an hour at most. */
    | { readonly kind: "role-chaining"; readonly asked: Duration };
}

/** The MFA device that a call names, or why it names none. */
export type Mfa =
  | { readonly kind: "sent"; readonly serial: Chosen; readonly process: Setting | undefined }
  /** The session that it starts from was made with the same device ("chained MFA"). */
  | { readonly kind: "chained"; readonly serial: Chosen }
  | { readonly kind: "no-serial" };

export type SessionType =
  | "sts.GetSessionToken"
  | "sts.AssumeRole"
  | "sts.AssumeRoleWithWebIdentity"
  | "sso.GetRoleCredentials"
  | "credential_process";

/** What a cached session is found by. Role, duration, region and tags are not part of it. */
export interface SessionId {
  readonly type: SessionType;
  readonly profile: string;
  /** The MFA serial; for `sso.GetRoleCredentials` the start URL. */
  readonly mfa: string;
}

/** Why stored keys are used without a session in one profile of the chain; aws-vault's words, where it says something. */
export interface NoSession {
  readonly profile: string;
  readonly because:
    | "no-session-flag"
    | "login"
    | "user-has-no-mfa"
    | "no-mfa"
    | "other-mfa"
    | "role-too-long-for-chaining"
    | "one-long-role"
    | "role-takes-keys";
  readonly says: string | undefined;
}

export type Call =
  | { readonly kind: "stored-keys"; readonly profile: string; readonly withoutSession: readonly NoSession[] }
  /** Keys that stand in one of the two files. */
  | { readonly kind: "written-keys"; readonly profile: string; readonly file: "config" | "credentials" }
  /** What `credential_source` names: the environment, a container or the machine has credentials. */
  | { readonly kind: "named-source"; readonly profile: string; readonly source: Setting }
  /** What `aws login` left for the AWS CLI. */
  | { readonly kind: "login"; readonly profile: string; readonly session: Setting }
  | {
      readonly kind: "GetSessionToken";
      readonly profile: string;
      readonly duration: Duration;
      readonly mfa: Mfa;
      readonly cache: SessionId | undefined;
    }
  | {
      readonly kind: "AssumeRole";
      readonly profile: string;
      readonly role: Chosen;
      readonly duration: Duration;
      readonly mfa: Mfa;
      readonly cache: SessionId | undefined;
    }
  | {
      readonly kind: "AssumeRoleWithWebIdentity";
      readonly profile: string;
      /** STS refuses the call without one. */
      readonly role: Chosen | undefined;
      readonly token: Setting;
      readonly duration: Duration;
      readonly cache: SessionId | undefined;
    }
  | {
      readonly kind: "GetRoleCredentials";
      readonly profile: string;
      readonly startUrl: Setting;
      readonly region: Setting | undefined;
      readonly account: Setting | undefined;
      readonly role: Setting | undefined;
      readonly cache: SessionId | undefined;
    }
  | {
      readonly kind: "credential_process";
      readonly profile: string;
      readonly command: Setting;
      readonly cache: SessionId | undefined;
    };

/** What a tool does for a profile when nothing is cached. Each call uses the credentials of the one before it. */
export interface SessionPlan {
  /** The profile itself, its source, the source of that one, and so on. */
  readonly chain: readonly string[];
  /** None where there is no route. */
  readonly calls: readonly Call[];
  /** A cached session is used while it has this much life left. */
  readonly reuse: Duration;
}
