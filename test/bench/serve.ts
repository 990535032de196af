/** A server to be asked, ours or a bare one that answers the same bytes: prints its port and the request, and runs until stdin ends. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { containerAnswers } from "../../src/serve/container.ts";
import { instanceAnswers } from "../../src/serve/instance.ts";
import { newToken, sessionTokens } from "../../src/serve/token.ts";
import { thisMachine } from "../../src/system/node.ts";
import { temporary } from "../support/credentials.ts";

const [kind, who] = process.argv.slice(2) as ["ecs" | "ec2", "ours" | "bare"];
const system = thisMachine(".");
const credentials = temporary(0, new Date(Date.now() + 3_600_000));
const { token, isToken } = newToken(system.random);
const tokens = sessionTokens(system.random, system.now);
const common = { credentials: () => credentials, tell: () => {} };
const lines = (port: number): string[] =>
  kind === "ecs"
    ? ["GET / HTTP/1.1", `Host: 127.0.0.1:${port}`, "Accept: application/json", `Authorization: ${token.reveal()}`]
    : [
        "GET /latest/meta-data/iam/security-credentials/local-credentials HTTP/1.1",
        "Host: 169.254.169.254",
        `x-aws-ec2-metadata-token: ${tokens.make(3600)}`,
      ];

const answers = (port: number) =>
  kind === "ecs"
    ? containerAnswers({ ...common, port, isToken })
    : instanceAnswers({
        ...common,
        tokens,
        region: "eu-west-1",
        allowsV1: false,
        now: system.now,
        greeting: { path: "/x", heard: () => {} },
      });

async function start(): Promise<number> {
  let answer: ReturnType<typeof answers> | undefined;
  if (who === "ours") {
    const { port } = await system.servers.serve("127.0.0.1", 0, (request) => answer!(request));
    answer = answers(port);
    return port;
  }
  let same: { readonly headers: Record<string, string | number>; readonly body: string } | undefined;
  const server = createServer((_, outgoing) => outgoing.writeHead(200, same!.headers).end(same!.body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const [first, ...headers] = lines(port);
  const [method = "", target = ""] = first!.split(" ");
  const pairs = headers.map((line) => line.split(": ") as [string, string]);
  const asked = {
    method,
    target,
    peer: "127.0.0.1",
    headers: new Map(pairs.map(([name, value]) => [name.toLowerCase(), value])),
  };
  const { headers: told, body = "" } = await answers(port)(asked);
  same = { headers: { ...told, "Content-Length": Buffer.byteLength(body) }, body };
  return port;
}

const port = await start();
console.log(JSON.stringify({ port, request: `${lines(port).join("\r\n")}\r\n\r\n` }));
process.stdin.once("end", () => process.exit()).resume();
