import { gather } from "../doctor/gather.ts";
import { EXIT, UserError } from "../errors.ts";
import { TOOLS, type Tool } from "../model/tool.ts";
import { parseTools } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { paint } from "../report/paint.ts";
import { hasColour } from "./colour.ts";
import type { Command } from "./command.ts";

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
    const as = given.text("as");
    const tools = as === undefined ? TOOLS : [oneTool(as)];
    const scope = {
      config: undefined,
      credentials: undefined,
      filesOnly: false,
      tools,
      profile: undefined,
      consent: new Set<never>(),
    };
    const facts = await gather(system, scope, probes, ["profiles"], {}, given.log);
    const seen = facts.profiles!;
    if (!seen.known) throw new UserError("UNSEEN", seen.why, { exitCode: EXIT.incomplete });
    const { profilesJson, profilesText } = await import("../report/profiles.ts");
    const { home } = system.machine;
    const { output } = system.terminal;
    const isJson = given.text("format") === "json";
    const readings = [...seen.value.readings.values()];
    const brush = paint(hasColour(given, system, output));
    output.write(isJson ? profilesJson(readings, as, home) : profilesText(readings, home, brush));
    return readings.some(({ refused }) => refused.length > 0) ? EXIT.findings : EXIT.ok;
  },
};

function oneTool(name: string): Tool {
  const tools = parseTools(name, (message) => {
    throw new UserError("BAD_FLAG", `--as: ${message}`);
  });
  if (tools.length !== 1) throw new UserError("BAD_FLAG", "--as takes one tool");
  return tools[0]!;
}
