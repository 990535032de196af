import { EXIT, UserError } from "../errors.ts";
import { TOOLS } from "../model/tool.ts";
import { paint } from "../report/paint.ts";
import { hasColour } from "./colour.ts";
import type { Command } from "./command.ts";
import { look, toolsAsked } from "./looking.ts";

export const profiles: Command = {
  name: "profiles",
  takes: "",
  summary: "Show every profile and setting as the tools read them, with the place of each",
  examples: [
    ["aws-vault-doctor profiles", "what all tools see, with a mark where they differ"],
    ["aws-vault-doctor profiles --as aws-vault", "what aws-vault sees, with what it takes over from [default]"],
  ],
  flags: {
    as: { kind: "text", says: "the tool that reads: cli, sdk, aws-vault, aws-vault-99designs (default: all)" },
    format: { kind: "text", says: "how to print", choices: ["human", "json"] },
  },
  async run(given, system) {
    const asked = toolsAsked(given);
    if (asked !== undefined && asked.length !== 1) throw new UserError("BAD_FLAG", "--as takes one tool");
    const { profiles: seen } = await look(given, system, asked ?? TOOLS, "profiles");
    const { profilesJson, profilesText } = await import("../report/profiles.ts");
    const { home } = system.machine;
    const { output } = system.terminal;
    const isJson = given.text("format") === "json";
    const readings = [...seen.readings.values()];
    const brush = paint(hasColour(given, system, output));
    output.write(isJson ? profilesJson(readings, asked !== undefined, home) : profilesText(readings, home, brush));
    return readings.some(({ refused }) => refused.length > 0) ? EXIT.findings : EXIT.ok;
  },
};
