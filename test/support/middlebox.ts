import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net, { type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import tls from "node:tls";

/** What stands between a company's people and AWS, on the loopback: a proxy, and certificates of its own. */

export interface Certificates {
  /** In PEM, of the authority. */
  readonly authority: string;
  readonly key: string;
  readonly certificate: string;
}

/** An authority that is made for this moment, and a certificate of it. */
export function makeCertificates(names: readonly string[]): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "avd-ca-"));
  const openssl = (...args: string[]): Buffer => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    openssl("req", "-x509", ...newKey, "-subj", "/CN=Company", "-days", "2", "-keyout", "ca.key", "-out", "ca.pem");
    openssl("req", ...newKey, "-subj", "/CN=AWS", "-keyout", "own.key", "-out", "own.csr");
    writeFileSync(join(folder, "names"), `subjectAltName=${names.join(",")}\n`);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
    openssl("x509", "-req", "-in", "own.csr", "-days", "2", ...signed, "-out", "own.pem");
    const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");
    return { authority: textOf("ca.pem"), key: textOf("own.key"), certificate: textOf("own.pem") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Takes the TLS off, and hands on what is in it. */
export function startTls(to: number, { key, certificate: cert }: Certificates): Promise<Listening> {
  return listening(tls.createServer({ key, cert }, (socket) => joined(socket, net.connect(to, "127.0.0.1"))));
}

export interface FakeProxy extends Listening {
  /** What was asked for, such as `CONNECT sts.eu-west-1.amazonaws.com:443`. */
  readonly asked: string[];
  /** The headers with user and password, as they came. */
  readonly logins: (string | undefined)[];
}

/** Connects to one port, whatever host it is asked for, and forwards calls in the open there too. */
export async function startProxy(
  to: number,
  { answers, tls: own }: { readonly answers?: number; readonly tls?: Certificates } = {},
): Promise<FakeProxy> {
  const asked: string[] = [];
  const logins: (string | undefined)[] = [];
  const heard = ({ method, url, headers }: http.IncomingMessage): void => {
    asked.push(`${method} ${url}`);
    logins.push(headers["proxy-authorization"]);
  };
  const server = http.createServer((request, response) => {
    heard(request);
    const { pathname, search } = new URL(request.url!);
    const { "proxy-authorization": _, ...headers } = request.headers;
    const onward = http.request({ port: to, method: request.method!, path: pathname + search, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on("connect", (request, socket) => {
    heard(request);
    if (answers !== undefined) {
      socket.end(`HTTP/1.1 ${answers} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    joined(socket, net.connect(to, "127.0.0.1"));
  });
  if (own === undefined) return { asked, logins, ...(await listening(server)) };
  const inside = await listening(server);
  const outside = await startTls(inside.port, own);
  return {
    asked,
    logins,
    port: outside.port,
    close: async () => void (await Promise.all([inside.close(), outside.close()])),
  };
}

function joined(one: Duplex, other: net.Socket): void {
  for (const [from, into] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(into);
    from.on("error", () => into.destroy());
    from.on("close", () => into.destroy());
  }
}

function listening(server: Server): Promise<Listening> {
  const open = new Set<net.Socket>();
  server.on("connection", (socket) => open.add(socket.once("close", () => open.delete(socket))));
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of open) socket.destroy();
          }),
      }),
    );
  });
}
