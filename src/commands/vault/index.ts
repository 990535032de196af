import type { Command } from "../command.ts";
import { add } from "./add.ts";
import { clear } from "./clear.ts";
import { exec } from "./exec.ts";
import { exportCredentials } from "./export.ts";
import { list } from "./list.ts";
import { login } from "./login.ts";
import { migrateBackend } from "./migrate-backend.ts";
import { proxy } from "./proxy.ts";
import { remove } from "./remove.ts";
import { rotate } from "./rotate.ts";
import { version } from "./version.ts";

/** What `vault` can do, in the order of the help. */
export const vaultCommands: readonly Command[] = [
  add,
  list,
  exec,
  exportCredentials,
  login,
  rotate,
  remove,
  clear,
  migrateBackend,
  proxy,
  version,
].map(explaining);

function explaining(command: Command): Command {
  return {
    ...command,
    async run(given, system) {
      try {
        return await command.run(given, system);
      } catch (error) {
        throw (await import("./explained.ts")).explained(error);
      }
    },
  };
}
