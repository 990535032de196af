import { timestamp } from "../routes/timestamp.ts";
import type { Credentials, Temporary } from "./credentials.ts";

/** Credentials as text for other programs: the only place where they leave in the open, because somebody asked for it. */

export interface Exported {
  readonly profile: string;
  readonly region: string | undefined;
  readonly credentials: Credentials;
}

export const FORMATS = ["env", "export-env", "json", "ini"] as const;
export type Format = (typeof FORMATS)[number];

export function formatted(exported: Exported, format: Format): string {
  switch (format) {
    case "env":
      return lines(variables(exported).map(([name, value]) => `${name}=${value}`));
    case "export-env":
      return lines(variables(exported).map(([name, value]) => `export ${name}=${forShell(value)}`));
    case "json":
      return `${JSON.stringify(forProcess(exported.credentials), undefined, 2)}\n`;
    case "ini":
      return lines([`[${exported.profile}]`, ...settings(exported).map(([name, value]) => `${name}=${value}`)]);
  }
}

type Pairs = readonly (readonly [name: string, value: string])[];

function variables({ region, credentials }: Exported): Pairs {
  const regions =
    region === undefined ? [] : [["AWS_REGION", region] as const, ["AWS_DEFAULT_REGION", region] as const];
  return [...credentialVariables(credentials), ...regions];
}

/** The variables that the AWS tools take credentials from, in aws-vault's order. */
export function credentialVariables({ accessKeyId, secretAccessKey, sessionToken, expires }: Credentials): Pairs {
  return [
    ["AWS_ACCESS_KEY_ID", accessKeyId.reveal()],
    ["AWS_SECRET_ACCESS_KEY", secretAccessKey.reveal()],
    ...(sessionToken === undefined ? [] : ([["AWS_SESSION_TOKEN", sessionToken.reveal()]] as const)),
    ...(expires === undefined ? [] : ([["AWS_CREDENTIAL_EXPIRATION", timestamp(expires)]] as const)),
  ];
}

/** What a `credential_process` prints. */
function forProcess({ accessKeyId, secretAccessKey, sessionToken, expires }: Credentials): object {
  return {
    Version: 1,
    AccessKeyId: accessKeyId.reveal(),
    SecretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken === undefined ? {} : { SessionToken: sessionToken.reveal() }),
    ...(expires === undefined ? {} : { Expiration: timestamp(expires) }),
  };
}

/** What an ECS agent hands out. Without a token and an end, no SDK takes it. */
export const forContainer = ({ accessKeyId, secretAccessKey, sessionToken, expires }: Temporary): string =>
  `${JSON.stringify({
    AccessKeyId: accessKeyId.reveal(),
    Expiration: timestamp(expires),
    SecretAccessKey: secretAccessKey.reveal(),
    Token: sessionToken.reveal(),
  })}\n`;

/** What the metadata service of EC2 hands out. */
export const forInstance = ({ accessKeyId, secretAccessKey, sessionToken, expires }: Temporary, now: Date): string =>
  `${JSON.stringify({
    Code: "Success",
    LastUpdated: timestamp(now),
    Type: "AWS-HMAC",
    AccessKeyId: accessKeyId.reveal(),
    SecretAccessKey: secretAccessKey.reveal(),
    Token: sessionToken.reveal(),
    Expiration: timestamp(expires),
  })}\n`;

/** A section of the credentials file. */
function settings({ region, credentials }: Exported): Pairs {
  const { accessKeyId, secretAccessKey, sessionToken, expires } = credentials;
  return [
    ["aws_access_key_id", accessKeyId.reveal()],
    ["aws_secret_access_key", secretAccessKey.reveal()],
    ...(sessionToken === undefined ? [] : ([["aws_session_token", sessionToken.reveal()]] as const)),
    ...(expires === undefined ? [] : ([["aws_credential_expiration", timestamp(expires)]] as const)),
    ...(region === undefined ? [] : ([["region", region]] as const)),
  ];
}

/** aws-vault quotes nothing; but a shell shall not run what stands in a config file as a region. */
const forShell = (value: string): string =>
  /^[\w./+=:@%,-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");
