import { EXIT, UserError } from "../errors.ts";
import { TOOLS } from "../model/tool.ts";
import { didYouMean } from "../nearest.ts";
import { paint } from "../report/paint.ts";
import { hasColour } from "./colour.ts";
import type { Command } from "./command.ts";
import { look, toolsAsked } from "./looking.ts";

const WIDTH_MAX = 120;

export const why: Command = {
  name: "why",
  takes: "[profile]",
  summary: "Say how a profile comes to its credentials: which line decides each step, and what loses",
  examples: [
    ["aws-vault-doctor why prod", "in every tool, told together where they agree"],
    ["aws-vault-doctor why prod --as aws-vault", "with the calls that aws-vault makes, how long, and with which MFA"],
  ],
  flags: {
    as: { kind: "text", says: "the tool that asks: cli, sdk, aws-vault, aws-vault-99designs (default: all)" },
    format: { kind: "text", says: "how to print", choices: ["human", "json"] },
  },
  async run(given, system) {
    const tools = toolsAsked(given) ?? TOOLS;
    const { profiles, environment } = await look(given, system, tools, "profiles", "environment");
    const { explain } = await import("../routes/why.ts");
    const { readings, routes, active } = profiles;
    const named = given.words[0];
    const explained = tools.map((tool) => {
      const inUse = active.get(tool)!;
      const profile = named ?? inUse.name;
      return explain({
        profile,
        chosenBy: profile === inUse.name ? inUse.chosenBy : undefined,
        reading: readings.get(tool)!,
        routes: routes.get(tool)!,
        environment,
      });
    });
    if (explained.every(({ exists, refused }) => !exists && refused.length === 0)) {
      const names = new Set([...readings.values()].flatMap((reading) => [...reading.profiles.keys()]));
      const { profile } = explained[0]!;
      throw new UserError("NO_SUCH_PROFILE", `there is no profile '${profile}'${didYouMean(profile, names)}`, {
        hint: "`aws-vault-doctor profiles` lists them",
      });
    }
    const { home } = system.machine;
    const { output } = system.terminal;
    if (given.text("format") === "json") {
      const { whyJson } = await import("../report/why-json.ts");
      output.write(whyJson(explained, home));
    } else {
      const { why: asText } = await import("../report/why.ts");
      const usesStore = explained.some(({ steps }) => steps.some(({ hop }) => hop.kind === "stored"));
      const store = usesStore ? (await look(given, system, tools, "store")).store : undefined;
      const width = Math.max(24, Math.min(output.columns, WIDTH_MAX));
      output.write(asText(explained, { width, paint: paint(hasColour(given, system, output)), home, store }));
    }
    return explained.some(({ exists, lost }) => !exists || lost !== undefined) ? EXIT.findings : EXIT.ok;
  },
};
