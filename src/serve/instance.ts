import { forInstance } from "../credentials/formats.ts";
import { timestamp } from "../routes/timestamp.ts";
import { METADATA_ADDRESS, METADATA_PORT } from "../system/addresses.ts";
import type { HttpAnswer, HttpRequest } from "../system/system.ts";
import type { Fresh } from "./fresh.ts";
import { refusal } from "./guard.ts";
import { handingOut, type Tell } from "./handing-out.ts";
import type { SessionTokens } from "./token.ts";

/** What the metadata service of EC2 says, as far as SDKs ask. First comes a PUT for a token: a mere GET reaches nothing. */

/** aws-vault's names for these. Scripts know its servers by them. */
const ROLE = "local-credentials";
const INSTANCE = "aws-vault";
/** Whoever looks at what listens here knows us by it. */
export const SERVER_NAME = "aws-vault-doctor";

const TOKEN_PATH = "/latest/api/token";
const TOKEN_SECONDS_MAX = 21_600;
const TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds";
const TOKEN_HEADER = "x-aws-ec2-metadata-token";
/** A proxy adds one of these, and somebody may have sent it here. */
const PROXY_HEADERS = ["x-forwarded-for", "forwarded", "via", "x-real-ip"];

const HOSTS = new Set([METADATA_ADDRESS, `${METADATA_ADDRESS}:${METADATA_PORT}`]);

export interface InstanceServer {
  readonly region: string | undefined;
  readonly tokens: SessionTokens;
  /** IMDSv1: a GET without a token. */
  readonly allowsV1: boolean;
  readonly credentials: Fresh;
  readonly now: () => Date;
  readonly tell: Tell;
  /** The path of a question that only we know: when it comes, what listens on the address leads to us. */
  readonly greeting: { readonly path: string; readonly heard: () => void };
}

export function instanceAnswers(server: InstanceServer): (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> {
  const { tokens, allowsV1, greeting } = server;
  const paths = pathsOf(server);
  return (request) => {
    const refused = refusal(request, { hosts: HOSTS });
    if (refused !== undefined) return named(refused);
    const path = pathIn(request.target);
    if (path === TOKEN_PATH) return named(tokenFor(request, tokens));
    if (request.method !== "GET") return named({ status: 405, headers: { Allow: "GET" }, closes: true });
    if (path === greeting.path) {
      greeting.heard();
      return named({ status: 204 });
    }
    const token = request.headers.get(TOKEN_HEADER);
    if (token === undefined ? !allowsV1 : !tokens.isGood(token)) return NO_TOKEN;
    return paths.get(path)?.() ?? NOTHING;
  };
}

type Answers = () => HttpAnswer | Promise<HttpAnswer>;

function pathsOf({ region, credentials, now, tell }: InstanceServer): ReadonlyMap<string, Answers> {
  const says = (body: string): Answers => {
    const answer = asText(200, body);
    return () => answer;
  };
  const hand = handingOut(
    credentials,
    (one) => asText(200, forInstance(one, now())),
    (message) => asText(504, `${message}\n`),
    tell,
  );
  const started = timestamp(now());
  const document = { region, availabilityZone: region && `${region}a`, instanceId: INSTANCE };
  return new Map<string, Answers>([
    ["/latest/meta-data/iam/security-credentials", says(ROLE)],
    [`/latest/meta-data/iam/security-credentials/${ROLE}`, () => hand()],
    ["/latest/meta-data/iam/info", says(`${JSON.stringify({ Code: "Success", LastUpdated: started })}\n`)],
    ["/latest/meta-data/instance-id", says(INSTANCE)],
    ["/latest/dynamic/instance-identity/document", says(`${JSON.stringify(document)}\n`)],
    ...(region === undefined
      ? []
      : ([
          ["/latest/meta-data/placement/region", says(region)],
          // SDKs take the letter off again.
          ["/latest/meta-data/placement/availability-zone", says(`${region}a`)],
        ] as const)),
  ]);
}

function tokenFor({ method, headers }: HttpRequest, tokens: SessionTokens): HttpAnswer {
  if (method !== "PUT") return { status: 405, headers: { Allow: "PUT" }, closes: true };
  if (PROXY_HEADERS.some((name) => headers.has(name))) return { status: 403, closes: true };
  const wanted = headers.get(TTL_HEADER) ?? "";
  const seconds = Number(wanted);
  if (!/^\d{1,5}$/.test(wanted) || seconds < 1 || seconds > TOKEN_SECONDS_MAX) return { status: 400, closes: true };
  return { status: 200, headers: { "Content-Type": "text/plain", [TTL_HEADER]: wanted }, body: tokens.make(seconds) };
}

/** Without what a question mark starts, and without the last slash, which some SDKs write and others do not. */
function pathIn(target: string): string {
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

const asText = (status: number, body: string): HttpAnswer =>
  named({ status, headers: { "Content-Type": body.startsWith("{") ? "application/json" : "text/plain" }, body });

const named = (answer: HttpAnswer): HttpAnswer => ({ ...answer, headers: { ...answer.headers, Server: SERVER_NAME } });

const NOTHING = named({ status: 404 });
const NO_TOKEN = named({ status: 401 });
