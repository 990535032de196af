/** Who and where this process is. */
import { UserError } from "../errors.ts";
import { nodeOs, onWindows } from "./platform.ts";
import type { MachineTraits } from "./system.ts";

export function machineTraits(packageFolder: string): MachineTraits {
  return {
    os: process.platform,
    user: process.getuid?.(),
    get home() {
      return homeFolder();
    },
    get folder() {
      return currentFolder();
    },
    package: packageFolder,
    get programFolders() {
      return splitList(process.env["PATH"] ?? "");
    },
    get programEndings() {
      return onWindows ? splitList(process.env["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD") : [""];
    },
  };
}

function homeFolder(): string {
  const told = process.env[onWindows ? "USERPROFILE" : "HOME"] ?? "";
  if (isAbsolute(told)) return withoutTrailingSlashes(told);
  try {
    return nodeOs().homedir();
  } catch {
    return "/"; // A user id without an account, as containers have them; their shells say the same.
  }
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError("NO_FOLDER", "the current folder does not exist any more", { hint: "run 'cd' first", cause });
  }
}

const isAbsolute = (path: string): boolean => (onWindows ? /^([a-z]:)?[\\/]/i : /^\//).test(path);

const withoutTrailingSlashes = (path: string): string =>
  onWindows ? path.replace(/(?<=[^:\\/])[\\/]+$/, "") : path.replace(/(?<=[^/])\/+$/, "");

function splitList(list: string): readonly string[] {
  const entries = onWindows ? list.split(";").map((entry) => entry.replace(/^"(.*)"$/, "$1")) : list.split(":");
  return entries.filter((entry) => entry !== "");
}
