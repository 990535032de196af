import type { Hardware, Machine } from "../model/facts.ts";
import { type Seen, seen } from "../model/seen.ts";
import type { System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

/** What kind of machine this is, as far as it changes the advice. */
export function lookAtMachine(system: System): Seen<Machine> {
  const { os, user, home } = system.machine;
  return seen({ os, user, home, wsl: isWsl(system), container: isContainer(system) });
}

const isSet = (system: System, ...names: string[]): boolean => names.some((name) => Boolean(system.environment[name]));

function isWsl(system: System): boolean {
  if (system.machine.os !== "linux") return false;
  return isSet(system, "WSL_DISTRO_NAME") || /microsoft/i.test(textOf(system, "/proc/version"));
}

/** Not every Linux shows its /proc and /sys. */
const textOf = (system: System, path: string): string => tried(() => system.files.readText(path, 4096), "");

// The files are Docker's and Podman's; the variables systemd-nspawn's, LXC's and Kubernetes's.
function isContainer(system: System): boolean {
  if (system.machine.os !== "linux") return false;
  if (isSet(system, "container", "KUBERNETES_SERVICE_HOST")) return true;
  return ["/.dockerenv", "/run/.containerenv"].some((path) => exists(system, path));
}

const exists = (system: System, path: string): boolean => tried(() => system.files.look(path) !== undefined, false);

/** What the firmware says of the hardware. Only Linux tells. */
export function lookAtHardware(system: System): Seen<Hardware> {
  if (system.machine.os !== "linux") return seen({ ec2: false, maker: undefined });
  const maker = textOf(system, "/sys/class/dmi/id/sys_vendor").trim();
  // Older ones are machines of Xen, which say it in another place.
  const ec2 = maker.startsWith("Amazon EC2") || textOf(system, "/sys/hypervisor/uuid").startsWith("ec2");
  return seen({ ec2, maker: maker === "" ? undefined : maker });
}
