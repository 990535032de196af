import { type Caller, denied, type FakeState, type FakeUser, newKey, Refusal } from "./fake-aws-world.ts";
import type { Parameters } from "./fake-sts.ts";

/** The calls of IAM that are about a user's own keys. */

const KEYS_MAX = 2; // AWS's own quota, which cannot be raised.

export function iam(state: FakeState, action: string, given: Parameters, caller: Caller | undefined): string {
  if (caller === undefined)
    throw new Refusal(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  // A session that was made without a code is nobody to IAM.
  if (caller.kind === "federated" || (caller.kind === "user-session" && !caller.hasMfa))
    throw new Refusal(403, "InvalidClientTokenId", "The security token included in the request is invalid");
  const user = userOf(state, given, caller);
  if (caller.user?.denied?.includes(`iam:${action}`) === true)
    throw denied(
      `User: ${caller.arn} is not authorized to perform: iam:${action} on resource: user ${user.name} because no identity-based policy allows the iam:${action} action`,
    );
  switch (action) {
    case "GetUser":
      return `<User><UserName>${user.name}</UserName><UserId>AIDAEXAMPLE</UserId><Path>/</Path><Arn>arn:aws:iam::${user.account}:user/${user.name}</Arn><CreateDate>2020-01-01T00:00:00Z</CreateDate></User>`;
    case "ListAccessKeys":
      return `<AccessKeyMetadata>${user.keys.map((key) => `<member><UserName>${user.name}</UserName><AccessKeyId>${key.id}</AccessKeyId><Status>${key.isActive ? "Active" : "Inactive"}</Status><CreateDate>${new Date(key.created).toISOString()}</CreateDate></member>`).join("")}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`;
    case "CreateAccessKey": {
      if (user.keys.length >= KEYS_MAX)
        throw new Refusal(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2");
      const key = {
        ...newKey(state.world.isCounted === true ? `AKIAIOSFODNN7EXAMPL${user.keys.length + 1}` : undefined),
        unknownFor: state.world.settling ?? 0,
      };
      user.keys.push(key);
      return `<AccessKey><UserName>${user.name}</UserName><AccessKeyId>${key.id}</AccessKeyId><Status>Active</Status><SecretAccessKey>${key.secret}</SecretAccessKey><CreateDate>${new Date(key.created).toISOString()}</CreateDate></AccessKey>`;
    }
    case "DeleteAccessKey":
      user.keys.splice(user.keys.indexOf(keyOf(user, given)), 1);
      return "";
    case "UpdateAccessKey":
      keyOf(user, given).isActive = given.get("Status") === "Active";
      return "";
    case "GetAccessKeyLastUsed": {
      const { used } = keyOf(user, given);
      const time = used === undefined ? "" : `<LastUsedDate>${used.toISOString()}</LastUsedDate>`;
      return `<UserName>${user.name}</UserName><AccessKeyLastUsed>${time}<ServiceName>sts</ServiceName><Region>us-east-1</Region></AccessKeyLastUsed>`;
    }
    case "ListMFADevices":
      return `<MFADevices>${user.devices.map(({ serial }) => `<member><UserName>${user.name}</UserName><SerialNumber>${serial}</SerialNumber><EnableDate>2020-01-01T00:00:00Z</EnableDate></member>`).join("")}</MFADevices><IsTruncated>false</IsTruncated>`;
    default:
      throw new Refusal(400, "InvalidAction", `Could not find operation ${action} for version 2010-05-08`);
  }
}

function userOf(state: FakeState, given: Parameters, caller: Caller): FakeUser {
  const name = given.get("UserName");
  if (name === undefined) {
    if (caller.user === undefined)
      throw new Refusal(400, "ValidationError", "Must specify userName when calling with non-User credentials");
    return caller.user;
  }
  const user = state.users.find((one) => one.name === name && one.account === caller.account);
  if (user === undefined) throw new Refusal(404, "NoSuchEntity", `The user with name ${name} cannot be found.`);
  return user;
}

function keyOf(user: FakeUser, given: Parameters) {
  const id = given.get("AccessKeyId") ?? "";
  const key = user.keys.find((one) => one.id === id);
  if (key === undefined) throw new Refusal(404, "NoSuchEntity", `The Access Key with id ${id} cannot be found`);
  return key;
}
