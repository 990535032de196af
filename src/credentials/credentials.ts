import type { Secret } from "../secret.ts";

/** What a program needs to speak to AWS as somebody. */
export interface Credentials {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  /** Long-term keys have neither of these. */
  readonly sessionToken: Secret | undefined;
  readonly expires: Date | undefined;
}
