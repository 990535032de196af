import { stateFolder } from "../system/state-folder.ts";
import type { Means } from "./means.ts";

/** A person who is asked for a code may have to find their device first. */
const PATIENCE_MS = 5 * 60 * 1000;

/** Does something while nobody else does it, in this process or another; `what` names it, and is hashed. */
export async function waitingFor<T>(what: string, { system, note }: Means, act: () => Promise<T>): Promise<T> {
  const path = `${stateFolder(system)}/sessions/${system.sha1(what)}.lock`;
  const changes = await system.changes();
  const release = await changes.lock(path, {
    milliseconds: PATIENCE_MS,
    what: "getting the same credentials",
    note: (holder) => note(`waiting for process ${holder}, which is getting the same credentials`),
  });
  try {
    return await act();
  } finally {
    release();
  }
}
