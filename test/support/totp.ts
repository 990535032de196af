import { createHmac } from "node:crypto";

const STEP_SECONDS = 30;

/** The six digits of a device at a time. https://www.rfc-editor.org/rfc/rfc6238 */
export function codeAt(seed: string, time: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(stepAt(time)));
  const digest = createHmac("sha1", seed).update(counter).digest();
  const at = digest[19]! & 0xf;
  return String((digest.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

export const stepAt = (time: Date): number => Math.floor(time.getTime() / 1000 / STEP_SECONDS);

export const stepStart = (step: number): Date => new Date(step * STEP_SECONDS * 1000);
