import { type Credentials, isTemporary, type Temporary } from "../credentials/credentials.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Fresh } from "./fresh.ts";

/** What both servers do with credentials: put them into a body, once for each, and tell a person when there are none. */

export type Body = { readonly status: number; readonly body: string };

/** The first answer for each trouble goes to a person too, who sees nothing of what the SDK makes of it. */
export type Tell = (line: string) => void;

/** `failed` puts what went wrong into an answer. */
export function handingOut(
  fresh: Fresh,
  put: (credentials: Temporary) => string,
  failed: (trouble: string) => Body,
  tell: Tell,
): (roleArn?: string) => Body | Promise<Body> {
  const bodies = new WeakMap<Credentials, Body>();
  let told: string | undefined;

  const bodyOf = (credentials: Credentials): Body => {
    let known = bodies.get(credentials);
    if (known === undefined) {
      known = { status: 200, body: put(mustBeTemporary(credentials)) };
      bodies.set(credentials, known);
    }
    told = undefined;
    return known;
  };
  const trouble = (error: unknown): Body => {
    // What is our own mistake is told with its stack, and not to whoever asks.
    const own = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const line = error instanceof UserError ? error.message : `this is our mistake, and not yours: ${own}`;
    if (line !== told) tell(line);
    told = line;
    return failed(error instanceof UserError ? error.message : "internal error");
  };

  const handOver = (credentials: Credentials): Body => {
    try {
      return bodyOf(credentials);
    } catch (error) {
      return trouble(error);
    }
  };

  return (roleArn) => {
    const found = fresh(roleArn);
    return found instanceof Promise ? found.then(handOver, trouble) : handOver(found);
  };
}

/** Long-term keys never go over a server, and no SDK would take them from there. */
export function mustBeTemporary(credentials: Credentials): Temporary {
  if (isTemporary(credentials)) return credentials;
  const message = "these credentials do not expire, and a server hands out only such as do";
  throw new UserError("NOT_TEMPORARY", message, { exitCode: EXIT.failed });
}
