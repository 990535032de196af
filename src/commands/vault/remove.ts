import { EXIT, UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";
import { isProfileKey } from "../../routes/session-key.ts";
import { removeSessionsOf } from "../../vault/listing.ts";
import type { Command } from "../command.ts";
import { quoted, storeFor, VAULT_FLAGS } from "./flags.ts";

export const remove: Command = {
  name: "remove",
  aliases: ["rm"],
  takes: "<profile>",
  summary: "Remove a profile's access key from the vault; its sessions stay until `clear`",
  examples: [["aws-vault-doctor vault remove --force old", "without a question"]],
  flags: {
    ...VAULT_FLAGS,
    force: { kind: "switch", says: "do not ask", short: "f" },
    "sessions-only": { kind: "switch", says: "remove its sessions, and leave the key", short: "s", isHidden: true },
  },
  async run(given, system) {
    const [profile = ""] = given.words;
    const { output } = system.terminal;
    const store = await storeFor(given, system);
    if (given.isOn("sessions-only")) {
      output.write(`Deleted ${await removeSessionsOf(profile, store)} sessions.\n`);
      return EXIT.ok;
    }
    // Before the question, unlike aws-vault: nobody has to confirm what cannot be done.
    const stored = (await store.list()).filter(isProfileKey);
    if (!stored.includes(profile)) throw notThere(profile, stored);
    if (!given.isOn("force")) {
      const answer = await system.terminal.ask(
        `Delete credentials for profile ${quoted(profile)}? (y|N)`,
        "--force does not ask",
      );
      if (!/^\s*y(?:es)?\s*$/i.test(answer)) return EXIT.ok;
    }
    if (!(await store.remove(profile))) throw notThere(profile, stored);
    output.write("Deleted credentials.\n");
    return EXIT.ok;
  },
};

const notThere = (profile: string, stored: readonly string[]): UserError =>
  new UserError("NOT_STORED", `there are no credentials for profile '${profile}'${didYouMean(profile, stored)}`, {
    exitCode: EXIT.failed,
    hint: "`aws-vault-doctor vault list` shows what is stored, in the backend that is chosen",
  });
