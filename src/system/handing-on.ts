import { connect, type Server, type Socket } from "node:net";
import { METADATA_ADDRESS, SERVER_PORT } from "./addresses.ts";

/** The process without rights behind the metadata port: what comes there goes on to where aws-vault's servers listen. */

const CONNECTIONS_MAX = 256;
const IDLE_MS_MAX = 30_000;

/** Takes over the socket that comes with the first message, and ends with the process that sent it. */
export function handOn(): void {
  process.title = "aws-vault-doctor"; // By this the doctor knows who listens.
  for (const signal of ["SIGINT", "SIGQUIT", "SIGHUP"]) process.on(signal, () => {});
  process.once("disconnect", () => process.exit(0));
  process.once("message", (_, server: Server) => {
    server.maxConnections = CONNECTIONS_MAX;
    server.on("connection", (socket) => handOnOne(socket, SERVER_PORT));
    process.send!("listening");
  });
}

/**
 * A program of this machine that asks the address comes from that very address. Whoever does not, comes from a container, a
 * virtual machine or another machine: EC2 keeps those away by a hop limit of 1, which Node cannot set.
 */
export function handOnOne(socket: Socket, port: number): void {
  if (!HERE.has(socket.remoteAddress ?? "")) {
    socket.destroy();
    return;
  }
  const onward = connect({ host: "127.0.0.1", port });
  for (const [one, other] of [
    [socket, onward],
    [onward, socket],
  ] as const) {
    one.setTimeout(IDLE_MS_MAX, () => one.destroy());
    one.once("error", () => other.destroy());
    one.once("close", () => other.destroy());
  }
  socket.pipe(onward).pipe(socket);
}

const HERE: ReadonlySet<string> = new Set([METADATA_ADDRESS, "127.0.0.1"]);
