import { rules } from "../../rules/index.ts";
import { allRules } from "../doctor/rules.ts";
import { EXIT, UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { System } from "../system/system.ts";
import type { Command } from "./command.ts";

const PAGE_BYTES_MAX = 1024 * 1024; // Our own pages have a few kB.

export const explain: Command = {
  name: "explain",
  takes: "<rule>",
  summary: "Say what a rule is about: what happens, why, what to do, with an example",
  examples: [["aws-vault-doctor explain source-profile-not-found", "the page of that rule"]],
  flags: {},
  async run({ words }, system) {
    const id = words[0]!;
    const ids = allRules(rules).map((one) => one.id);
    if (!ids.includes(id)) {
      throw new UserError("NO_SUCH_RULE", `there is no rule '${id}'${didYouMean(id, ids)}`, {
        hint: "`aws-vault-doctor rules` lists them",
      });
    }
    system.terminal.output.write(pageOf(id, system));
    return EXIT.ok;
  },
};

/** What is to be said of a rule. */
export const pageOf = (id: string, { files, machine }: System): string =>
  new TextDecoder().decode(files.read(`${machine.package}/docs/rules/${id}.md`, PAGE_BYTES_MAX));
