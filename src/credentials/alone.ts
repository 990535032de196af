import { stateFolder } from "../system/state-folder.ts";
import { FileTrouble } from "../system/system.ts";
import type { Means } from "./means.ts";

/** A person who is asked for a code may have to find their device first. */
const PATIENCE_MS = 5 * 60 * 1000;

/** Does something while nobody else does it, in this process or another; `what` names it, and is hashed. */
export async function waitingFor<T>(what: string, means: Means, act: () => Promise<T>): Promise<T> {
  let release = (): void => {};
  try {
    release = await lock(what, means);
  } catch (error) {
    // Where nothing can be written, as in many a container, two may be asked instead of one; nobody is left without.
    if (!(error instanceof FileTrouble)) throw error;
    means.log(`nobody else can be waited for: ${error.inFull}`);
  }
  try {
    return await act();
  } finally {
    release();
  }
}

async function lock(what: string, { system, note }: Means): Promise<() => void> {
  const changes = await system.changes();
  return changes.lock(`${stateFolder(system)}/sessions/${system.sha1(what)}.lock`, {
    milliseconds: PATIENCE_MS,
    what: "getting the same credentials",
    note: (holder) => note(`waiting for process ${holder}, which is getting the same credentials`),
  });
}
