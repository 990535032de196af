import { gather } from "../doctor/gather.ts";
import { EXIT, UserError } from "../errors.ts";
import { TOOLS } from "../model/tool.ts";
import { didYouMean } from "../nearest.ts";
import { parseTools } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { paint } from "../report/paint.ts";
import { hasColour } from "./colour.ts";
import type { Command } from "./command.ts";

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
    const as = given.text("as");
    const tools =
      as === undefined
        ? TOOLS
        : parseTools(as, (message) => {
            throw new UserError("BAD_FLAG", `--as: ${message}`);
          });
    const scope = {
      config: undefined,
      credentials: undefined,
      filesOnly: false,
      tools,
      profile: undefined,
      consent: new Set<never>(),
    };
    const facts = await gather(system, scope, probes, ["profiles", "environment"], {}, given.log);
    const profiles = facts.profiles!;
    const environment = facts.environment!;
    if (!profiles.known) throw new UserError("UNSEEN", profiles.why, { exitCode: EXIT.incomplete });
    if (!environment.known) throw new UserError("UNSEEN", environment.why, { exitCode: EXIT.incomplete });
    const { explain } = await import("../routes/why.ts");
    const { readings, routes, active } = profiles.value;
    const named = given.words[0];
    const explained = tools.map((tool) => {
      const inUse = active.get(tool)!;
      const profile = named ?? inUse.name;
      return explain({
        profile,
        chosenBy: profile === inUse.name ? inUse.chosenBy : undefined,
        reading: readings.get(tool)!,
        routes: routes.get(tool)!,
        environment: environment.value,
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
      const width = Math.max(24, Math.min(output.columns, WIDTH_MAX));
      output.write(asText(explained, { width, paint: paint(hasColour(given, system, output)), home }));
    }
    return explained.some(({ exists, lost }) => !exists || lost !== undefined) ? EXIT.findings : EXIT.ok;
  },
};
