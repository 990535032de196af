import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { explain } from "./explain.ts";
import { fix } from "./fix.ts";
import { profiles } from "./profiles.ts";
import { listRules } from "./rules.ts";
import { undo } from "./undo.ts";

/** The first one runs when no command is named. */
export const commands: readonly [Command, ...Command[]] = [check, fix, undo, explain, listRules, profiles];
