import type { Listener, Process } from "../model/facts.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import { FileTrouble, type System } from "../system/system.ts";
import { tried } from "../system/tried.ts";

/** A listening socket, as a line of /proc/net/tcp tells it. */
export interface ListenLine {
  readonly address: string;
  readonly port: number;
  readonly owner: number;
  readonly inode: string;
}

/**
 * Who listens on a TCP port of this machine. On Linux the kernel's own table is the truth about *whether*, and a
 * process is named only when it is seen to hold the very socket. Elsewhere `find-process` is asked, then the port itself.
 */
export async function listenersOn(system: System, port: number): Promise<Seen<Listener[]>> {
  const lines = await listenLines(system);
  if (lines === undefined) return askAround(system, port);
  const here = lines.filter((line) => line.port === port);
  if (here.length === 0) return seen([]);
  const holders = await holdersOf(system, port, new Set(here.map((line) => line.inode)));
  const named = here.map(({ address, owner, inode }) => ({ address, port, owner, process: holder(inode, owner) }));
  return seen(named);

  function holder(inode: string, owner: number): Seen<Process> {
    const pid = holders.get(inode);
    if (pid !== undefined) return processNamed(system, pid);
    if (owner === system.machine.user) return unseen("not-here", "its process cannot be seen from here");
    return unseen("not-here", `it belongs to user id ${owner}; run the doctor as that user to see its name`);
  }
}

/** All listening sockets that the kernel lists, or undefined where there is no such list. */
async function listenLines(system: System): Promise<readonly ListenLine[] | undefined> {
  if (system.machine.os !== "linux") return undefined;
  const count = socketCount(system, 4);
  // Whoever reads on to the end lets the kernel walk a table of all that there could be once more.
  const most = count === undefined ? PROC_BYTES_MAX : TCP_LINE_BYTES * (1 + count);
  const four = count === 0 ? "" : await tableOf(system, "/proc/net/tcp", most);
  if (four === undefined) return undefined;
  const six = socketCount(system, 6) === 0 ? "" : await tableOf(system, "/proc/net/tcp6", PROC_BYTES_MAX);
  return [...parseProcNet(four), ...parseProcNet(six ?? "")]; // A kernel without IPv6 has no second table.
}

/** How many TCP sockets there are, listening or not, if the kernel tells. */
export function socketCount(system: System, version: 4 | 6): number | undefined {
  const [path, name] = version === 4 ? ["/proc/net/sockstat", "TCP"] : ["/proc/net/sockstat6", "TCP6"];
  const [, count] = new RegExp(`^${name}: inuse (\\d+)`, "m").exec(textOf(system, path) ?? "") ?? [];
  return count === undefined ? undefined : Number(count);
}

const LISTEN = "0A";
/** Each line of /proc/net/tcp is as long, that of the titles too. */
const TCP_LINE_BYTES = 150;
/** The listening sockets in the text of /proc/net/tcp or /proc/net/tcp6. */
export function parseProcNet(text: string): ListenLine[] {
  const found: ListenLine[] = [];
  for (const line of text.split("\n")) {
    const [, local = "", , state, , , , owner, , inode] = line.trim().split(/\s+/);
    const parts = /^((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4})$/i.exec(local);
    if (state !== LISTEN || inode === undefined || parts === null) continue;
    const [, address = "", port = ""] = parts;
    found.push({ address: addressOf(address), port: parseInt(port, 16), owner: Number(owner), inode });
  }
  return found;
}

function addressOf(hex: string): string {
  const bytes = bytesOf(hex);
  return bytes.length === 4 ? bytes.join(".") : ipv6(bytes);
}

/** In the order of the network. The kernel prints 32-bit words as numbers, so each word is the other way round. */
function bytesOf(hex: string): number[] {
  const words = hex.match(/.{8}/g) ?? [];
  return words.flatMap((word) => (word.match(/../g) ?? []).map((byte) => parseInt(byte, 16)).toReversed());
}

function ipv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) => (bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0));
  const mapsIpv4 = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapsIpv4) return bytes.slice(12).join(".");
  const { start, length } = longestRunOfZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(":"); // RFC 5952: one zero alone is written out.
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

function longestRunOfZeros(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > longest.length) longest = { start, length: end - start };
  }
  return longest;
}

/** Socket inode to pid, as far as the kernel lets this user see. */
async function holdersOf(
  system: System,
  port: number,
  inodes: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const look = (pid: number): void => {
    for (const inode of socketsOf(system, pid)) if (inodes.has(inode) && !found.has(inode)) found.set(inode, pid);
  };
  for (const pid of pids(system)) {
    look(pid);
    if (found.size === inodes.size) return found;
  }
  // find-process also names mere clients of a port, and the holder of another address: a hint where to look, no more.
  for (const { pid } of await system.network.holders(port)) look(pid);
  return found;
}

// In rising order: a server that forks shares its socket with its children, and the parent is the one to name.
function pids(system: System): readonly number[] {
  const names = tried(() => system.files.list("/proc")) ?? [];
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((one, other) => one - other);
}

function* socketsOf(system: System, pid: number): Iterable<string> {
  const folder = `/proc/${pid}/fd`;
  // Of another user, or already gone: both are everyday.
  for (const name of tried(() => system.files.list(folder)) ?? []) {
    const target = tried(() => system.files.readLink(`${folder}/${name}`)) ?? "";
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined) yield inode;
  }
}

function processNamed(system: System, pid: number): Seen<Process> {
  const name = textOf(system, `/proc/${pid}/comm`)?.trimEnd();
  return name === undefined ? unseen("failed", `process ${pid} ended while we looked`) : seen({ pid, name });
}

async function askAround(system: System, port: number): Promise<Seen<Listener[]>> {
  const holders = await system.network.holders(port);
  if (holders.length > 0) {
    return seen(
      holders.map(({ pid, name }) => ({ address: "*", port, owner: undefined, process: seen({ pid, name }) })),
    );
  }
  // Nobody named means "free" or "cannot tell". The port knows which.
  const address = "127.0.0.1";
  const rights = "without more rights";
  switch (await system.network.tryToListen(address, port)) {
    case "free":
      return seen([]);
    case "busy": {
      const process = unseen("not-here", `this system does not tell who it is ${rights}`);
      return seen([{ address, port, owner: undefined, process }]);
    }
    case "absent":
    case "unknown":
      return unseen("not-here", `this system does not tell who listens on port ${port} ${rights}`);
  }
}

const PROC_BYTES_MAX = 4_000_000; // The table lists listeners first; 25,000 lines are enough of them.

const tableOf = async (system: System, path: string, most: number): Promise<string | undefined> => {
  try {
    return await system.files.readTextAside(path, most);
  } catch (error) {
    if (error instanceof FileTrouble) return undefined;
    throw error;
  }
};

const textOf = (system: System, path: string, most = PROC_BYTES_MAX): string | undefined =>
  tried(() => system.files.readText(path, most));
