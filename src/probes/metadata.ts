import type { Listener, MetadataAddress } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import type { NetworkInterface, System } from "../system/system.ts";
import { listenersOn } from "./listeners.ts";

/** Where EC2 machines, and aws-vault's `--ec2-server`, serve credentials. */
export const METADATA_ADDRESS = "169.254.169.254";
const METADATA_PORT = 80;
const ANY_ADDRESS: readonly string[] = ["0.0.0.0", "::", "*"];

/** Whether this machine carries the metadata address itself, and who answers there. No packet is sent to it. */
export async function lookAtMetadataAddress(system: System): Promise<Seen<MetadataAddress>> {
  const carrier = findCarrier(system);
  if (!carrier.known) return carrier;
  const alias = carrier.value && { name: carrier.value.name, loopback: carrier.value.loopback };
  // Nobody can listen on an address that no interface carries, and the kernel's list of sockets takes long to read.
  if (alias === undefined) return seen({ alias, listeners: [] });
  const listeners = await listenersOn(system, METADATA_PORT);
  if (!listeners.known) return listeners;
  return seen({ alias, listeners: listeners.value.filter(answers) });
}

const answers = ({ address }: Listener): boolean => address === METADATA_ADDRESS || ANY_ADDRESS.includes(address);

function findCarrier(system: System): Seen<NetworkInterface | undefined> {
  try {
    return seen(system.network.interfaces().find(({ address }) => address === METADATA_ADDRESS));
  } catch (error) {
    // Some sandboxes forbid the question.
    const why = error instanceof Error ? error.message : String(error);
    return unseen("failed", `the network interfaces could not be listed: ${why}`);
  }
}
