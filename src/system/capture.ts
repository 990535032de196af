import { spawn } from "node:child_process";
import type { Captured, CaptureLimits } from "./system.ts";

/** Runs a program that gets nothing to read, and keeps what it says. At the deadline it ends, with all that it started. */
export function captureOutput(
  path: string,
  args: readonly string[],
  { milliseconds, bytes, environment, folder }: CaptureLimits,
): Promise<Captured> {
  return new Promise((resolve) => {
    // In a group of its own, so that a program that starts others can be ended with them.
    const hasGroup = process.platform !== "win32";
    const child = spawn(path, args, {
      env: environment,
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      detached: hasGroup,
      windowsHide: true,
    });
    let size = 0;
    const collect = (): Buffer[] => [];
    const [output, errors] = [collect(), collect()];
    const end = (captured: Captured): void => {
      clearTimeout(timer);
      // Whoever still holds the pipes must not keep this process waiting.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(captured);
    };
    const stop = (trouble: string): void => {
      try {
        if (hasGroup && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        else child.kill();
      } catch {
        // It has just ended by itself.
      }
      end({ ended: false, trouble });
    };
    const timer = setTimeout(() => stop(`gave no answer within ${milliseconds / 1000} s`), milliseconds);
    for (const [stream, chunks] of [
      [child.stdout, output],
      [child.stderr, errors],
    ] as const) {
      stream.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > bytes) stop(`said more than ${bytes} bytes`);
      });
    }
    child.once("error", (error) => end({ ended: false, trouble: `cannot be started: ${error.message}` }));
    child.once("close", (code) =>
      end({ ended: true, code: code ?? -1, output: textOf(output), errors: textOf(errors) }),
    );
  });
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");
