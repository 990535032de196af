import type { Command } from "./command.ts";
import { examination, SCOPE_FLAGS } from "./examination.ts";

export const fix: Command = {
  name: "fix",
  takes: "[files..]",
  summary: "Go through the fixes one by one, and make those that you want",
  examples: [["aws-vault-doctor fix", "be asked about each one; nothing is changed before the last answer"]],
  flags: { ...SCOPE_FLAGS },
  async run(given, system) {
    const { request, failOn } = await examination(given, system);
    const { guide } = await import("./guide.ts");
    return guide(given, system, request, failOn);
  },
};
