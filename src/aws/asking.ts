import { state } from "@aws-sdk/core/client";
import type { Credentials } from "../credentials/credentials.ts";
import type { Secret } from "../secret.ts";
import { proxyName } from "../system/proxy.ts";
import type { Transport } from "../system/transport.ts";
import { AwsError, isSkewed } from "./error.ts";

/** AWS's services that are called here, by the names that variables and settings have for them. */
export type Service = "sts" | "iam" | "sso" | "sso-oidc";

/** Where calls to one of AWS's services go, and what is heard of it. */
export interface Where {
  readonly region: string;
  /** An address instead of AWS's own. */
  readonly endpoint: string | undefined;
  /** `sts_regional_endpoints = legacy`: the one address that STS had before it was in every region. */
  readonly isLegacy?: boolean;
  /** Straight, and by Node's own certificates, where it is left out. */
  readonly transport?: Transport;
  /** AWS's clock, with every answer that comes, and how long the call took. */
  readonly heard?: (heard: Heard) => void;
  /** The current time here, with which calls are signed. */
  now(): Date;
}

export interface Heard {
  readonly operation: string;
  /** To the second, as HTTP has it. */
  readonly date: Date | undefined;
}

/** What is sent in a call and must not come back in a message. */
export type Sent = readonly (Secret | undefined)[];

// The library says on every start that it will want another Node from 2027 on. Versions are our concern, not the user's.
state.warningEmitted = true;

const CONNECTING_MS = 10_000; // Through a proxy of a company, or over a slow line.
const ANSWERING_MS = 30_000; // STS answers within a second; a local stand-in may have to start something.

/**
 * What all clients are made with. Whatever is left out they would look for in variables and files, in ways of their own:
 * where calls go and as whom is decided here, and by nobody else.
 */
export async function clientSettings(where: Where, credentials: Credentials | undefined, offset: number) {
  const { transport } = where;
  const httpsAgent =
    transport === undefined ? undefined : (await import("./tunnel.ts")).agentFor(transport, CONNECTING_MS);
  return {
    region: where.region,
    ...(where.endpoint === undefined ? {} : { endpoint: where.endpoint }),
    ignoreConfiguredEndpointUrls: true,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    // A call that is made twice would send a code twice, and AWS takes each code once.
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard" as const,
    userAgentAppId: async () => undefined,
    authSchemePreference: async () => [],
    systemClockOffset: offset,
    requestHandler: { connectionTimeout: CONNECTING_MS, requestTimeout: ANSWERING_MS, httpsAgent },
    ...(credentials === undefined ? {} : { credentials: revealed(credentials) }),
  };
}

const revealed = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) => ({
  accessKeyId: accessKeyId.reveal(),
  secretAccessKey: secretAccessKey.reveal(),
  ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() }),
});

/** As much of a client as is used here: all of them have it. */
interface Client {
  readonly middlewareStack: {
    add(middleware: Listening, options: typeof LISTENING): void;
    add(middleware: Listening, options: typeof FORWARDING): void;
  };
  destroy(): void;
}
type Listening = <Args, Result>(next: (args: Args) => Promise<Result>) => (args: Args) => Promise<Result>;
const LISTENING = { step: "deserialize", priority: "low", name: "listening" } as const;
const FORWARDING = { step: "finalizeRequest", priority: "low", name: "forwarding" } as const;

/** One call: the client for it, what it sends, and how its answer is had. */
export interface Asking<SomeClient extends Client, Answer> {
  /** Such as `STS: AssumeRole`. */
  readonly operation: string;
  readonly where: Where;
  readonly credentials: Credentials | undefined;
  /** Secrets that go along, besides the credentials. */
  readonly sent?: Sent;
  client(settings: Awaited<ReturnType<typeof clientSettings>>): SomeClient;
  send(client: SomeClient): Promise<Answer>;
}

/**
 * Makes a call. Throws an AwsError. Where the clock here is so wrong that AWS refuses the call for that, it is made once
 * more with AWS's time: nothing but the signature was looked at, so that a code in it is as good as before.
 */
export async function ask<SomeClient extends Client, Answer>(asking: Asking<SomeClient, Answer>): Promise<Answer> {
  try {
    return await askOnce(asking, 0);
  } catch (error) {
    if (!(error instanceof AwsError) || error.date === undefined || !isSkewed(error)) throw error;
    return askOnce(asking, error.date.getTime() - asking.where.now().getTime());
  }
}

async function askOnce<SomeClient extends Client, Answer>(
  asking: Asking<SomeClient, Answer>,
  offset: number,
): Promise<Answer> {
  const { operation, where, credentials } = asking;
  const client = asking.client(await clientSettings(where, credentials, offset));
  const proxy = where.transport?.proxy;
  if (proxy !== undefined) {
    const { forward } = await import("./tunnel.ts");
    client.middlewareStack.add((next) => (args) => next(forward(args, proxy)), FORWARDING);
  }
  let date: Date | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      date = dateOf(answer);
      where.heard?.({ operation, date });
      return answer;
    },
    LISTENING,
  );
  try {
    return await asking.send(client);
  } catch (error) {
    throw told(error, asking, date);
  } finally {
    client.destroy();
  }
}

function dateOf(answer: unknown): Date | undefined {
  const { response } = answer as { readonly response?: { readonly headers?: Readonly<Record<string, string>> } };
  const date = new Date(response?.headers?.["date"] ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

type Told = "operation" | "where" | "credentials" | "sent";

/** What was thrown as an AwsError, if it is what AWS or the network said; our own mistakes stay what they are. */
function told(error: unknown, asking: Pick<Asking<never, never>, Told>, date: Date | undefined): unknown {
  if (!(error instanceof Error)) return error;
  const { $metadata, Code, code, error_description } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly Code?: string;
    readonly code?: string;
    readonly error_description?: string;
  };
  const status = $metadata?.httpStatusCode;
  if (status === undefined && code === undefined && error.name !== "TimeoutError") return error;
  const { operation, credentials, where } = asking;
  // The library puts a date and hints of its own behind what AWS says, in further lines, and AWS what it has signed.
  const line = (error.message || error_description || "").split("\n")[0]!.trim();
  const says = line === "" || line === "UnknownError" ? "no reason is given" : line;
  // What AWS answers is AWS's, whoever carried it; but in the open the proxy may have answered in its place.
  const isAnswer = status !== undefined && !where.endpoint?.startsWith("http:");
  const proxy = isAnswer ? undefined : where.transport?.proxy;
  return new AwsError({
    operation,
    code: status === undefined ? (code ?? error.name) : (Code ?? error.name),
    says: withoutSecrets(proxy === undefined ? says : `through ${proxyName(proxy)}: ${says}`, [
      ...(asking.sent ?? []),
      credentials?.accessKeyId,
      credentials?.secretAccessKey,
      credentials?.sessionToken,
      proxy?.authorization,
    ]),
    status,
    date,
  });
}

/** Some of AWS's messages quote the signed request. */
function withoutSecrets(text: string, sent: Sent): string {
  let clean = text;
  for (const secret of sent) {
    if (secret?.isEmpty === false) clean = clean.replaceAll(secret.reveal(), "[secret]");
  }
  return clean;
}
