import type { SessionId } from "../model/session.ts";
import { formatSessionKey } from "../routes/session-key.ts";
import { timestamp } from "../routes/timestamp.ts";
import { Secret } from "../secret.ts";
import { fieldsOf, formatTime, goString, JsonError, parseTime } from "./go-json.ts";
import type { Item } from "./store.ts";

/** Credentials for a while, as aws-vault keeps them beside the keys. */
export interface Session {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly expires: Date;
  /**
   * What it was asked for, where that is known. It stands in the item under a name of ours, which aws-vault passes over: the
   * item's key says nothing of the role or the duration, and a session for another one must not be served.
   */
  readonly madeFor?: string | undefined;
}

export function sessionItem(id: SessionId, session: Session): Item {
  const { accessKeyId, secretAccessKey, sessionToken, expires, madeFor } = session;
  const json =
    `{"AccessKeyId":${goString(accessKeyId.reveal())},"Expiration":"${formatTime(expires)}"` +
    `,"SecretAccessKey":${goString(secretAccessKey.reveal())},"SessionToken":${goString(sessionToken.reveal())}` +
    `${madeFor === undefined ? "" : `,"MadeFor":${goString(madeFor)}`}}`;
  return {
    key: formatSessionKey({ ...id, expires: expires.getTime() / 1000 }),
    data: Secret.ofText(json),
    label: `aws-vault session for ${id.profile} (expires ${timestamp(expires)})`,
    description: "aws-vault session",
    isGuarded: false,
    staysHere: false,
  };
}

/** Undefined where the item is something else: a cache that cannot be read is as good as none. */
export function readSession({ data }: Item): Session | undefined {
  try {
    const fields = fieldsOf(data, {
      AccessKeyId: "text",
      Expiration: "text",
      SecretAccessKey: "text",
      SessionToken: "text",
      MadeFor: "text",
    });
    if (fields.AccessKeyId === "" || fields.SecretAccessKey === "") return undefined;
    return {
      accessKeyId: Secret.ofText(fields.AccessKeyId),
      secretAccessKey: Secret.ofText(fields.SecretAccessKey),
      sessionToken: Secret.ofText(fields.SessionToken),
      expires: parseTime(fields.Expiration),
      ...(fields.MadeFor === "" ? {} : { madeFor: fields.MadeFor }),
    };
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
