import fs from "node:fs";
// All that changes a disk, or has to be done for a change to stay.
import CHANGING from "./support/changing.json" with { type: "json" };

/** What a process is that got SIGKILL, for tests that stay in one process: nothing it does reaches the disk any more. */
export class Killed extends Error {
  override readonly name = "Killed";
}

type Operation = (...args: readonly unknown[]) => unknown;

/**
 * Acts until the n-th change to the disk, counted from 1, which is not made any more: a write is made by half. Returns
 * whether it came so far. What is open then is closed, as the kernel does it.
 */
export async function killedAt(moment: number, act: () => Promise<unknown>): Promise<boolean> {
  const target = fs as unknown as Record<string, Operation>;
  const real = new Map(CHANGING.map((name) => [name, target[name]!]));
  const open = new Set<number>();
  let count = 0;
  for (const [name, operation] of real) {
    target[name] = (...args) => {
      if (++count >= moment) {
        const [descriptor, bytes] = args;
        if (count === moment && name === "writeSync" && bytes instanceof Uint8Array)
          operation(descriptor, bytes.subarray(0, bytes.length >> 1));
        throw new Killed(`at ${name}`);
      }
      const result = operation(...args);
      if (name === "openSync") open.add(result as number);
      if (name === "closeSync") open.delete(args[0] as number);
      return result;
    };
  }
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  } finally {
    for (const [name, operation] of real) target[name] = operation;
    for (const descriptor of open) fs.closeSync(descriptor);
  }
  return count >= moment;
}
