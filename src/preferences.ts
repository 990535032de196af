import { UserError } from "./errors.ts";
import { SEVERITIES, type Severity } from "./model/finding.ts";
import { TOOLS, type Tool } from "./model/tool.ts";
import { didYouMean } from "./nearest.ts";
import type { System } from "./system/system.ts";

/** What a person or a team has written down about how to judge. */
export interface Preferences {
  readonly failOn: FailOn | undefined;
  readonly tools: readonly Tool[] | undefined;
  readonly ignored: ReadonlySet<string>;
  readonly severities: ReadonlyMap<string, Severity>;
}

export const FAIL_ON = [...SEVERITIES, "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

const PREFERENCES_BYTES_MAX = 1024 * 1024; // A page of settings; anything larger is another kind of file.
const KEYS = ["fail-on", "for", "ignore", "severity"];

/** `aws-vault-doctor.ini` in the working folder, over the user's own file. Throws a UserError for what they do not know. */
export async function loadPreferences(system: System, ruleIds: ReadonlySet<string>): Promise<Preferences> {
  const user = await load(`${configFolder(system)}/aws-vault-doctor/config.ini`, system, ruleIds);
  const project = await load(`${system.machine.folder}/aws-vault-doctor.ini`, system, ruleIds);
  return {
    failOn: project?.failOn ?? user?.failOn,
    tools: project?.tools ?? user?.tools,
    ignored: new Set([...(user?.ignored ?? []), ...(project?.ignored ?? [])]),
    severities: new Map([...(user?.severities ?? []), ...(project?.severities ?? [])]),
  };
}

/** The XDG base directory specification: a relative XDG_CONFIG_HOME does not count. */
function configFolder(system: System): string {
  const named = system.environment["XDG_CONFIG_HOME"];
  return named?.startsWith("/") === true ? named : `${system.machine.home}/.config`;
}

async function load(path: string, system: System, ruleIds: ReadonlySet<string>): Promise<Preferences | undefined> {
  if (system.files.follow(path)?.kind !== "file") return undefined;
  const text = new TextDecoder().decode(system.files.read(path, PREFERENCES_BYTES_MAX));
  const { parse } = await import("ini");
  return interpret(path, text, parse(text), ruleIds);
}

function interpret(
  path: string,
  text: string,
  content: Record<string, unknown>,
  ruleIds: ReadonlySet<string>,
): Preferences {
  const trouble = (key: string, message: string): never => {
    const line = text.split("\n").findIndex((one) => one.trimStart().replace(/^\[/, "").startsWith(key)) + 1;
    throw new UserError("BAD_PREFERENCES", `${path}${line > 0 ? `:${line}` : ""}: ${message}`);
  };
  const text_ = (key: string): string | undefined => {
    const value = content[key];
    if (value === undefined || typeof value === "string") return value;
    return trouble(key, `'${key}' takes one line of text`);
  };
  for (const key of Object.keys(content))
    if (!KEYS.includes(key)) trouble(key, `unknown setting '${key}'${didYouMean(key, KEYS)}`);
  const known = (id: string): string =>
    ruleIds.has(id) ? id : trouble(id, `there is no rule '${id}'${didYouMean(id, ruleIds)}`);
  const severities = new Map<string, Severity>();
  const ignored = new Set(words(text_("ignore")).map(known));
  const section = content["severity"] ?? {};
  if (typeof section !== "object")
    trouble("severity", "'severity' is a section: [severity], and below it rule = error, warning, info or off");
  for (const [id, value] of Object.entries(section as object)) {
    known(id);
    if (value === "off") ignored.add(id);
    else if (isOneOf(SEVERITIES, value)) severities.set(id, value);
    else trouble(id, `'${String(value)}' is no severity: write error, warning, info or off`);
  }
  const failOn = text_("fail-on");
  if (failOn !== undefined && !isOneOf(FAIL_ON, failOn))
    trouble("fail-on", `'fail-on' is ${FAIL_ON.join(", ")}, and not '${failOn}'`);
  const tools = text_("for");
  return {
    failOn: failOn as FailOn | undefined,
    tools: tools === undefined ? undefined : parseTools(tools, (message) => trouble("for", message)),
    ignored,
    severities,
  };
}

/** `aws-vault, cli` as tools. `aws-vault` means the maintained fork. */
export function parseTools(list: string, trouble: (message: string) => never): Tool[] {
  const names = words(list);
  if (names.length === 0) trouble("'for' names the tools that must work: aws-vault, cli, sdk, aws-vault-99designs");
  return names.map((name) => {
    if (name === "aws-vault") return "aws-vault-byteness";
    return isOneOf(TOOLS, name)
      ? name
      : trouble(`there is no tool '${name}'${didYouMean(name, ["aws-vault", ...TOOLS])}`);
  });
}

const words = (list: string | undefined): string[] => (list ?? "").split(/[\s,]+/).filter((word) => word !== "");

const isOneOf = <const T extends string>(all: readonly T[], value: unknown): value is T => all.includes(value as T);
