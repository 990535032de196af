import type { Profile } from "../model/reading.ts";
import type { Call } from "../model/session.ts";
import { type Credentials, credentialsFrom } from "./credentials.ts";
import { failed } from "./trouble.ts";

/** The keys that stand in a file, as the AWS CLI takes them: all of them from one section. Throws a UserError for an empty one. */
export async function writtenKeys(
  { profile, file }: Extract<Call, { kind: "written-keys" }>,
  { layers }: Profile,
): Promise<Credentials> {
  const { section } = layers.find((layer) => layer.section.file === file)!;
  const valueOf = (name: string): string => section.get(name)?.value ?? "";
  const half = (name: string): string => {
    const value = valueOf(name);
    if (value === "") throw failed("NO_KEYS", `${name} of profile '${profile}' is empty in ~/.aws/${file}`);
    return value;
  };
  // The older name comes first.
  const token = valueOf("aws_security_token") || valueOf("aws_session_token");
  return credentialsFrom(half("aws_access_key_id"), half("aws_secret_access_key"), token);
}
