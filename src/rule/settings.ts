import { profilesWith } from "../awsconfig/profiles.ts";
import { isMasked, readersOf } from "../awsconfig/sight.ts";
import { type LinesByValue, unusualValues } from "../awsconfig/unusual.ts";
import type { AwsDocument, RawSection } from "../model/document.ts";
import type { ActiveProfile, Facts, Profiles } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { FilePlace, Span } from "../model/place.ts";
import type { Profile, Reading, Setting } from "../model/reading.ts";
import { hops, type Route } from "../model/route.ts";
import { isAwsVault, type Tool } from "../model/tool.ts";

import { partsOf } from "./odd.ts";
import { dependents } from "./profiles.ts";
import { suffering } from "./words.ts";

type TwoFiles = Pick<Facts, "config" | "credentials" | "profiles">;

/** A line that sets something, and the section that it stands in. */
export interface SettingLine {
  readonly document: AwsDocument;
  readonly file: "config" | "credentials";
  readonly line: number;
  readonly setting: Setting;
  readonly section: RawSection;
  readonly kind: "profile" | "sso-session";
  /** Of the profile or session. */
  readonly name: string;
}

/** The lines of both files that set one of these in a profile or session, each once, whichever tool reads them. */
export function* settingsNamed(facts: TwoFiles, ...names: readonly string[]): Iterable<SettingLine> {
  for (const [document, file] of [
    [facts.config, "config"],
    [facts.credentials, "credentials"],
  ] as const) {
    if (readersOf(file, facts.profiles.tools).length === 0) continue;
    for (const name of names) {
      for (const line of document.linesNamed(name)) yield* settingLine(document, file, line);
    }
  }
}

function* settingLine(
  document: AwsDocument,
  file: "config" | "credentials",
  line: number,
  section = document.sectionAt(line),
): Iterable<SettingLine> {
  const of = section && owner(section, file);
  const setting = document.setting(line); // None at the margin, where a tool reads an indented line as one.
  if (of !== undefined && setting !== undefined) yield { document, file, line, setting, section: section!, ...of };
}

/** The values at the margin that are wrong, by a test that is asked once for each value. What is masked is passed over. */
export function* wrongSettings(
  facts: TwoFiles,
  name: string,
  isRight: (value: string) => boolean,
): Iterable<SettingLine & { readonly value: string }> {
  for (const [document, file] of [
    [facts.config, "config"],
    [facts.credentials, "credentials"],
  ] as const) {
    if (readersOf(file, facts.profiles.tools).length === 0) continue;
    for (const [value, lines] of worthALook(document, name)) {
      if (isRight(value)) continue;
      for (const line of lines) for (const found of settingLine(document, file, line)) yield { ...found, value };
    }
  }
}

const looked = new WeakMap<AwsDocument, Map<string, LinesByValue>>();

/** The values that some rule may have something against, found once for all of them. */
function worthALook(document: AwsDocument, name: string): LinesByValue {
  let known = looked.get(document);
  if (known === undefined) looked.set(document, (known = new Map()));
  let found = known.get(name);
  if (found === undefined) {
    const values = [...unusualValues(document, name)].filter(([value]) => !isPassedOver(value));
    known.set(name, (found = new Map(values)));
  }
  return found;
}

/** What is longer is something else, and patterns take their time on it. */
const VALUE_MAX = 2048;
const isPassedOver = (value: string): boolean => value.length > VALUE_MAX || ELSEWHERE.test(value) || isMasked(value);

/** What stands for something that somebody was to fill in, and is in no ARN or address: `<account>`, `${ACCOUNT}`, `YOUR_ORG`. */
export const hasPlaceholder = (value: string): boolean =>
  /[<>{}$]|:[A-Z_]*ACCOUNT[A-Z0-9_]*:|\b(?:your|replace)[-_]/i.test(value);

/** What no ARN, region or address has in it; a rule of its own tells of that. */
export const isForeign = (value: string): boolean => /[^\x20-\x7e]/.test(value);

