import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Caller, FakeState, type FakeUser, type FakeWorld, Refusal } from "./fake-aws-world.ts";
import { iam } from "./fake-iam.ts";
import { FakeSso, jsonOf } from "./fake-sso.ts";
import { type Parameters, sts } from "./fake-sts.ts";
import { isSignedWith, type Request, signatureOf, signedAt } from "./sigv4.ts";

/**
 * AWS on the loopback: STS, IAM, IAM Identity Center and the console's sign-in, at one address. It is as strict as the
 * real ones where a set-up can be wrong: signatures, clocks, codes, durations, trust, expiry.
 */
export interface FakeAws {
  readonly url: string;
  readonly state: FakeState;
  readonly sso: FakeSso;
  /** What was called, in order, such as `sts:AssumeRole`. */
  readonly calls: string[];
  /** The parameters of each call. */
  readonly asked: Parameters[];
  close(): Promise<void>;
}

const EXPIRES_MS = 15 * 60 * 1000;

export async function startFakeAws(world: FakeWorld): Promise<FakeAws> {
  const state = new FakeState(world);
  const sso = new FakeSso(state, world.portal ?? { startUrl: "", accounts: {} });
  const calls: string[] = [];
  const asked: Parameters[] = [];
  const server = createServer((message, response) => {
    void bodyOf(message).then((body) => {
      const request: Request = {
        method: message.method ?? "",
        path: message.url ?? "/",
        headers: message.headers as Request["headers"],
        body,
      };
      response.setHeader("date", state.now().toUTCString());
      response.setHeader("x-amzn-requestid", "01234567-89ab-cdef-0123-456789abcdef");
      const { status, type, text, error } = answer(request);
      if (error !== undefined) response.setHeader("x-amzn-errortype", error);
      response.writeHead(status, { "content-type": type }).end(text);
    });
  });

  function answer(request: Request): { status: number; type: string; text: string; error?: string } {
    const { pathname, searchParams } = new URL(request.path, "http://localhost");
    if (pathname === "/federation" && searchParams.get("Action") === "getSigninToken") {
      calls.push("signin:getSigninToken");
      return signinToken(state, searchParams);
    }
    if (request.method !== "POST" || pathname !== "/") {
      calls.push(`sso:${request.method} ${pathname}`);
      try {
        const found = sso.answer(request);
        if (found !== undefined) return { status: 200, type: "application/json", text: JSON.stringify(found) };
        return { status: 404, type: "text/plain", text: "not found" };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return {
          status: error.status,
          type: "application/json",
          text: JSON.stringify(jsonOf(error)),
          error: error.code,
        };
      }
    }
    const given = new Map(new URLSearchParams(request.body));
    const action = given.get("Action") ?? "";
    const service = signatureOf(request)?.service ?? "sts";
    calls.push(`${service}:${action}`);
    asked.push(given);
    try {
      const caller = callerOf(request, state);
      const result = (service === "iam" ? iam : sts)(state, action, given, caller);
      const namespace =
        service === "iam" ? "https://iam.amazonaws.com/doc/2010-05-08/" : "https://sts.amazonaws.com/doc/2011-06-15/";
      const text = `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;
      return { status: 200, type: "text/xml", text };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message } = error;
      const text = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
      return { status, type: "text/xml", text };
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    sso,
    calls,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Who a call comes from. Undefined for one that is not signed. */
function callerOf(request: Request, state: FakeState): Caller | undefined {
  if (request.headers["authorization"] === undefined) return undefined;
  const signature = signatureOf(request);
  if (signature === undefined)
    throw new Refusal(403, "IncompleteSignature", "The request signature does not conform to AWS standards");
  const unknown = new Refusal(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
  const token = request.headers["x-amz-security-token"];
  const session = state.sessions.get(signature.keyId);
  const owner = state.userWithKey(signature.keyId);
  if (token === undefined ? owner?.key.isActive !== true : session?.token !== token) throw unknown;
  if (token === undefined && (owner!.key.unknownFor ?? 0) > 0) {
    owner!.key.unknownFor!--;
    throw unknown;
  }
  checkClock(request, state);
  if (!isSignedWith((session ?? owner!.key).secret, request, signature))
    throw new Refusal(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    );
  if (session === undefined) {
    owner!.key.used = state.now();
    return userCaller(owner!.user);
  }
  if (session.expires <= state.now())
    throw new Refusal(403, "ExpiredToken", "The security token included in the request is expired");
  return session.caller;
}

function checkClock(request: Request, state: FakeState): void {
  const at = signedAt(request);
  const now = state.now();
  const stamp = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, "");
  if (now.getTime() - at.getTime() > EXPIRES_MS)
    throw new Refusal(
      403,
      "SignatureDoesNotMatch",
      `Signature expired: ${stamp(at)} is now earlier than ${stamp(new Date(now.getTime() - EXPIRES_MS))} (${stamp(now)} - 15 min.)`,
    );
  if (at.getTime() - now.getTime() > EXPIRES_MS)
    throw new Refusal(
      403,
      "SignatureDoesNotMatch",
      `Signature not yet current: ${stamp(at)} is still later than ${stamp(new Date(now.getTime() + EXPIRES_MS))} (${stamp(now)} + 15 min.)`,
    );
}

function userCaller(user: FakeUser): Caller {
  const arn = `arn:aws:iam::${user.account}:user/${user.name}`;
  return {
    kind: "user",
    account: user.account,
    principal: arn,
    arn,
    userId: "AIDAEXAMPLE",
    hasMfa: false,
    user,
    sourceIdentity: undefined,
    transitiveTags: new Map(),
  };
}

/** The console's: it takes sessions of roles and of federated users, and no long-term keys. */
function signinToken(state: FakeState, asked: URLSearchParams) {
  const given = JSON.parse(asked.get("Session") ?? "{}") as Record<string, string>;
  const session = state.sessions.get(given["sessionId"] ?? "");
  const isGood = session?.secret === given["sessionKey"] && session?.token === given["sessionToken"];
  if (!isGood || session?.caller.kind === "user-session")
    return { status: 400, type: "text/html", text: "bad request" };
  return { status: 200, type: "application/json", text: '{"SigninToken":"signin-token-example"}' };
}
