import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https, { type RequestOptions } from "node:https";
import { hostOf, type Proxy, portOf } from "../system/proxy.ts";
import type { Transport } from "../system/transport.ts";

/** What makes the connections of HTTPS that go another way than straight and by Node's own certificates. */
export function agentFor({ proxy, authorities }: Transport, milliseconds: number): https.Agent {
  const trust = authorities === undefined ? {} : { ca: authorities };
  return proxy === undefined ? new https.Agent(trust) : new Tunnel(proxy, trust, milliseconds);
}

interface Trust {
  readonly ca?: string;
}
type Create = https.Agent["createConnection"];

/** Has a proxy connect to where a call goes, and speaks TLS with that: the proxy gets to know the host, and nothing of the call. */
class Tunnel extends https.Agent {
  readonly #proxy: Proxy;
  readonly #trust: Trust;
  readonly #milliseconds: number;

  constructor(proxy: Proxy, trust: Trust, milliseconds: number) {
    super(trust);
    this.#proxy = proxy;
    this.#trust = trust;
    this.#milliseconds = milliseconds;
  }

  override createConnection(...[options, connected]: Parameters<Create>): undefined {
    const to = `${options.host?.includes(":") ? `[${options.host}]` : options.host}:${options.port}`;
    // There is no stream then, which the types do not know of.
    const fail = (error: Error): void => connected!(error, undefined as never);
    const asked = this.#ask(to);
    asked.once("connect", ({ statusCode }: IncomingMessage, socket) => {
      if (statusCode === 200) {
        const through: RequestOptions & { socket: typeof socket } = { ...options, socket };
        connected!(null, super.createConnection(through)!);
        return;
      }
      socket.destroy();
      fail(refusal(this.#proxy, to, statusCode));
    });
    asked.once("timeout", () => asked.destroy(trouble("ETIMEDOUT", "no answer")));
    asked.once("error", fail);
    asked.end();
  }

  #ask(to: string): ClientRequest {
    const { url } = this.#proxy;
    const asking = {
      method: "CONNECT",
      host: hostOf(url),
      port: portOf(url),
      path: to,
      headers: { host: to, ...loginOf(this.#proxy) },
      agent: false,
      timeout: this.#milliseconds,
    };
    return url.protocol === "https:" ? https.request({ ...asking, ...this.#trust }) : http.request(asking);
  }
}

/** A call in the open, to an address with `http:`, is given to the proxy itself, with the whole address for its path. */
export function forward<Args>(args: Args, proxy: Proxy): Args {
  const { request } = args as { request?: Request };
  if (request?.protocol !== "http:") return args;
  const { protocol, hostname, port, path, headers } = request;
  const { url } = proxy;
  Object.assign(request, {
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(portOf(url)),
    path: `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`,
    headers: { ...headers, ...loginOf(proxy) },
  });
  return args;
}

/** As the clients have it, which have signed it by now. */
interface Request {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const loginOf = ({ authorization }: Proxy): { readonly "proxy-authorization"?: string } =>
  authorization === undefined ? {} : { "proxy-authorization": authorization.reveal() };

function refusal({ authorization }: Proxy, to: string, status: number | undefined): Error {
  if (status !== 407) return trouble("PROXY_REFUSES", `it does not connect to ${to} (${status})`);
  const says = authorization === undefined ? "it wants a user and a password" : "it takes another user or password";
  return trouble("PROXY_LOGIN", `${says} (407)`);
}

const trouble = (code: string, says: string): Error => Object.assign(new Error(says), { code });