/** Quotes and remarks that are part of a value have rules of their own. */
const ELSEWHERE = /^$|["'`]|\s[#;]/;

function owner(
  { header, kind, name }: RawSection,
  file: SettingLine["file"],
): Pick<SettingLine, "kind" | "name"> | undefined {
  if (header === undefined) return undefined;
  if (kind !== undefined) return kind === "profile" || kind === "sso-session" ? { kind, name: name! } : undefined;
  const { prefix, rest } = partsOf(header);
  if (prefix === "services") return undefined;
  if (prefix === undefined && file === "config" && rest !== "default") return undefined;
  return { kind: prefix ?? "profile", name: rest.replace(/^(["'])(.*)\1$/, "$2") };
}

/** The line that a setting of one of the two files stands on. */
export function lineOf(facts: TwoFiles, { at }: Setting): SettingLine | undefined {
  const isConfig = facts.config.path === at.path;
  const [found] = settingLine(
    isConfig ? facts.config : facts.credentials,
    isConfig ? "config" : "credentials",
    at.span!.line - 1,
  );
  return found;
}

/** What else stands in the same section. */
export function neighbour({ document, section }: SettingLine, name: string): Setting | undefined {
  for (const line of document.linesNamed(name))
    if (line >= section.first && line < section.last) return document.setting(line);
  return undefined;
}

/** A finding about such a line, with the profiles and tools that suffer; none when no tool that is asked about does. */
export function* tell(
  found: SettingLine,
  { profiles }: Pick<Facts, "profiles">,
  finding: Omit<Finding, "at" | "profiles" | "tools"> & Partial<Pick<Finding, "at">>,
  only?: readonly Tool[],
): Iterable<Finding> {
  const tools = readersOf(found.file, profiles.tools).filter((tool) => only?.includes(tool) ?? true);
  if (tools.length === 0) return;
  yield { at: found.setting.at, ...finding, ...sufferers(found, profiles), ...suffering(tools, profiles) };
}

/** Who has so many findings has made one mistake many times, and a chain of ten thousand would be walked for each. */
const WALKED_MAX = 100;
const walked = new WeakMap<Profiles, number>();

/** The profiles that lean on one, in any reading; for the first hundred that ask. */
function leaningOn(profiles: Profiles, name: string): Set<string> {
  const all = new Set([name]);
  const count = (walked.get(profiles) ?? 0) + 1;
  walked.set(profiles, count);
  if (count > WALKED_MAX) return all;
  for (const reading of profiles.readings.values()) for (const one of dependents(reading, name)) all.add(one);
  return all;
}

function sufferers({ kind, name }: SettingLine, profiles: Profiles): { profiles?: string[] } {
  const all = kind === "profile" ? leaningOn(profiles, name) : new Set<string>();
  for (const reading of kind === "profile" ? [] : profiles.readings.values()) {
    for (const profile of profilesWith(reading, "sso_session"))
      if (profile.get("sso_session")!.value === name) all.add(profile.name);
  }
  return all.size === 0 ? {} : { profiles: [...all].sort() };
}

/** The reading that hands nothing on from one profile to another: that of the AWS CLI or the SDKs, or else any. */
export function plainReading({ readings }: Profiles): Reading | undefined {
  const whole = [...readings.values()].filter(({ refused }) => refused.length === 0);
  return whole.find(({ tool }) => tool === "cli") ?? whole.find(({ tool }) => tool === "sdk") ?? whole[0];
}

/** A setting of the profile's own, not one that aws-vault hands on to it. */
export function ownSetting({ layers }: Profile, name: string): Setting | undefined {
  for (const { kind, section } of layers) {
    const found = kind === "config" || kind === "credentials" ? section.get(name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

export interface Active extends ActiveProfile {
  readonly tool: Tool;
  readonly reading: Reading;
  readonly profile: Profile;
  readonly route: Route;
}

/** The profile that each tool would use now, where there is one. */
export function* activeProfiles({ active, readings, routes }: Profiles): Iterable<Active> {
  for (const [tool, { name, chosenBy }] of active) {
    const reading = readings.get(tool)!;
    const profile = reading.profiles.get(name);
    if (profile !== undefined) yield { tool, name, chosenBy, reading, profile, route: routes.get(tool)!.get(name)! };
  }
}

/**
 * The profiles that have no way in a tool, for one reason, by the setting at fault. Asked are those that have one of the
 * settings, and whose way cannot be seen to be whole without going it.
 */
export function lostBecause(
  { config, credentials, profiles }: TwoFiles,
  because: (Route & { found: false })["because"],
  names: readonly string[],
  isWhole: (profile: Profile, reading: Reading) => boolean = () => false,
): { by: Setting; profile: string; missing: readonly string[]; tools: Set<Tool>; sufferers: Set<string> }[] {
  const found = new Map<string, ReturnType<typeof lostBecause>[number]>();
  const set = names.filter((name) => config.linesNamed(name).length + credentials.linesNamed(name).length > 0);
  for (const [tool, reading] of profiles.readings) {
    const asked = set.flatMap((name, index) => {
      const earlier = set.slice(0, index);
      return profilesWith(reading, name).filter(
        (one) => !earlier.some((other) => one.has(other)) && !isWhole(one, reading),
      );
    });
    for (const { name } of asked) {
      const route = profiles.routes.get(tool)!.get(name);
      if (route === undefined || route.found || route.because !== because || route.by === undefined) continue;
      const key = `${route.by.at.path}:${route.by.at.span?.start}:${route.profile}`;
      let one = found.get(key);
      if (one === undefined) {
        const { by, profile, missing } = route;
        found.set(key, (one = { by, profile, missing, tools: new Set(), sufferers: leaningOn(profiles, profile) }));
      }
      one.tools.add(tool);
      one.sufferers.add(name);
    }
  }
  return [...found.values()];
}

/** From one place of a file to another, whichever comes first: for what is wrong about two lines together. */
export function between(one: FilePlace, other: FilePlace): FilePlace {
  const [from, to] = [one.span!, other.span!].sort((a, b) => a.start - b.start) as [Span, Span];
  const { end, endLine, endColumn } = to.end > from.end ? to : from;
  return { ...one, span: { start: from.start, line: from.line, column: from.column, end, endLine, endColumn } };
}

export interface SignOn {
  readonly by: Setting;
  readonly key: { readonly session: string | undefined; readonly startUrl: string };
  readonly names: string[];
  readonly tools: Tool[];
}

/** Where the profile in use signs on with IAM Identity Center, unless the environment has credentials already. */
export function signOns(profiles: Profiles, environment: Facts["environment"]): SignOn[] {
  if (["AWS_ACCESS_KEY_ID", "AWS_VAULT", "AWS_WEB_IDENTITY_TOKEN_FILE"].some((name) => environment.get(name)?.value))
    return [];
  const found = new Map<string, SignOn>();
  for (const { tool, name, reading, profile, route } of activeProfiles(profiles)) {
    // aws-vault keeps its tokens in its own store. Who has keys too, has another trouble.
    if (isAwsVault(tool) || !route.found || profile.has("aws_access_key_id")) continue;
    const start = hops(route)[0]!;
    const own = start.kind === "sso" ? reading.profiles.get(start.profile) : undefined;
    if (start.kind !== "sso" || own === undefined) continue;
    const session = own.get("sso_session")?.value;
    const startUrl =
      (session === undefined ? own : reading.ssoSessions.get(session))?.get("sso_start_url")?.value ?? "";
    const one = found.get(startUrl) ?? {
      by: start.by,
      key: { session, startUrl },
      names: [...new Set([name, own.name])],
      tools: [],
    };
    found.set(startUrl, one);
    one.tools.push(tool);
  }
  return [...found.values()];
}
