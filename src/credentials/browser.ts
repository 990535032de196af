import { findProgram, foldersOf } from "../system/path.ts";
import type { HttpAnswer, HttpRequest, System } from "../system/system.ts";

/** The person's own browser. What is no address of the web is not opened. */
export async function openInBrowser(url: string, system: System): Promise<boolean> {
  if (!/^(?:https:\/\/|http:\/\/127\.0\.0\.1:)[\x21-\x7e]+$/.test(url)) return false;
  const [name, ...args] = OPENERS[system.machine.os] ?? ["xdg-open"];
  const path = findProgram(system, foldersOf(system), name!);
  return path !== undefined && system.programs.launch(path, [...args, url]);
}

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

const PATIENCE_MS = 60_000; // A browser that is not running yet takes a while.
const PAUSE_MS = 100;

/**
 * Opens a page whose address is a secret. The arguments of a program are there for every user of the machine to see, so the
 * browser gets an address of this process instead, which leads on once, and where the kernel tells, only for this user.
 * False where there is no browser; `gone` where it never came.
 */
export async function openSecretly(url: string, system: System): Promise<boolean | "gone"> {
  const name = Buffer.from(system.random(24)).toString("base64url");
  const door = { isTaken: false };
  let own = 0;
  const answer = (request: HttpRequest): HttpAnswer => {
    const isRight = request.method === "GET" && request.target === `/${name}` && !door.isTaken;
    if (!isRight || !isOurs(request.peerPort, own, system)) return { status: 404, closes: true };
    door.isTaken = true;
    const headers = { Location: url, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" };
    return { status: 302, headers, closes: true };
  };
  const server = await system.servers.serve("127.0.0.1", 0, answer);
  own = server.port;
  try {
    if (!(await openInBrowser(`http://127.0.0.1:${own}/${name}`, system))) return false;
    for (let waited = 0; !door.isTaken && waited < PATIENCE_MS; waited += PAUSE_MS) await system.pause(PAUSE_MS);
    if (door.isTaken) await system.pause(PAUSE_MS); // For the answer to go out.
    return door.isTaken ? true : "gone";
  } finally {
    await server.close();
  }
}

const USER_COLUMN = 7;

/** Whether the other end of a connection belongs to this user, or to root, to whom everything does. */
function isOurs(peerPort: number | undefined, own: number, { files, machine }: System): boolean {
  if (machine.os !== "linux" || peerPort === undefined) return true;
  const address = (port: number): string => `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = files.readText("/proc/net/tcp", 16 * 1024 * 1024).split("\n");
  const line = lines.find((one) => one.includes(`${address(peerPort)} ${address(own)}`));
  const owner = Number(line?.trim().split(/\s+/)[USER_COLUMN]);
  return owner === machine.user || owner === 0;
}
