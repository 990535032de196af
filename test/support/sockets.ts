import { connect } from "node:net";

/** What comes back for bytes that are sent as they are; a server that keeps the connection is waited for no longer than that. */
export function exchange(port: number, sent: string, milliseconds = 5000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let came = "";
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(came);
    };
    const timer = setTimeout(end, milliseconds);
    socket.on("data", (chunk) => {
      came += chunk.toString("latin1");
      if (isWhole(came)) end();
    });
    socket.once("error", end).once("close", end);
    socket.write(sent);
  });
}

function isWhole(came: string): boolean {
  const head = came.indexOf("\r\n\r\n");
  const length = /\r\ncontent-length: (\d+)/i.exec(came)?.[1];
  return head >= 0 && length !== undefined && came.length >= head + 4 + Number(length);
}

export interface Reply {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** An answer taken apart. */
export function reply(came: string): Reply {
  const [head = "", body = ""] = came.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body };
}
