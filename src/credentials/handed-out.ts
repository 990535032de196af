import { Secret } from "../secret.ts";
import type { Credentials } from "./credentials.ts";
import { fieldsOf, jsonIn } from "./json.ts";
import { failed } from "./trouble.ts";

/** The credentials in an answer of a container's or a machine's endpoint. Throws a UserError for any other, and quotes none. */
export function handedOut(body: string, from: string, now: Date): Credentials {
  const given = fieldsOf(jsonIn(body), "AccessKeyId", "SecretAccessKey", "Token", "Expiration");
  if (given === undefined) throw failed("BAD_ANSWER", `${from} answers with something else than credentials`);
  const expires = new Date(given.Expiration);
  if (Number.isNaN(expires.getTime())) throw failed("BAD_ANSWER", `the Expiration from ${from} is no time`);
  if (expires <= now) throw failed("BAD_ANSWER", `the credentials from ${from} have expired already`);
  return {
    accessKeyId: Secret.ofText(given.AccessKeyId),
    secretAccessKey: Secret.ofText(given.SecretAccessKey),
    sessionToken: Secret.ofText(given.Token),
    expires,
  };
}
