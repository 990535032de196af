import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { EXIT, UserError } from "../errors.ts";
import type { HttpAnswer, HttpRequest, HttpServer } from "./system.ts";
import { codeOf, WORDS } from "./trouble.ts";

/** What asks for credentials sends a few hundred bytes, and all of them at once; hundreds of clients are many on one machine. */
const HEAD_BYTES_MAX = 8 * 1024;
const HEAD_MS_MAX = 3000;
const IDLE_MS_MAX = 10_000;
const CONNECTIONS_MAX = 512;

type Answer = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;

/** Serves HTTP. What Node itself refuses (a head that is too long or too slow, what is no HTTP) gets an empty answer. */
export function serveHttp(address: string, port: number, answer: Answer): Promise<HttpServer> {
  const limits = {
    maxHeaderSize: HEAD_BYTES_MAX,
    headersTimeout: HEAD_MS_MAX,
    requestTimeout: HEAD_MS_MAX,
    keepAliveTimeout: IDLE_MS_MAX,
    connectionsCheckingInterval: 500,
    requireHostHeader: false, // Whoever answers refuses what has none, as all else that is refused.
  };
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => handle(incoming, outgoing, answer);
  const server = createServer(limits, listener);
  server.on("checkContinue", listener); // Nobody is told to go on with a body.
  server.maxConnections = CONNECTIONS_MAX;
  server.timeout = IDLE_MS_MAX;
  server.on("connect", (_, socket: Socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(address, port, error)));
    server.listen({ host: address, port, exclusive: true }, () => {
      const bound = server.address();
      resolve({
        port: typeof bound === "object" && bound !== null ? bound.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function handle(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): void {
  const given = answered(incoming, answer);
  // Most answers are at hand, and to wait for those would cost a turn each.
  if (given instanceof Promise) void given.then((one) => send(outgoing, one));
  else send(outgoing, given);
}

function send(outgoing: ServerResponse, { delay = 0, ...answer }: HttpAnswer): void {
  if (delay > 0) {
    setTimeout(() => send(outgoing, answer), delay);
    return;
  }
  const { status, headers, body = "", closes } = answer;
  outgoing.writeHead(status, {
    ...headers,
    "Content-Length": Buffer.byteLength(body),
    ...(closes === true ? { Connection: "close" } : {}),
  });
  outgoing.end(body);
}

/** Whoever answers tells of its own troubles; one that it did not think of must not end the child that runs beside. */
function answered(incoming: IncomingMessage, answer: Answer): HttpAnswer | Promise<HttpAnswer> {
  const failed = { status: 500, closes: true };
  try {
    const given = answer(requestOf(incoming));
    return given instanceof Promise ? given.catch(() => failed) : given;
  } catch {
    return failed;
  }
}

function requestOf({ method = "", url = "", rawHeaders, socket }: IncomingMessage): HttpRequest {
  const headers = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? rawHeaders[at + 1]! : `${before}, ${rawHeaders[at + 1]!}`);
  }
  return { method, target: url, headers, peer: socket.remoteAddress ?? "", peerPort: socket.remotePort };
}

function cannotListen(address: string, port: number, cause: unknown): UserError {
  const code = codeOf(cause);
  const why = code === "EADDRINUSE" ? "somebody else listens there" : (WORDS[code] ?? code);
  return new UserError("CANNOT_LISTEN", `cannot listen on ${address}:${port}: ${why}`, {
    exitCode: EXIT.failed,
    cause,
  });
}
