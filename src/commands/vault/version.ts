import { EXIT } from "../../errors.ts";
import { version as current } from "../../version.ts";
import type { Command } from "../command.ts";

export const version: Command = {
  name: "version",
  takes: "",
  summary: "Print the version",
  examples: [],
  flags: {},
  async run(_, { terminal }) {
    // Not the number alone: who finds it as `aws-vault` on PATH would take it for a very old one.
    terminal.output.write(`aws-vault-doctor ${current}\n`);
    return EXIT.ok;
  },
};
