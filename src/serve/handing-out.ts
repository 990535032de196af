import { type Credentials, isTemporary, type Temporary } from "../credentials/credentials.ts";
import { EXIT, UserError } from "../errors.ts";
import type { HttpAnswer } from "../system/system.ts";
import type { Fresh } from "./fresh.ts";

/** What both servers do with credentials: put them into an answer, once for each, and tell a person when there are none. */

/** The first answer for each trouble goes to a person too, who sees nothing of what the SDK makes of it. */
export type Tell = (line: string) => void;

/** `put` makes the answer; `failed` that for what went wrong. */
export function handingOut(
  fresh: Fresh,
  put: (credentials: Temporary) => HttpAnswer,
  failed: (trouble: string) => HttpAnswer,
  tell: Tell,
): (roleArn?: string) => HttpAnswer | Promise<HttpAnswer> {
  const answers = new WeakMap<Credentials, HttpAnswer>();
  let told: string | undefined;

  const trouble = (error: unknown): HttpAnswer => {
    // What is our own mistake is told with its stack, and not to whoever asks.
    const own = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const line = error instanceof UserError ? inWords(error) : `this is our mistake, and not yours: ${own}`;
    if (line !== told) tell(line);
    told = line;
    return failed(error instanceof UserError ? error.message : "internal error");
  };
  const handOver = (credentials: Credentials): HttpAnswer => {
    let answer = answers.get(credentials);
    if (answer === undefined) {
      try {
        answer = put(mustBeTemporary(credentials));
      } catch (error) {
        return trouble(error);
      }
      answers.set(credentials, answer);
    }
    told = undefined;
    return answer;
  };

  return (roleArn) => {
    const found = fresh(roleArn);
    return found instanceof Promise ? found.then(handOver, trouble) : handOver(found);
  };
}

const inWords = ({ message, hint }: UserError): string => (hint === undefined ? message : `${message} (${hint})`);

/** Long-term keys never go over a server, and no SDK would take them from there. */
export function mustBeTemporary(credentials: Credentials): Temporary {
  if (isTemporary(credentials)) return credentials;
  const message = "these credentials do not expire, and a server hands out only such as do";
  throw new UserError("NOT_TEMPORARY", message, { exitCode: EXIT.failed });
}
