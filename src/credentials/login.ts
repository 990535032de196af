import type { Call } from "../model/session.ts";
import { type Credentials, credentialsFrom } from "./credentials.ts";
import { fieldsOf, jsonAt } from "./json.ts";
import type { Means } from "./means.ts";
import { failed } from "./trouble.ts";

const CACHE_BYTES_MAX = 64 * 1024;

/**
 * What `aws login` has left in the AWS CLI's cache, while it lasts: to make it last longer is that program's own affair.
 * Throws a UserError where there is nothing. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html
 */
export async function signedInByLogin(
  { profile, session }: Extract<Call, { kind: "login" }>,
  { system }: Means,
): Promise<Credentials> {
  const { environment, machine } = system;
  const folder = environment["AWS_LOGIN_CACHE_DIRECTORY"] || "~/.aws/login/cache";
  const name = (await system.changes()).sha256(new TextEncoder().encode(session.value));
  const path = `${folder.replace(/^~(?=\/|$)/, machine.home)}/${name}.json`;
  const { accessToken } = (jsonAt(path, CACHE_BYTES_MAX, system) ?? {}) as { readonly accessToken?: unknown };
  const given = fieldsOf(accessToken, "accessKeyId", "secretAccessKey", "sessionToken", "expiresAt");
  const hint = `\`aws login --profile ${profile}\` signs in`;
  if (given === undefined)
    throw failed("NOT_SIGNED_IN", `profile ${profile}: there is no sign-in of 'aws login' that could be used`, hint);
  const expires = new Date(given.expiresAt);
  if (!(expires > system.now())) {
    const message = `profile ${profile}: the credentials of 'aws login' have expired`;
    throw failed("NOT_SIGNED_IN", message, `the AWS CLI makes new ones while the sign-in lasts; ${hint} again`);
  }
  return credentialsFrom(given.accessKeyId, given.secretAccessKey, given.sessionToken, expires);
}
