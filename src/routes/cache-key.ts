/**
 * Where the AWS CLI and the SDKs put what they got for a while: files below `~/.aws`, named for the SHA-1 of what they
 * were got for. The hash function is handed in, since it comes from the machine.
 */
export type Sha1 = (text: string) => string;

/**
 * The token of single sign-on: by the name of the sso-session, or by the start URL of a profile without one.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export const ssoTokenFile = (of: { readonly session: string } | { readonly startUrl: string }, sha1: Sha1): string =>
  `sso/cache/${sha1("session" in of ? of.session : of.startUrl)}.json`;

/** The credentials that the AWS CLI got with such a token; the others keep none. */
export function ssoRoleFile(
  of: { readonly accountId: string; readonly roleName: string } & (
    | { readonly session: string }
    | { readonly startUrl: string }
  ),
  sha1: Sha1,
): string {
  const { accountId, roleName } = of;
  const origin = "session" in of ? { sessionName: of.session } : { startUrl: of.startUrl };
  return `cli/cache/${sha1(sorted({ accountId, roleName, ...origin }, ",", ":"))}.json`;
}

export interface AssumedRole {
  readonly roleArn: string;
  /** Undefined when the AWS CLI makes one up, which is not part of the name. */
  readonly sessionName?: string | undefined;
  readonly externalId?: string | undefined;
  readonly mfaSerial?: string | undefined;
  readonly durationSeconds?: number | undefined;
}

/**
 * The credentials of a role that the AWS CLI assumed. Another setting is another file, and so another question for a
 * code; the source profile is no part of it.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-cache
 */
export function assumedRoleFile(role: AssumedRole, sha1: Sha1): string {
  const question = {
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName,
    ExternalId: role.externalId,
    SerialNumber: role.mfaSerial,
    DurationSeconds: role.durationSeconds,
  };
  return `cli/cache/${sha1(sorted(question, ", ", ": "))}.json`;
}

/** JSON as Python writes it: names in order, its own blanks, and nothing but ASCII. */
function sorted(values: Readonly<Record<string, string | number | undefined>>, comma: string, colon: string): string {
  const pairs = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `"${name}"${colon}${JSON.stringify(value)}`);
  return `{${pairs.join(comma)}}`.replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
