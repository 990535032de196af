import { compare } from "../awsconfig/compare.ts";
import { settings } from "../awsconfig/profiles.ts";
import type { Profile, Reading, Section, Setting } from "../model/reading.ts";
import { TOOL_NAMES, type Tool } from "../model/tool.ts";
import { location } from "./json.ts";
import { jsonText } from "./json-text.ts";
import type { Paint } from "./paint.ts";
import { placeName } from "./place.ts";
import { printable } from "./printable.ts";
import { valueText } from "./value.ts";

/** Every profile with its settings; where several tools read, a mark at what not all of them see. */
export function profilesText(readings: readonly Reading[], home: string, brush: Paint): string {
  const refused = readings.flatMap(({ tool, refused: all }) =>
    all.map(
      ({ at, message }) =>
        `${brush.red("refused")} ${placeName(at, home)}: ${TOOL_NAMES[tool]} stops at ${printable(message)}`,
    ),
  );
  const read = readings.filter((reading) => reading.refused.length === 0);
  const blocks = [...compare(read)].map(([name, profile]) => {
    const title = `[${printable(name)}]${mark(profile.tools, read.length, brush)}`;
    const lines = [...profile.settings.values()].flat().map(({ setting, kind, tools }) => {
      const from = kind === "config" || kind === "credentials" ? "" : ` (${kind})`;
      const place = brush.dim(placeName(setting.at, home) + from);
      const seenBy = mark(tools, profile.tools.length, brush);
      return `  ${printable(setting.name).padEnd(24)} ${valueText(setting)}  ${place}${seenBy}`;
    });
    return [brush.bold(title), ...lines].join("\n");
  });
  const parts = [...refused, ...blocks];
  return parts.length === 0 ? "no profiles\n" : `${parts.join("\n\n")}\n`;
}

/** Who sees it, where not all do. */
function mark(tools: readonly Tool[], all: number, brush: Paint): string {
  if (tools.length === all) return "";
  return `  ${brush.yellow(`≠ only ${tools.map((tool) => TOOL_NAMES[tool].replace(/^the /, "")).join(", ")}`)}`;
}

/** One reading alone, or several in a list. */
export function profilesJson(readings: readonly Reading[], isOne: boolean, home: string): string {
  const all = readings.map((reading) => ({
    as: reading.tool,
    refused: reading.refused.map(({ at, message }) => ({ ...location(at, home), message })),
    profiles: named(
      reading.profiles,
      (profile: Profile) => [...settings(profile).values()].map(({ setting }) => setting),
      home,
    ),
    ssoSessions: named(reading.ssoSessions, (section: Section) => section.all(), home),
    services: named(reading.services, (section: Section) => section.all(), home),
  }));
  const document = { schemaVersion: 1, ...(isOne ? all[0] : { readings: all }) };
  return `${jsonText(document, 2)}\n`;
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
