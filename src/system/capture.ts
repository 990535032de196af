import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { onWindows } from "./platform.ts";
import type { Captured, CaptureLimits } from "./system.ts";
import { whyNotStarted } from "./trouble.ts";

/** Runs a program, and keeps what it says. At the deadline it ends, with all that it started. */
export function captureOutput(
  path: string,
  args: readonly string[],
  { milliseconds, bytes, environment, folder, isAttached = false, input }: CaptureLimits,
): Promise<Captured> {
  return new Promise((resolve) => {
    // In a group of its own, so that a program that starts others can be ended with them. But a terminal answers one group.
    const hasGroup = !onWindows && !isAttached;
    const stdin = input !== undefined ? "pipe" : isAttached ? "inherit" : "ignore";
    const options: SpawnOptions = {
      env: environment,
      cwd: folder,
      stdio: [stdin, "pipe", isAttached ? "inherit" : "pipe"],
      detached: hasGroup,
      windowsHide: !isAttached,
      windowsVerbatimArguments: onWindows && isAttached,
    };
    let child: ChildProcess;
    try {
      child = spawn(path, args, options);
    } catch (error) {
      return resolve({ ended: false, trouble: `cannot be started: ${whyNotStarted(error)}` });
    }
    let size = 0;
    const collect = (): Buffer[] => [];
    const [output, errors] = [collect(), collect()];
    const end = (captured: Captured): void => {
      clearTimeout(timer);
      // Whoever still holds the pipes must not keep this process waiting.
      child.stdout?.destroy();
      child.stderr?.destroy();
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
      stream?.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > bytes) stop(`said more than ${bytes} bytes`);
      });
    }
    child.stdin?.on("error", () => {}); // It has ended without reading: its exit code says more.
    child.stdin?.end(input);
    child.once("error", (error) => end({ ended: false, trouble: `cannot be started: ${error.message}` }));
    child.once("close", (code) =>
      end({ ended: true, code: code ?? -1, output: textOf(output), errors: textOf(errors) }),
    );
  });
}

/** A command line as the system's shell takes it. On Windows that has quotes of its own, and strips the outer ones. */
export const obey = (commandLine: string, limits: Omit<CaptureLimits, "folder">): Promise<Captured> => {
  const attached = { ...limits, folder: process.cwd(), isAttached: true };
  if (!onWindows) return captureOutput("/bin/sh", ["-c", commandLine], attached);
  const shell = `${process.env["SystemRoot"] ?? "C:\\Windows"}\\System32\\cmd.exe`;
  return captureOutput(shell, ["/d", "/s", "/c", `"${commandLine}"`], attached);
};

export const launch = (path: string, args: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(path, args, { stdio: "ignore", detached: true, windowsHide: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");
