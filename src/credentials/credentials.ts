import { Secret } from "../secret.ts";

/** What a program needs to speak to AWS as somebody. */
export interface Credentials {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  /** Long-term keys have neither of these. */
  readonly sessionToken: Secret | undefined;
  readonly expires: Date | undefined;
}

/** Those that stand somewhere as texts; an empty token is none. */
export const credentialsFrom = (id: string, secret: string, token?: string, expires?: Date): Credentials => ({
  accessKeyId: Secret.ofText(id),
  secretAccessKey: Secret.ofText(secret),
  sessionToken: token ? Secret.ofText(token) : undefined,
  expires,
});

/** Those of a session. */
export interface Temporary extends Credentials {
  readonly sessionToken: Secret;
  readonly expires: Date;
}

export const isTemporary = (credentials: Credentials): credentials is Temporary =>
  credentials.sessionToken !== undefined && credentials.expires !== undefined;
