import { spawnSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { METADATA_ADDRESS } from "./addresses.ts";

/** The metadata address as one more address of this machine's own loopback interface. */

export interface AliasCommand {
  /** Where the program may be. PATH is not asked: who chose it may be less than root. */
  readonly paths: readonly string[];
  readonly args: readonly string[];
}

interface AliasCommands {
  readonly add: AliasCommand;
  /** Whoever added it, and with whatever length of its network. */
  readonly remove: AliasCommand;
}

/** On each system. One address alone: aws-vault's /24 takes 255 others with it, EC2's clock and names among them. */
export function aliasCommands(os: string): AliasCommands {
  if (os === "linux") {
    const ip = (...args: string[]) => ({
      paths: ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip", "/run/current-system/sw/bin/ip"],
      args,
    });
    return {
      add: ip("address", "add", `${METADATA_ADDRESS}/32`, "dev", "lo"),
      remove: ip("address", "flush", "dev", "lo", "to", `${METADATA_ADDRESS}/32`),
    };
  }
  if (os === "win32") {
    const netsh = (...args: string[]) => ({
      paths: ["C:\\Windows\\System32\\netsh.exe"],
      args: ["interface", "ipv4", ...args],
    });
    const name = "Loopback Pseudo-Interface 1";
    return {
      add: netsh("add", "address", name, METADATA_ADDRESS, "255.255.255.255"),
      remove: netsh("delete", "address", name, METADATA_ADDRESS),
    };
  }
  const ifconfig = (...args: string[]) => ({ paths: ["/sbin/ifconfig", "/usr/sbin/ifconfig"], args });
  return {
    add: ifconfig("lo0", "alias", METADATA_ADDRESS, "netmask", "255.255.255.255"),
    remove: ifconfig("lo0", "-alias", METADATA_ADDRESS),
  };
}

/** The interface that has the address. */
export function carrier(): { readonly name: string; readonly loopback: boolean } | undefined {
  for (const [name, addresses = []] of Object.entries(networkInterfaces()))
    for (const { address, internal } of addresses)
      if (address === METADATA_ADDRESS) return { name, loopback: internal };
  return undefined;
}

/** What went wrong, in words. */
export function runAliasCommand({ paths, args }: AliasCommand): string | undefined {
  for (const path of paths) {
    const { error, status, stdout, stderr } = spawnSync(path, args, { encoding: "utf8", env: {}, timeout: 5000 });
    if (error !== undefined && "code" in error && error.code === "ENOENT") continue;
    if (error !== undefined) return error.message;
    if (status === 0) return undefined;
    return [stderr, stdout].map((text) => text.trim().split("\n")[0]!).find((line) => line !== "") ?? `code ${status}`;
  }
  return `${paths[0]!} is not there`;
}
