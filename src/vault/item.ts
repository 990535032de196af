import { Secret } from "../secret.ts";
import { fieldsOf, goString, JsonError } from "./go-json.ts";
import type { Item } from "./store.ts";

/** An item as the JSON that aws-vault seals: the fields in Go's order, the data in base64. */
export function formatItem({ key, data, label, description, isGuarded, staysHere }: Item): Secret {
  const bytes = Buffer.from(data.revealBytes());
  const parts = [
    `{"Key":${goString(key)},"Data":"`,
    bytes.toString("base64"),
    `","Label":${goString(label)},"Description":${goString(description)}`,
    `,"KeychainNotTrustApplication":${isGuarded},"KeychainNotSynchronizable":${staysHere}}`,
  ];
  bytes.fill(0);
  return Secret.ofText(parts.join(""));
}

/** Reads that JSON as Go would: names in any case, what is absent is empty. Throws a JsonError. */
export function parseItem(json: Secret): Item {
  const fields = fieldsOf(json, {
    Key: "text",
    Data: "text",
    Label: "text",
    Description: "text",
    KeychainNotTrustApplication: "truth",
    KeychainNotSynchronizable: "truth",
  });
  return {
    key: fields.Key,
    data: decodeData(fields.Data),
    label: fields.Label,
    description: fields.Description,
    isGuarded: fields.KeychainNotTrustApplication,
    staysHere: fields.KeychainNotSynchronizable,
  };
}

/** The item of a key. Throws a JsonError where the JSON is no item, or that of another key. */
export function itemOf(json: Secret, key: string): Item {
  const item = parseItem(json);
  // aws-vault does not look at it. But whoever can rename items must not make one profile's key that of another.
  if (item.key.normalize() !== key.normalize())
    throw new JsonError(`it was sealed as '${item.key}', and somebody gave it another name`);
  return item;
}

function decodeData(text: string): Secret {
  const plain = text.replace(/[\r\n]/g, "");
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) throw new JsonError("its data is not base64");
  return Secret.ofBytes(Buffer.from(plain, "base64"));
}
