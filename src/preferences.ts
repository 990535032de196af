import { UserError } from "./errors.ts";
import { SEVERITIES, type Severity } from "./model/finding.ts";
import type { FilePlace } from "./model/place.ts";
import type { Policy } from "./model/policy.ts";
import { TOOLS, type Tool } from "./model/tool.ts";
import { didYouMean } from "./nearest.ts";
import { policiesIn } from "./policy.ts";
import { FileTrouble, type System } from "./system/system.ts";

/** What a person or a team has written down about how to judge. */
export interface Preferences {
  readonly failOn: FailOn | undefined;
  readonly tools: readonly Tool[] | undefined;
  readonly ignored: ReadonlySet<string>;
  readonly severities: ReadonlyMap<string, Severity>;
  readonly policies: readonly Policy[];
}

export const FAIL_ON = [...SEVERITIES, "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

const PREFERENCES_BYTES_MAX = 1024 * 1024; // A page of settings; anything larger is another kind of file.
const LINE_END = /\r\n|\r|\n/;
const KEYS = ["fail-on", "for", "ignore", "severity", "expect_account", "policy"];

/** `aws-vault-doctor.ini` in the working folder, over the user's own file. Throws a UserError for what they do not know. */
export async function loadPreferences(system: System, ruleIds: ReadonlySet<string>): Promise<Preferences> {
  const { user, project } = await load(system, (file) => interpret(file, ruleIds));
  // What the project gives a severity, it wants to hear of.
  const ignoredByUser = [...(user?.ignored ?? [])].filter((rule) => project?.severities.has(rule) !== true);
  return {
    failOn: project?.failOn ?? user?.failOn,
    tools: project?.tools ?? user?.tools,
    ignored: new Set([...ignoredByUser, ...(project?.ignored ?? [])]),
    severities: new Map([...(user?.severities ?? []), ...(project?.severities ?? [])]),
    policies: [...(user?.policies ?? []), ...(project?.policies ?? [])],
  };
}

/** The XDG base directory specification: a relative XDG_CONFIG_HOME does not count. */
function configFolder(system: System): string {
  const named = system.environment["XDG_CONFIG_HOME"];
  return named?.startsWith("/") === true ? named : `${system.machine.home}/.config`;
}

/**
 * `[expect_account]`: the account that a profile's credentials have to belong to, by the profile's name. What a project says of
 * a profile comes before what the user does. Throws a UserError for what is no account.
 */
export async function expectedAccounts(system: System): Promise<ReadonlyMap<string, string>> {
  const { user, project } = await load(system, accountsIn);
  return new Map([...(user ?? []), ...(project ?? [])]);
}

/** A file of preferences, and how to say what is wrong in it, and where. */
interface File {
  readonly path: string;
  readonly text: string;
  readonly content: Readonly<Record<string, unknown>>;
}

async function load<T>(
  system: System,
  take: (file: File) => T,
): Promise<{ readonly user: T | undefined; readonly project: T | undefined }> {
  const loadOne = async (path: string): Promise<T | undefined> => {
    const bytes = read(path, system);
    if (bytes === undefined) return undefined;
    const text = new TextDecoder().decode(bytes);
    // Built, the module has this one name only.
    const { default: ini } = await import("ini");
    return take({ path, text, content: ini.parse(text) });
  };
  const project = `${system.machine.folder}/aws-vault-doctor.ini`;
  mustStand(project, system);
  return {
    user: await loadOne(`${configFolder(system)}/aws-vault-doctor/config.ini`),
    project: await loadOne(project),
  };
}

/** What is wrong in a file is told in its own words, and a stranger's repository must not choose whose words these are. */
function mustStand(path: string, { files, machine: { folder } }: System): void {
  if (files.look(path)?.kind !== "link" || files.follow(path) === undefined) return;
  const [real, realFolder] = [files.real(path), files.real(folder)];
  if (real.startsWith(realFolder) && /^[\\/]/.test(real.slice(realFolder.length))) return;
  throw new UserError("BAD_PREFERENCES", `${path} is a link that leads out of its folder, to ${real}`, {
    hint: "preferences of your own stand in ~/.config/aws-vault-doctor/config.ini, and there a link may lead anywhere",
  });
}

function read(path: string, { files }: System): Uint8Array | undefined {
  try {
    return files.follow(path)?.kind === "file" ? files.read(path, PREFERENCES_BYTES_MAX) : undefined;
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    throw new UserError("BAD_PREFERENCES", `${path} cannot be read: ${error.message}`, { cause: error });
  }
}

const troubleIn =
  ({ path, text }: File) =>
  (place: string, message: string): never => {
    const line = find(text, place)?.line;
    throw new UserError("BAD_PREFERENCES", `${path}${line === undefined ? "" : `:${line}`}: ${message}`);
  };

function accountsIn(file: File): ReadonlyMap<string, string> {
  const trouble = troubleIn(file);
  const section = file.content["expect_account"] ?? {};
  if (typeof section !== "object" || Array.isArray(section))
    return trouble(
      "expect_account",
      "'expect_account' is a section: [expect_account], and below it profile = 111122223333",
    );
  return new Map(
    Object.entries(section as Readonly<Record<string, unknown>>).map(([profile, account]) =>
      typeof account === "string" && /^\d{12}$/.test(account)
        ? [profile, account]
        : trouble(`expect_account.${profile}`, `what is expected of '${profile}' is no account: write its 12 digits`),
    ),
  );
}

function interpret(file: File, ruleIds: ReadonlySet<string>): Preferences {
  const { text, content } = file;
  const trouble = troubleIn(file);
  accountsIn(file);
  const oneLine = (key: string): string | undefined => {
    const value = content[key];
    if (value === undefined || typeof value === "string") return value;
    // Of the words true, false and null ini makes values, and of a key alone makes true.
    if ((typeof value === "boolean" || value === null) && find(text, key)?.hasValue === true) return String(value);
    return trouble(key, `'${key}' takes one line of text`);
  };
  for (const key of Object.keys(content))
    if (!KEYS.includes(key)) trouble(key, `unknown setting '${key}'${didYouMean(key, KEYS)}`);
  const known = (id: string, place: string): string =>
    ruleIds.has(id) ? id : trouble(place, `there is no rule '${id}'${didYouMean(id, ruleIds)}`);
  const severities = new Map<string, Severity>();
  const ignored = new Set(words(oneLine("ignore")).map((id) => known(id, "ignore")));
  const section = "severity" in content ? content["severity"] : {};
  if (typeof section !== "object" || section === null || Array.isArray(section))
    return trouble("severity", "'severity' is a section: [severity], and below it rule = error, warning, info or off");
  for (const [id, value] of Object.entries<unknown>({ ...section })) {
    const place = `severity.${known(id, `severity.${id}`)}`;
    if (value === "off") ignored.add(id);
    else if (isOneOf(SEVERITIES, value)) severities.set(id, value);
    else if (typeof value === "object" && value !== null) trouble(place, `'${id}' takes one line of text`);
    else trouble(place, `'${String(value)}' is no severity: write error, warning, info or off`);
  }
  const failOn = oneLine("fail-on");
  if (failOn !== undefined && !isOneOf(FAIL_ON, failOn))
    return trouble("fail-on", `'fail-on' is ${FAIL_ON.join(", ")}, and not '${failOn}'`);
  const tools = oneLine("for");
  return {
    failOn,
    tools: tools === undefined ? undefined : parseTools(tools, (message) => trouble("for", message)),
    ignored,
    severities,
    policies: policiesIn(content["policy"], {
      place: (key) => placeOf(file, find(text, key)?.line ?? 1),
      trouble: (key, message) => trouble(key, message),
    }),
  };
}

/**
 * Where a key stands, lines counted from 1; `severity.rule` is a key of a section. As for ini the last of its lines
 * counts; a header of that name is the place of a key that has no line of its own.
 */
function find(text: string, place: string): { line: number; hasValue: boolean } | undefined {
  let found: { line: number; hasValue: boolean } | undefined;
  let header: { line: number; hasValue: boolean } | undefined;
  let section = "";
  for (const [index, one] of text.split(LINE_END).entries()) {
    const line = index + 1;
    const name = /^\[([^\]]*)\]\s*$/.exec(one)?.[1]?.trim();
    if (name !== undefined) {
      section = `${name}.`;
      if (section.startsWith(`${place}.`)) header ??= { line, hasValue: false };
      continue;
    }
    const [key = "", ...value] = one.split("=");
    if (section + bare(key) === place) found = { line, hasValue: value.length > 0 };
  }
  return found ?? header;
}

/** A line as a whole. */
function placeOf({ path, text }: File, line: number): FilePlace {
  const lines = text.split(LINE_END).slice(0, line);
  const length = lines.at(-1)!.length;
  const ends = [...text.matchAll(new RegExp(LINE_END, "g"))].slice(0, line - 1);
  const start = [...lines.slice(0, -1), ...ends.map(([end]) => end)].join("").length;
  const span = { start, end: start + length, line, column: 1, endLine: line, endColumn: length + 1 };
  return { kind: "file", path, span };
}

/** A key without its quotes, the brackets that make it a list, and a remark. */
const bare = (key: string): string => {
  const name = key.replace(/[;#].*/, "").trim();
  return name.replace(/^(["'])(.*)\1$/, "$2").replace(/\[\]$/, "");
};

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

const isOneOf = <const T extends string>(all: readonly T[], value: unknown): value is T =>
  all.some((one) => one === value);
