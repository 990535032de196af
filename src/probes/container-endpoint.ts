import type { ContainerEndpoint } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";

const HERE = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\]):(\d{1,5})(?=\/|$)/i;

/** Whether anybody listens where a variable says that credentials are handed out, when that is this machine. Nobody is asked. */
export async function lookAtContainerEndpoint(system: System): Promise<Seen<ContainerEndpoint | undefined>> {
  const match = HERE.exec(system.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? "");
  if (match === null || Number(match[2]) > 65_535) return seen(undefined);
  const host = match[1] === "localhost" ? "127.0.0.1" : match[1]!.replaceAll(/[[\]]/g, "");
  // What a try cannot tell counts as served: a port below 1024, and an address that there is not.
  const isServed = (await system.network.tryToListen(host, Number(match[2]))) !== "free";
  return seen({ address: `${match[1]}:${match[2]}`, isServed });
}
