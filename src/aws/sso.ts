import { GetRoleCredentialsCommand, ListAccountsCommand, SSOClient } from "@aws-sdk/client-sso";
import type { Credentials } from "../credentials/credentials.ts";
import { Secret } from "../secret.ts";
import { type Asking, ask, type Where } from "./asking.ts";
import { AwsError } from "./error.ts";

/** IAM Identity Center's portal. Whatever AWS refuses is an AwsError. https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/ */

export async function getRoleCredentials(
  where: Where,
  question: { readonly token: Secret; readonly account: string; readonly role: string },
): Promise<Credentials> {
  const { token, account, role } = question;
  const { roleCredentials } = await asked("GetRoleCredentials", where, token, (client) =>
    client.send(new GetRoleCredentialsCommand({ accessToken: token.reveal(), accountId: account, roleName: role })),
  );
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) {
    const says = "the answer holds no credentials, so that whoever answered is not AWS";
    throw new AwsError({ operation: "SSO: GetRoleCredentials", code: "", says, status: 200, date: undefined });
  }
  return {
    accessKeyId: Secret.ofText(accessKeyId),
    secretAccessKey: Secret.ofText(secretAccessKey),
    sessionToken: Secret.ofText(sessionToken),
    expires: new Date(expiration),
  };
}

/** The accounts that a person may sign in to: their ids. */
export async function listAccounts(where: Where, token: Secret): Promise<readonly string[]> {
  const answer = await asked("ListAccounts", where, token, (client) =>
    client.send(new ListAccountsCommand({ accessToken: token.reveal() })),
  );
  return (answer.accountList ?? []).flatMap(({ accountId }) => accountId ?? []);
}

const asked = <Answer>(
  operation: string,
  where: Where,
  token: Secret,
  send: Asking<SSOClient, Answer>["send"],
): Promise<Answer> =>
  ask({
    operation: `SSO: ${operation}`,
    where,
    credentials: undefined,
    sent: [token],
    client: (settings) => new SSOClient(settings),
    send,
  });
