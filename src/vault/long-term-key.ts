import { Secret } from "../secret.ts";
import { fieldsOf, goString, JsonError } from "./go-json.ts";
import type { Item, Store } from "./store.ts";
import { failed } from "./trouble.ts";

/** An access key of an IAM user, as `add` puts it into the vault. */
export interface LongTermKey {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
}

/** Whether it is written as AWS gives keys out: not cut short, with nothing around it, and no session's. */
export const isLongTermKey = ({ accessKeyId, secretAccessKey }: LongTermKey): boolean =>
  /^AKIA[A-Z0-9]{16}$/.test(accessKeyId.reveal()) && /^[A-Za-z0-9/+]{40}$/.test(secretAccessKey.reveal());

export const isSameKey = (one: LongTermKey, other: LongTermKey): boolean =>
  one.accessKeyId.reveal() === other.accessKeyId.reveal() &&
  one.secretAccessKey.reveal() === other.secretAccessKey.reveal();

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
    throw failed("INVALID_DATA", `Invalid data in keyring for '${key}': ${error.message}`, hint);
  }
}

/** The key of a profile in a store. Throws a UserError where there is none. */
export async function keyIn(store: Store, profile: string): Promise<LongTermKey> {
  const item = await store.get(profile);
  if (item === undefined) throw failed("NOT_STORED", `profile ${profile}: credentials missing`);
  return readLongTermKey(item);
}

/** Stores a key, and reads it back. Throws a UserError where that gives another one. */
export async function storeProved(store: Store, profile: string, key: LongTermKey): Promise<void> {
  await store.put(longTermKeyItem(profile, key));
  const back = await keyIn(store, profile);
  const isSame = (["accessKeyId", "secretAccessKey"] as const).every(
    (part) => back[part].reveal() === key[part].reveal(),
  );
  if (!isSame) throw failed("NOT_STORED", `${store.name} gives back another key for '${profile}' than was stored`);
}
