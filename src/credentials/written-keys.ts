import type { Profile } from "../model/reading.ts";
import type { Call } from "../model/session.ts";
import { Secret } from "../secret.ts";
import type { Credentials } from "./credentials.ts";
import { failed } from "./trouble.ts";

/** The keys that stand in a file, as the AWS CLI takes them: all of them from one section. Throws a UserError for an empty one. */
export async function writtenKeys(
  { profile, file }: Extract<Call, { kind: "written-keys" }>,
  { layers }: Profile,
): Promise<Credentials> {
  const { section } = layers.find((layer) => layer.section.file === file)!;
  const secretIn = (name: string): Secret | undefined => {
    const value = section.get(name)?.value;
    return value ? Secret.ofText(value) : undefined;
  };
  const half = (name: string): Secret => {
    const secret = secretIn(name);
    if (secret === undefined) throw failed("NO_KEYS", `${name} of profile '${profile}' is empty in ~/.aws/${file}`);
    return secret;
  };
  return {
    accessKeyId: half("aws_access_key_id"),
    secretAccessKey: half("aws_secret_access_key"),
    // The older name comes first.
    sessionToken: secretIn("aws_security_token") ?? secretIn("aws_session_token"),
    expires: undefined,
  };
}
