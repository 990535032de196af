import { EXIT, UserError } from "../../errors.ts";
import { printable } from "../../report/printable.ts";
import { isProfileKey } from "../../routes/session-key.ts";
import { FileTrouble } from "../../system/system.ts";
import { keyIn, storeProved } from "../../vault/long-term-key.ts";
import type { Store } from "../../vault/store.ts";
import { failed } from "../../vault/trouble.ts";
import type { Command } from "../command.ts";
import { storeFor, VAULT_FLAGS } from "./flags.ts";

const { backend: _, ...PLACES } = VAULT_FLAGS;

export const migrateBackend: Command = {
  name: "migrate-backend",
  takes: "",
  summary: "Copy access keys from one backend to another; sessions and SSO tokens stay",
  examples: [
    ["aws-vault-doctor vault migrate-backend --from file --to secret-service --dry-run", "what it would copy"],
  ],
  flags: {
    from: { kind: "text", says: "the backend to copy from" },
    to: { kind: "text", says: "the backend to copy to" },
    profile: { kind: "text", says: "only the key of this profile" },
    "dry-run": { kind: "switch", says: "tell what would be copied, and copy nothing" },
    overwrite: { kind: "switch", says: "copy also where there is a key of that name already" },
    "delete-source": { kind: "switch", says: "remove each key that was copied, when the copy was read back" },
    ...PLACES,
  },
  async run(given, system) {
    const [from, to] = [needed("from", given.text("from")), needed("to", given.text("to"))];
    if (from === to) throw failed("SAME_BACKEND", "source and destination backends must differ");
    const line = (text: string): void => system.terminal.output.write(`${printable(text)}\n`);
    const [source, destination] = [await storeFor(given, system, from), await storeFor(given, system, to)];
    const profiles = await wanted(source, given.text("profile"));
    if (profiles.length === 0) {
      line(`No credentials found in source backend ${from}.`);
      return EXIT.ok;
    }
    if (given.isOn("dry-run")) {
      line(`Would migrate ${profiles.length} credential profile(s) from ${from} to ${to}:`);
      for (const profile of profiles) line(`  ${profile}`);
      line("No changes made.");
      return EXIT.ok;
    }
    const there = new Set(await destination.list());
    const counts = { copied: 0, overwritten: 0, skipped: 0, "deleted from source": 0 };
    for (const profile of profiles) {
      const isThere = there.has(profile);
      if (isThere && !given.isOn("overwrite")) {
        counts.skipped++;
        line(`Migrating ${profile}... skipped, already exists in destination`);
        continue;
      }
      try {
        await storeProved(destination, profile, await keyIn(source, profile));
        if (given.isOn("delete-source")) await source.remove(profile);
      } catch (error) {
        if (!(error instanceof UserError || error instanceof FileTrouble)) throw error;
        line(`Migrating ${profile}... failed`);
        line("Migration stopped. Source credentials were not deleted for the failed profile.");
        throw error;
      }
      counts[isThere ? "overwritten" : "copied"]++;
      if (given.isOn("delete-source")) counts["deleted from source"]++;
      const deleted = given.isOn("delete-source") ? ", deleted source" : "";
      line(`Migrating ${profile}... ${isThere ? "overwritten" : "copied"}, verified${deleted}`);
    }
    line("Migration summary:");
    for (const [what, count] of Object.entries(counts)) line(`  ${what}: ${count}`);
    return EXIT.ok;
  },
};

function needed(flag: string, value: string | undefined): string {
  if (value !== undefined && value !== "") return value;
  throw failed("BAD_USAGE", `required flag --${flag} not provided`, "both backends have to be named");
}

async function wanted(source: Store, profile: string | undefined): Promise<string[]> {
  const all = (await source.list()).filter(isProfileKey).toSorted();
  if (profile === undefined || all.includes(profile)) return profile === undefined ? all : [profile];
  throw failed("NOT_STORED", `profile "${profile}" not found in source backend`);
}
