/** The one real machine. Its parts are files of this folder; what most runs do not need is loaded when it is asked for. */
import { files } from "./files.ts";
import { machineTraits } from "./machine.ts";
import { network } from "./network.ts";
import type { System } from "./system.ts";
import { thisTerminal } from "./terminal.ts";

/** This machine, as this process sees it. `packageFolder` is the folder that the program is installed in. */
export function thisMachine(packageFolder: string): System {
  return {
    files,
    changes: async () => (await import("./changes.ts")).changes,
    bus: async () => (await import("./bus.ts")).sessionBus(process.env, process.getuid?.()),
    environment: process.env,
    credentialManager: async () => (await import("./credential-manager.ts")).credentialManager(),
    machine: machineTraits(packageFolder),
    network,
    servers: {
      serve: async (...what) => (await import("./serving.ts")).serveHttp(...what),
      holdMetadataPort: async () => (await import("./privileged.ts")).holdMetadataPort(packageFolder),
      untilStopped: async () => (await import("./privileged.ts")).untilStopped(),
      stop: (pid) => stopProcess(pid),
    },
    terminal: thisTerminal(),
    programs: {
      run: async (...what) => (await import("./programs.ts")).run(...what),
      become: async (...what) => (await import("./programs.ts")).become(...what),
      capture: async (...what) => (await import("./capture.ts")).captureOutput(...what),
      obey: async (...what) => (await import("./capture.ts")).obey(...what),
      launch: async (...what) => (await import("./capture.ts")).launch(...what),
    },
    now: () => new Date(),
    random: (count) => process.getBuiltinModule("node:crypto").randomBytes(count),
    sha1: (text) => process.getBuiltinModule("node:crypto").createHash("sha1").update(text).digest("hex"),
    elapsed: () => Number(process.hrtime.bigint()) / 1e6, // The global `performance` takes a millisecond to load.
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

function stopProcess(pid: number): boolean {
  try {
    return process.kill(pid, "SIGTERM");
  } catch {
    return false;
  }
}
