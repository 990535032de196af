import { forContainer } from "../credentials/formats.ts";
import type { HttpAnswer, HttpRequest } from "../system/system.ts";
import type { Fresh } from "./fresh.ts";
import { refusal } from "./guard.ts";
import { handingOut, type Tell } from "./handing-out.ts";
import type { TokenCheck } from "./token.ts";

/** What an ECS agent says: who has the token gets the credentials, or those of a role at `/role-arn/<ARN>`. */

const JSON_TYPE = { "Content-Type": "application/json" };

export interface ContainerServer {
  readonly port: number;
  readonly isToken: TokenCheck;
  readonly credentials: Fresh;
  readonly tell: Tell;
}

export function containerAnswers({
  port,
  isToken,
  credentials,
  tell,
}: ContainerServer): (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> {
  // 169.254.170.2 is what SDKs in a container say to aws-vault's helper for Docker, which hands it on.
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, "169.254.170.2"]);
  const hand = handingOut(
    credentials,
    (one) => asJson(200, forContainer(one)),
    (message) => trouble(500, message),
    tell,
  );
  let wrongTokens = 0;

  return (request) => {
    const refused = refusal(request, { hosts });
    if (refused !== undefined) return refused;
    if (request.method !== "GET") return { status: 405, headers: { Allow: "GET" }, closes: true };
    if (!isToken(request.headers.get("authorization") ?? "")) {
      wrongTokens += 1;
      return { ...trouble(403, "invalid Authorization token"), closes: true, delay: delayOf(wrongTokens) };
    }
    const wanted = roleIn(request.target);
    return wanted === "malformed" ? trouble(400, "there is no ARN of a role behind /role-arn/") : hand(wanted);
  };
}

const asJson = (status: number, body: string): HttpAnswer => ({ status, headers: JSON_TYPE, body });

const trouble = (status: number, message: string): HttpAnswer =>
  asJson(status, `${JSON.stringify({ Message: message })}\n`);

const PREFIX = "/role-arn/";
const ROLE = /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

/** The role that a target asks for; every other path means the profile itself, as in aws-vault. */
function roleIn(target: string): string | undefined {
  if (!target.startsWith(PREFIX)) return undefined;
  const [path = ""] = target.slice(PREFIX.length).split("?");
  try {
    const arn = decodeURIComponent(path);
    return ROLE.test(arn) ? arn : "malformed";
  } catch {
    return "malformed";
  }
}

const FREE_TRIES = 5;
const DELAY_MS_MAX = 1000;

/** Whoever guesses waits longer and longer; who has the token, never. */
const delayOf = (wrongTokens: number): number =>
  wrongTokens <= FREE_TRIES ? 0 : Math.min(DELAY_MS_MAX, 50 * 2 ** Math.min(wrongTokens - FREE_TRIES, 10));
