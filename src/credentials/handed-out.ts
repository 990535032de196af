import { type Credentials, credentialsFrom } from "./credentials.ts";
import { fieldsOf, jsonIn } from "./json.ts";
import { failed } from "./trouble.ts";

/** The credentials in an answer of a container's or a machine's endpoint. Throws a UserError for any other, and quotes none. */
export function handedOut(body: string, from: string, now: Date): Credentials {
  const json = jsonIn(body);
  const given = fieldsOf(json, "AccessKeyId", "SecretAccessKey", "Token", "Expiration");
  const code = fieldsOf(json, "Code")?.Code ?? "";
  // EC2 says so where its role does not let it in, in an answer like others.
  if (given === undefined && code !== "Success" && /^[A-Z][A-Za-z]*$/.test(code))
    throw failed("BAD_ANSWER", `${from} has no credentials: ${code}`, REASONS[code]);
  if (given === undefined) throw failed("BAD_ANSWER", `${from} answers with something else than credentials`);
  const expires = new Date(given.Expiration);
  if (Number.isNaN(expires.getTime())) throw failed("BAD_ANSWER", `the Expiration from ${from} is no time`);
  if (expires <= now) throw failed("BAD_ANSWER", `the credentials from ${from} have expired already`);
  return credentialsFrom(given.AccessKeyId, given.SecretAccessKey, given.Token, expires);
}

const REASONS: Readonly<Record<string, string>> = {
  AssumeRoleUnauthorizedAccess: "the trust policy of the instance's role has to name ec2.amazonaws.com",
};
