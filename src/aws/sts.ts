import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import type { Credentials } from "../credentials/credentials.ts";
import { Secret } from "../secret.ts";
import { type Asking, ask, type Where } from "./asking.ts";
import { AwsError } from "./error.ts";

/** AWS's Security Token Service. Whatever AWS refuses is an AwsError. https://docs.aws.amazon.com/STS/latest/APIReference/ */

/** A device, and the code that it shows now. */
export interface MfaCode {
  readonly serial: string;
  readonly code: Secret;
}

/** Credentials for a while, and who they belong to where AWS says so. */
export interface Assumed {
  readonly credentials: Credentials;
  /** Such as `arn:aws:sts::111122223333:assumed-role/Admin/jane`. */
  readonly arn: string | undefined;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

export async function getCallerIdentity(where: Where, credentials: Credentials): Promise<Identity> {
  const answer = await asked("GetCallerIdentity", where, credentials, (client) =>
    client.send(new GetCallerIdentityCommand({})),
  );
  return { account: answer.Account ?? "", arn: answer.Arn ?? "", userId: answer.UserId ?? "" };
}

export async function getSessionToken(
  where: Where,
  credentials: Credentials,
  { seconds, mfa }: { readonly seconds: number; readonly mfa: MfaCode | undefined },
): Promise<Credentials> {
  const answer = await asked(
    "GetSessionToken",
    where,
    credentials,
    (client) => client.send(new GetSessionTokenCommand({ DurationSeconds: seconds, ...mfaOf(mfa) })),
    mfa?.code,
  );
  return credentialsIn(answer.Credentials, "GetSessionToken");
}

export interface RoleQuestion {
  readonly role: string;
  readonly sessionName: string;
  readonly seconds: number;
  readonly externalId: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly transitiveTags: readonly string[];
  readonly sourceIdentity: string | undefined;
  readonly mfa: MfaCode | undefined;
}

export async function assumeRole(where: Where, credentials: Credentials, question: RoleQuestion): Promise<Assumed> {
  const { role, sessionName, seconds, externalId, tags, transitiveTags, sourceIdentity, mfa } = question;
  const answer = await asked(
    "AssumeRole",
    where,
    credentials,
    (client) =>
      client.send(
        new AssumeRoleCommand({
          RoleArn: role,
          RoleSessionName: sessionName,
          DurationSeconds: seconds,
          ...(externalId === undefined ? {} : { ExternalId: externalId }),
          ...(tags.size === 0 ? {} : { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }),
          ...(transitiveTags.length === 0 ? {} : { TransitiveTagKeys: [...transitiveTags] }),
          ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
          ...mfaOf(mfa),
        }),
      ),
    mfa?.code,
  );
  return { credentials: credentialsIn(answer.Credentials, "AssumeRole"), arn: answer.AssumedRoleUser?.Arn };
}

/** The call is not signed: the token alone says who asks. */
export async function assumeRoleWithWebIdentity(
  where: Where,
  question: {
    readonly role: string;
    readonly sessionName: string;
    readonly seconds: number;
    readonly token: Secret;
  },
): Promise<Assumed> {
  const { role, sessionName, seconds, token } = question;
  const answer = await asked(
    "AssumeRoleWithWebIdentity",
    where,
    undefined,
    (client) =>
      client.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: role,
          RoleSessionName: sessionName,
          DurationSeconds: seconds,
          WebIdentityToken: token.reveal(),
        }),
      ),
    token,
  );
  const credentials = credentialsIn(answer.Credentials, "AssumeRoleWithWebIdentity");
  return { credentials, arn: answer.AssumedRoleUser?.Arn };
}

/** For the console: what the user may do, within a policy. */
export async function getFederationToken(
  where: Where,
  credentials: Credentials,
  { name, seconds, policy }: { readonly name: string; readonly seconds: number; readonly policy: string },
): Promise<Credentials> {
  const answer = await asked("GetFederationToken", where, credentials, (client) =>
    client.send(new GetFederationTokenCommand({ Name: name, DurationSeconds: seconds, Policy: policy })),
  );
  return credentialsIn(answer.Credentials, "GetFederationToken");
}

const asked = <Answer>(
  operation: string,
  where: Where,
  credentials: Credentials | undefined,
  send: Asking<STSClient, Answer>["send"],
  sent?: Secret,
): Promise<Answer> =>
  ask({
    operation: `STS: ${operation}`,
    where,
    credentials,
    sent: [sent],
    client: (settings) =>
      new STSClient({
        ...settings,
        useGlobalEndpoint: where.isLegacy === true,
        sigv4aSigningRegionSet: async () => undefined,
      }),
    send,
  });

const mfaOf = (mfa: MfaCode | undefined) =>
  mfa === undefined ? {} : { SerialNumber: mfa.serial, TokenCode: mfa.code.reveal() };

interface Given {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
  readonly Expiration?: Date | undefined;
}

function credentialsIn(given: Given | undefined, operation: string): Credentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || Expiration === undefined) {
    const says = "the answer holds no credentials, so that whoever answered is not AWS";
    throw new AwsError({ operation: `STS: ${operation}`, code: "", says, status: 200, date: undefined });
  }
  return {
    accessKeyId: Secret.ofText(AccessKeyId),
    secretAccessKey: Secret.ofText(SecretAccessKey),
    sessionToken: Secret.ofText(SessionToken),
    expires: Expiration,
  };
}
