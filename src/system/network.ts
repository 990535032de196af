/** What is known of the network, and what is asked of it. */
import { nodeOs, onWindows } from "./platform.ts";
import type { Network, PortHolder } from "./system.ts";
import { codeOf } from "./trouble.ts";

const HOLDERS_DEADLINE_MS = 2000; // It runs up to four programs; on Windows, PowerShell.

export const network: Network = {
  interfaces() {
    const all = Object.entries(nodeOs().networkInterfaces());
    return all.flatMap(([name, addresses = []]) =>
      addresses.map(({ address, internal }) => ({ name, address, loopback: internal })),
    );
  },
  async holders(port) {
    try {
      return await withDeadline(findHolders(port), HOLDERS_DEADLINE_MS, []);
    } catch {
      return [];
    }
  },
  async tryToListen(host, port) {
    const { createServer } = await import("node:net");
    return new Promise((resolve) => {
      const server = createServer((socket) => socket.destroy());
      server.once("error", (error) => resolve(meaningOf(codeOf(error))));
      server.listen({ host, port, exclusive: true }, () => server.close(() => resolve("free")));
    });
  },
  ask: async (...what) => (await import("./asking.ts")).askHttp(...what),
  fetch: async (...what) => (await import("./asking.ts")).fetchPage(...what),
};

async function findHolders(port: number): Promise<readonly PortHolder[]> {
  const { default: find } = await import("find-process");
  const found = await find("port", port, { logLevel: "silent" });
  return found.map(({ pid, name, cmd }) => ({ pid, name: onWindows ? name : programOf(cmd ?? name) }));
}

// find-process takes the last path in a command line for the name, and that may be an argument that carries a secret.
function programOf(commandLine: string): string {
  const program = commandLine.trim().split(/\s/)[0] ?? "";
  return program.slice(program.lastIndexOf("/") + 1);
}

async function withDeadline<T>(work: Promise<T>, milliseconds: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, milliseconds, late);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function meaningOf(code: string): "busy" | "absent" | "unknown" {
  if (code === "EADDRINUSE") return "busy";
  if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return "absent";
  return "unknown";
}
