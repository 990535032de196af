import { timestamp } from "../routes/timestamp.ts";
import { Secret } from "../secret.ts";
import { fieldsOf, formatTime, goString, JsonError, parseTime } from "./go-json.ts";
import type { Item } from "./store.ts";

/** What a person who signed in with SSO gets, and gets the credentials of roles for. */
export interface SsoToken {
  readonly accessToken: Secret;
  readonly idToken: Secret | undefined;
  readonly refreshToken: Secret | undefined;
  readonly tokenType: string;
  /** Seconds from when it was made. */
  readonly lifetime: number;
  readonly expires: Date;
}

const PREFIX = "oidc:";

export const ssoTokenKey = (startUrl: string): string => PREFIX + startUrl;

/** The start URL of a token's key; undefined for the keys of other items. */
export const startUrlOf = (key: string): string | undefined =>
  key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;

export function ssoTokenItem(startUrl: string, token: SsoToken): Item {
  const perhaps = (secret: Secret | undefined): string => (secret === undefined ? "null" : goString(secret.reveal()));
  const json =
    `{"Token":{"AccessToken":${goString(token.accessToken.reveal())},"ExpiresIn":${token.lifetime}` +
    `,"IdToken":${perhaps(token.idToken)},"RefreshToken":${perhaps(token.refreshToken)}` +
    `,"TokenType":${goString(token.tokenType)},"ResultMetadata":{}},"Expiration":"${formatTime(token.expires)}"}`;
  return {
    key: ssoTokenKey(startUrl),
    data: Secret.ofText(json),
    label: `aws-vault oidc token for ${startUrl} (expires ${timestamp(token.expires)})`,
    description: "aws-vault oidc token",
    isGuarded: false,
    staysHere: false,
  };
}

/** Undefined where the item is something else, as aws-vault, too, takes such a token for none. */
export function readSsoToken({ data }: Item): SsoToken | undefined {
  try {
    const { Token, Expiration } = fieldsOf(data, { Token: "object", Expiration: "text" });
    const fields = fieldsOf(Token ?? {}, {
      AccessToken: "text",
      ExpiresIn: "number",
      IdToken: "text",
      RefreshToken: "text",
      TokenType: "text",
    });
    if (fields.AccessToken === "") return undefined;
    const perhaps = (text: string): Secret | undefined => (text === "" ? undefined : Secret.ofText(text));
    return {
      accessToken: Secret.ofText(fields.AccessToken),
      idToken: perhaps(fields.IdToken),
      refreshToken: perhaps(fields.RefreshToken),
      tokenType: fields.TokenType,
      lifetime: fields.ExpiresIn,
      expires: parseTime(Expiration),
    };
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
