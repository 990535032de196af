import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** AWS's signature, version 4, checked from what stands in the documentation: nothing of it is taken from the SDK. */

export interface Request {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Signature {
  readonly keyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export function signatureOf({ headers }: Request): Signature | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      headers["authorization"] ?? "",
    );
  if (match === null) return undefined;
  const [, keyId, day, region, service, signedHeaders, signature] = match;
  return {
    keyId: keyId!,
    day: day!,
    region: region!,
    service: service!,
    signedHeaders: signedHeaders!.split(";"),
    signature: signature!,
  };
}

/** When the request says that it was made. */
export function signedAt({ headers }: Request): Date {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers["x-amz-date"] ?? "") ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export function isSignedWith(secret: string, request: Request, signature: Signature): boolean {
  const { method, path, headers, body } = request;
  const { day, region, service, signedHeaders } = signature;
  // What is not signed could be exchanged on the way: the host, the time and the token always are.
  const must = ["host", "x-amz-date", ...("x-amz-security-token" in headers ? ["x-amz-security-token"] : [])];
  if (must.some((name) => !signedHeaders.includes(name)) || !headers["x-amz-date"]?.startsWith(day)) return false;
  const [uri = "/", query = ""] = path.split("?");
  const canonical = [
    method,
    uri,
    query.split("&").sort().join("&"),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}`),
    "",
    signedHeaders.join(";"),
    sha256(body),
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<Buffer>(
    (above, part) => createHmac("sha256", above).update(part).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const expected = createHmac("sha256", key).update(toSign).digest();
  return timingSafeEqual(expected, Buffer.from(signature.signature, "hex"));
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
