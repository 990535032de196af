import type { Listeners } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import { SERVER_PORT } from "../system/addresses.ts";
import type { System } from "../system/system.ts";
import { listenersOn, socketCount } from "./listeners.ts";

const IN_THE_WAY: readonly string[] = ["127.0.0.1", "0.0.0.0", "::", "::1", "*"];

/** Who already listens where aws-vault's server would. */
export async function lookAtServerPort(system: System): Promise<Seen<Listeners>> {
  // Each of the kernel's two lists of sockets takes it milliseconds: to try is quicker than both, and slower than one.
  if (socketCount(system, 6) !== 0 && (await system.network.tryToListen("127.0.0.1", SERVER_PORT)) === "free")
    return seen([]);
  const listeners = await listenersOn(system, SERVER_PORT);
  if (!listeners.known) return listeners;
  return seen(listeners.value.filter(({ address }) => IN_THE_WAY.includes(address)));
}
