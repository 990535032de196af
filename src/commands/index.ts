import { EXIT } from "../errors.ts";
import { check } from "./check.ts";
import type { Command, CommandGroup } from "./command.ts";
import { explain } from "./explain.ts";
import { fix } from "./fix.ts";
import { profiles } from "./profiles.ts";
import { listRules } from "./rules.ts";
import { undo } from "./undo.ts";
import { why } from "./why.ts";

/** The first one runs when no command is named. */
export const commands: readonly [Command, ...Command[]] = [check, fix, undo, why, profiles, explain, listRules];

export const groups: readonly CommandGroup[] = [
  {
    name: "vault",
    summary: "Keep credentials as aws-vault does, in the same place: add, list, exec, export, remove, clear",
    usageExit: EXIT.failed,
    load: async () => (await import("./vault/index.ts")).vaultCommands,
  },
];
