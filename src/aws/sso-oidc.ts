import {
  CreateTokenCommand,
  type CreateTokenCommandInput,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from "@aws-sdk/client-sso-oidc";
import { Secret } from "../secret.ts";
import { type Asking, ask, type Sent, type Where } from "./asking.ts";
import { AwsError } from "./error.ts";

/** Sign-in to IAM Identity Center. Whatever AWS refuses is an AwsError. https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/ */

export interface OidcClient {
  readonly id: string;
  readonly secret: Secret;
}

export async function registerClient(
  where: Where,
  request: {
    readonly name: string;
    readonly scopes: readonly string[];
    /** For sign-in with a code that the browser brings to this machine. */
    readonly redirect?: { readonly uri: string; readonly startUrl: string };
  },
): Promise<OidcClient> {
  const { name, scopes, redirect } = request;
  const answer = await asked("RegisterClient", where, (client) =>
    client.send(
      new RegisterClientCommand({
        clientName: name,
        clientType: "public",
        ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
        ...(redirect === undefined
          ? {}
          : {
              redirectUris: [redirect.uri],
              issuerUrl: redirect.startUrl,
              grantTypes: ["authorization_code", "refresh_token"],
            }),
      }),
    ),
  );
  return { id: answer.clientId ?? "", secret: Secret.ofText(answer.clientSecret ?? "") };
}

export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  /** What the person compares with what the browser shows. */
  readonly userCode: string;
  readonly url: string;
  /** How long to wait from one question to the next. */
  readonly intervalSeconds: number;
  readonly lifetimeSeconds: number;
}

const INTERVAL_SECONDS = 5; // RFC 8628, where nothing is said.

export async function startDeviceAuthorization(
  where: Where,
  client: OidcClient,
  startUrl: string,
): Promise<DeviceAuthorization> {
  const answer = await asked(
    "StartDeviceAuthorization",
    where,
    (one) =>
      one.send(
        new StartDeviceAuthorizationCommand({ clientId: client.id, clientSecret: client.secret.reveal(), startUrl }),
      ),
    [client.secret],
  );
  return {
    deviceCode: Secret.ofText(answer.deviceCode ?? ""),
    userCode: answer.userCode ?? "",
    url: answer.verificationUriComplete ?? answer.verificationUri ?? "",
    intervalSeconds: answer.interval || INTERVAL_SECONDS,
    lifetimeSeconds: answer.expiresIn ?? 600,
  };
}

/** How a token is asked for: with what the device flow, the browser's redirect, or an older token gave. */
export type Grant =
  | { readonly kind: "device"; readonly deviceCode: Secret }
  | { readonly kind: "code"; readonly code: Secret; readonly verifier: Secret; readonly redirectUri: string };

export interface GrantedToken {
  readonly accessToken: Secret;
  readonly idToken: Secret | undefined;
  readonly refreshToken: Secret | undefined;
  readonly tokenType: string;
  readonly lifetimeSeconds: number;
}

/** While the person has not answered, AWS's code is `AuthorizationPendingException`; asked too often, `SlowDownException`. */
export async function createToken(where: Where, client: OidcClient, grant: Grant): Promise<GrantedToken> {
  const input: CreateTokenCommandInput = {
    clientId: client.id,
    clientSecret: client.secret.reveal(),
    ...(grant.kind === "device"
      ? { grantType: "urn:ietf:params:oauth:grant-type:device_code", deviceCode: grant.deviceCode.reveal() }
      : {
          grantType: "authorization_code",
          code: grant.code.reveal(),
          codeVerifier: grant.verifier.reveal(),
          redirectUri: grant.redirectUri,
        }),
  };
  const secrets = grant.kind === "device" ? [grant.deviceCode] : [grant.code, grant.verifier];
  const answer = await asked("CreateToken", where, (one) => one.send(new CreateTokenCommand(input)), [
    client.secret,
    ...secrets,
  ]);
  const perhaps = (text: string | undefined): Secret | undefined => (text ? Secret.ofText(text) : undefined);
  const accessToken = perhaps(answer.accessToken);
  if (accessToken === undefined) {
    const says = "the answer holds no token, so that whoever answered is not AWS";
    throw new AwsError({ operation: "SSO OIDC: CreateToken", code: "", says, status: 200, date: undefined });
  }
  return {
    accessToken,
    idToken: perhaps(answer.idToken),
    refreshToken: perhaps(answer.refreshToken),
    tokenType: answer.tokenType ?? "Bearer",
    lifetimeSeconds: answer.expiresIn ?? 0,
  };
}

const asked = <Answer>(
  operation: string,
  where: Where,
  send: Asking<SSOOIDCClient, Answer>["send"],
  sent?: Sent,
): Promise<Answer> =>
  ask({
    operation: `SSO OIDC: ${operation}`,
    where,
    credentials: undefined,
    ...(sent === undefined ? {} : { sent }),
    client: (settings) => new SSOOIDCClient(settings),
    send,
  });
