import { EXIT, UserError } from "../errors.ts";
import { Secret } from "../secret.ts";
import { fieldsOf, goString, JsonError } from "./go-json.ts";
import type { Item } from "./store.ts";

/** An access key of an IAM user, as `add` puts it into the vault. */
export interface LongTermKey {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
}

/** The item of a profile. Its key is the profile's name alone. */
export function longTermKeyItem(profile: string, { accessKeyId, secretAccessKey }: LongTermKey): Item {
  // aws.Credentials of the Go SDK, with all that it has: its names are not those of a session.
  const json =
    `{"AccessKeyID":${goString(accessKeyId.reveal())},"SecretAccessKey":${goString(secretAccessKey.reveal())}` +
    `,"SessionToken":"","Source":"","CanExpire":false,"Expires":"0001-01-01T00:00:00Z","AccountID":""}`;
  const data = Secret.ofText(json);
  return { key: profile, data, label: `aws-vault (${profile})`, description: "", isGuarded: true, staysHere: false };
}

/** Throws a UserError where the item is something else. */
export function readLongTermKey({ key, data }: Item): LongTermKey {
  try {
    const { AccessKeyID, SecretAccessKey } = fieldsOf(data, { AccessKeyID: "text", SecretAccessKey: "text" });
    if (AccessKeyID === "" || SecretAccessKey === "") throw new JsonError("it has no access key");
    return { accessKeyId: Secret.ofText(AccessKeyID), secretAccessKey: Secret.ofText(SecretAccessKey) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const hint = "remove the item, and add the profile's access key again";
    throw new UserError("INVALID_DATA", `Invalid data in keyring for '${key}': ${error.message}`, {
      exitCode: EXIT.failed,
      hint,
    });
  }
}
