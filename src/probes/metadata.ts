import type { Listener, MetadataAddress } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { METADATA_ADDRESS, METADATA_PORT } from "../system/addresses.ts";
import type { NetworkInterface, System } from "../system/system.ts";
import { listenersOn } from "./listeners.ts";

const ANY_ADDRESS: readonly string[] = ["0.0.0.0", "::", "*"];

/** Whether this machine carries the metadata address itself, and who answers there. No packet is sent to it. */
export async function lookAtMetadataAddress(system: System): Promise<Seen<MetadataAddress>> {
  const interfaces = interfacesOf(system);
  if (!interfaces.known) return interfaces;
  const carrier = interfaces.value.find(({ address }) => address === METADATA_ADDRESS);
  const alias = carrier && { name: carrier.name, loopback: carrier.loopback };
  const bridges = [...new Set(interfaces.value.map(({ name }) => name))].filter((name) => BRIDGE.test(name));
  // Nobody can listen on an address that no interface carries, and the kernel's list of sockets takes long to read.
  if (alias === undefined) return seen({ alias, listeners: [], bridges });
  const listeners = await listenersOn(system, METADATA_PORT);
  if (!listeners.known) return listeners;
  return seen({ alias, listeners: listeners.value.filter(answers), bridges });
}

const answers = ({ address }: Listener): boolean => address === METADATA_ADDRESS || ANY_ADDRESS.includes(address);

/** Of Docker, Podman, libvirt, VirtualBox, VMware and Kubernetes. */
const BRIDGE = /^(?:docker\d|br-[0-9a-f]{6}|podman\d|cni\d|virbr\d|vboxnet\d|vmnet\d|bridge100|lxdbr\d|minikube)/;

function interfacesOf(system: System): Seen<readonly NetworkInterface[]> {
  try {
    return seen(system.network.interfaces());
  } catch (error) {
    // Some sandboxes forbid the question.
    const why = error instanceof Error ? error.message : String(error);
    return unseen("failed", `the network interfaces could not be listed: ${why}`);
  }
}
