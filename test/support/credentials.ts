import type { Credentials } from "../../src/credentials/credentials.ts";
import { Secret } from "../../src/secret.ts";

/** Temporary credentials, the same for the same number. */
export const temporary = (number: number | string, expires: Date): Credentials => ({
  accessKeyId: Secret.ofText(`ASIAIOSFODNN7EXAMPL${number}`),
  secretAccessKey: Secret.ofText("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
  sessionToken: Secret.ofText(`session-token-${number}`),
  expires,
});
