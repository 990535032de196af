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
    terminal.output.write(`${current}\n`);
    return EXIT.ok;
  },
};
