import { settings } from "../awsconfig/profiles.ts";
import { gather } from "../doctor/gather.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Profile, Reading, Section, Setting } from "../model/reading.ts";
import { TOOL_NAMES, type Tool } from "../model/tool.ts";
import { parseTools } from "../preferences.ts";
import { probes } from "../probes/index.ts";
import { location } from "../report/json.ts";
import { paint } from "../report/paint.ts";
import { placeName } from "../report/place.ts";
import { printable } from "../report/printable.ts";
import { hasColour } from "./colour.ts";
import type { Command } from "./command.ts";

export const profiles: Command = {
  name: "profiles",
  takes: "",
  summary: "Show every profile and setting as a tool reads them, with the place of each",
  examples: [
    ["aws-vault-doctor profiles --as aws-vault", "what aws-vault sees, with what it takes over from [default]"],
  ],
  flags: {
    as: { kind: "text", says: "the tool that reads: cli, sdk, aws-vault, aws-vault-99designs (default: cli)" },
    format: { kind: "text", says: "how to print", choices: ["human", "json"] },
  },
  async run(given, system) {
    const tool = oneTool(given.text("as") ?? "cli");
    const scope = {
      config: undefined,
      credentials: undefined,
      filesOnly: false,
      tools: [tool],
      profile: undefined,
      consent: new Set<never>(),
    };
    const facts = await gather(system, scope, probes, ["profiles"], {}, given.log);
    const seen = facts.profiles!;
    if (!seen.known) throw new UserError("UNSEEN", seen.why, { exitCode: EXIT.incomplete });
    const reading = seen.value.readings.get(tool)!;
    const { home } = system.machine;
    const { output } = system.terminal;
    output.write(
      given.text("format") === "json"
        ? asJson(reading, tool, home)
        : asText(reading, tool, home, hasColour(given, system, output)),
    );
    return reading.refused.length > 0 ? EXIT.findings : EXIT.ok;
  },
};

function oneTool(name: string): Tool {
  const tools = parseTools(name, (message) => {
    throw new UserError("BAD_FLAG", `--as: ${message}`);
  });
  if (tools.length !== 1) throw new UserError("BAD_FLAG", "--as takes one tool");
  return tools[0]!;
}

function asText(reading: Reading, tool: Tool, home: string, colour: boolean): string {
  const brush = paint(colour);
  const refused = reading.refused.map(
    ({ at, message }) =>
      `${brush.red("refused")} ${placeName(at, home)}: ${TOOL_NAMES[tool]} stops at ${printable(message)}`,
  );
  const blocks = [...reading.profiles.values()].map((profile) => {
    const rows = [...settings(profile).values()].map(({ setting, layer }) => {
      const from = layer.kind === "config" || layer.kind === "credentials" ? "" : ` (${layer.kind})`;
      return `  ${printable(setting.name).padEnd(24)} ${valueText(setting)}  ${brush.dim(placeName(setting.at, home) + from)}`;
    });
    return [brush.bold(`[${printable(profile.name)}]`), ...rows].join("\n");
  });
  const parts = [...refused, ...blocks];
  return parts.length === 0 ? "no profiles\n" : `${parts.join("\n\n")}\n`;
}

function valueText(setting: Setting): string {
  if (setting.nested)
    return `{ ${[...setting.nested]
      .map(([name, value]) => `${name} = ${value}`)
      .map(printable)
      .join(", ")} }`;
  return setting.hidden ? "(hidden)" : printable(setting.value);
}

function asJson(reading: Reading, tool: Tool, home: string): string {
  const document = {
    schemaVersion: 1,
    as: tool,
    refused: reading.refused.map(({ at, message }) => ({ ...location(at, home), message })),
    profiles: named(
      reading.profiles,
      (profile: Profile) => [...settings(profile).values()].map(({ setting }) => setting),
      home,
    ),
    ssoSessions: named(reading.ssoSessions, (section: Section) => section.all(), home),
    services: named(reading.services, (section: Section) => section.all(), home),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Names come out of a file: an object without a prototype takes `__proto__` like any other. */
function named<T>(
  all: ReadonlyMap<string, T>,
  settingsOf: (one: T) => Iterable<Setting>,
  home: string,
): Record<string, unknown> {
  const result: Record<string, unknown> = Object.create(null);
  for (const [name, one] of all) {
    const entries: Record<string, unknown> = Object.create(null);
    for (const setting of settingsOf(one)) {
      const { file, line } = location(setting.at, home) as { file: string; line: number };
      const value = setting.nested ? Object.fromEntries(setting.nested) : setting.value;
      entries[setting.name] = setting.hidden ? { secret: true, file, line } : { value, file, line };
    }
    result[name] = entries;
  }
  return result;
}
