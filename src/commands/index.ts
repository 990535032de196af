import { EXIT } from "../errors.ts";
import type { CommandEntry, CommandGroup } from "./command.ts";

/** The first one runs when no command is named. */
export const commands: readonly [CommandEntry, ...CommandEntry[]] = [
  { name: "check", load: async () => (await import("./check.ts")).check },
  { name: "fix", load: async () => (await import("./fix.ts")).fix },
  { name: "undo", load: async () => (await import("./undo.ts")).undo },
  { name: "verify", load: async () => (await import("./verify.ts")).verify },
  { name: "why", load: async () => (await import("./why.ts")).why },
  { name: "profiles", load: async () => (await import("./profiles.ts")).profiles },
  { name: "explain", load: async () => (await import("./explain.ts")).explain },
  { name: "rules", load: async () => (await import("./rules.ts")).listRules },
  { name: "completion", load: async () => (await import("./completion.ts")).completion },
  { name: "init", load: async () => (await import("./init.ts")).init },
];

export const groups: readonly CommandGroup[] = [
  {
    name: "baseline",
    summary: "Keep the file with what is known: prune",
    usageExit: EXIT.usage,
    fileExit: EXIT.incomplete,
    load: async () => (await import("./baseline.ts")).baselineCommands,
  },
  {
    name: "vault",
    summary: "Keep credentials as aws-vault does, in the same place: add, list, exec, export, remove, clear",
    usageExit: EXIT.failed,
    fileExit: EXIT.failed,
    load: async () => (await import("./vault/index.ts")).vaultCommands,
  },
];
