import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { Credentials } from "../credentials/credentials.ts";
import { Secret } from "../secret.ts";
import type { LongTermKey } from "../vault/long-term-key.ts";
import { type Asking, ask, type Where } from "./asking.ts";
import { AwsError } from "./error.ts";

/** IAM, as far as a user's own keys go. Whatever AWS refuses is an AwsError. https://docs.aws.amazon.com/IAM/latest/APIReference/ */

/** The user that a call is about; undefined is whoever makes it. */
export type UserName = string | undefined;

export async function getUser(where: Where, credentials: Credentials): Promise<{ readonly name: string }> {
  const answer = await asked("GetUser", where, credentials, (client) => client.send(new GetUserCommand({})));
  return { name: answer.User?.UserName ?? "" };
}

export interface AccessKeyFacts {
  readonly id: string;
  readonly isActive: boolean;
  readonly created: Date | undefined;
}

export async function listAccessKeys(
  where: Where,
  credentials: Credentials,
  user: UserName,
): Promise<readonly AccessKeyFacts[]> {
  const answer = await asked("ListAccessKeys", where, credentials, (client) =>
    client.send(new ListAccessKeysCommand(ofUser(user))),
  );
  return (answer.AccessKeyMetadata ?? []).map(({ AccessKeyId, Status, CreateDate }) => ({
    id: AccessKeyId ?? "",
    isActive: Status === "Active",
    created: CreateDate,
  }));
}

/** When the key was made that makes the call. */
export async function creationOfOwnKey(where: Where, credentials: Credentials): Promise<Date | undefined> {
  const own = credentials.accessKeyId.reveal();
  return (await listAccessKeys(where, credentials, undefined)).find(({ id }) => id === own)?.created;
}

/** The new key is in this answer and nowhere else: AWS never shows it again. */
export async function createAccessKey(where: Where, credentials: Credentials, user: UserName): Promise<LongTermKey> {
  const { AccessKey } = await asked("CreateAccessKey", where, credentials, (client) =>
    client.send(new CreateAccessKeyCommand(ofUser(user))),
  );
  if (!AccessKey?.AccessKeyId || !AccessKey.SecretAccessKey) {
    const says = "the answer holds no key, so that whoever answered is not AWS";
    throw new AwsError({ operation: "IAM: CreateAccessKey", code: "", says, status: 200, date: undefined });
  }
  return {
    accessKeyId: Secret.ofText(AccessKey.AccessKeyId),
    secretAccessKey: Secret.ofText(AccessKey.SecretAccessKey),
  };
}

export async function deleteAccessKey(
  where: Where,
  credentials: Credentials,
  { id, user }: { readonly id: string; readonly user: UserName },
): Promise<void> {
  await asked("DeleteAccessKey", where, credentials, (client) =>
    client.send(new DeleteAccessKeyCommand({ AccessKeyId: id, ...ofUser(user) })),
  );
}

export async function updateAccessKey(
  where: Where,
  credentials: Credentials,
  { id, isActive, user }: { readonly id: string; readonly isActive: boolean; readonly user: UserName },
): Promise<void> {
  await asked("UpdateAccessKey", where, credentials, (client) =>
    client.send(
      new UpdateAccessKeyCommand({ AccessKeyId: id, Status: isActive ? "Active" : "Inactive", ...ofUser(user) }),
    ),
  );
}

/** Undefined for a key that was never used. */
export async function accessKeyLastUsed(where: Where, credentials: Credentials, id: string): Promise<Date | undefined> {
  const answer = await asked("GetAccessKeyLastUsed", where, credentials, (client) =>
    client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })),
  );
  return answer.AccessKeyLastUsed?.LastUsedDate;
}

/** The serial numbers of the devices. */
export async function listMfaDevices(
  where: Where,
  credentials: Credentials,
  user: UserName,
): Promise<readonly string[]> {
  const answer = await asked("ListMFADevices", where, credentials, (client) =>
    client.send(new ListMFADevicesCommand(ofUser(user))),
  );
  return (answer.MFADevices ?? []).flatMap(({ SerialNumber }) => SerialNumber ?? []);
}

const ofUser = (user: UserName) => (user === undefined ? {} : { UserName: user });

const asked = <Answer>(
  operation: string,
  where: Where,
  credentials: Credentials,
  send: Asking<IAMClient, Answer>["send"],
): Promise<Answer> =>
  ask({
    operation: `IAM: ${operation}`,
    where,
    credentials,
    client: (settings) => new IAMClient(settings),
    send,
  });
