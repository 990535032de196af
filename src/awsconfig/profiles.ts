import type { Layer, Profile, Reading, Section, Setting } from "../model/reading.ts";
import type { Tool } from "../model/tool.ts";
import { AwsVaultProfiles } from "./aws-vault-profiles.ts";
import { AwsProfile, BothFiles } from "./both-files.ts";
import { ByName, hasWithout } from "./by-name.ts";
import type { Document } from "./document.ts";
import { Above, expandAll } from "./expand.ts";
import type { FileReading } from "./file-reading.ts";
import { awsVaultMeaning, cliMeaning, isProfileDefault, SHARED_HEADER, sdkMeaning } from "./header.ts";
import { MANNERS } from "./manners.ts";
import { type PlainFile } from "./plain-file.ts";
import { readFile } from "./read.ts";
import { ReadSection } from "./section.ts";

/** Both files as one tool understands them. */
export function read(tool: Tool, config: Document, credentials: Document): Reading {
  const manners = MANNERS[tool];
  const files = [readFile(config, manners)];
  if (manners.readsCredentials) files.push(readFile(credentials, manners));
  const refused = files.flatMap((file) => file.refused ?? []);
  if (refused.length > 0) return { tool, refused, profiles: new Map(), ssoSessions: new Map(), services: new Map() };
  const { plain } = files[0]!;
  switch (tool) {
    case "cli":
    case "sdk":
      if (plain !== undefined && files[1]!.plain !== undefined) return asItStands(tool, plain, files[1]!.plain);
      return tool === "cli" ? readAsCli(files) : readAsSdk(files);
    case "aws-vault-byteness":
    case "aws-vault-99designs":
      return plain ? awsVaultReading(tool, plain) : readAsAwsVault(tool, files[0]!);
  }
}

const asItStands = (tool: Tool, config: PlainFile, credentials: PlainFile): Reading => ({
  tool,
  refused: [],
  profiles: credentials.isEmpty ? config.profiles : new BothFiles(config.profiles, credentials.profiles),
  ssoSessions: config.ssoSessions,
  services: config.services,
});

/** Every setting of a profile with the layer it comes from; what a higher layer has, a lower one does not show. */
export function settings(profile: Profile): Map<string, { setting: Setting; layer: Layer }> {
  const all = new Map<string, { setting: Setting; layer: Layer }>();
  for (const layer of profile.layers) {
    for (const found of layer.section.all()) if (!all.has(found.name)) all.set(found.name, { setting: found, layer });
  }
  return all;
}

const bySetting = new WeakMap<Reading["profiles"], Map<string, readonly Profile[]>>();

/**
 * The profiles that have a setting, of their own or taken over, and lack another where one is given. Looked for once, for
 * all who ask. Who asks for what is rare spares ten thousand profiles an object each.
 */
export function profilesWith({ profiles }: Reading, name: string, without?: string): readonly Profile[] {
  let known = bySetting.get(profiles);
  if (known === undefined) bySetting.set(profiles, (known = new Map()));
  const key = without === undefined ? name : `${name} ${without}`;
  let found = known.get(key);
  if (found === undefined) {
    found =
      profiles instanceof ByName
        ? profiles.having(name, without)
        : [...profiles.values()].filter(hasWithout(name, without));
    known.set(key, found);
  }
  return found;
}

const sources = new WeakMap<Reading["profiles"], ReadonlySet<string>>();

/** What profiles name as their source, and perhaps some more that stand in that place. Looked for once. */
export function sourceNames({ profiles }: Reading): ReadonlySet<string> {
  let found = sources.get(profiles);
  if (found === undefined) {
    found = new Set(
      profiles instanceof ByName
        ? profiles.valuesOf("source_profile")
        : [...profiles.values()].flatMap((profile) => profile.get("source_profile")?.value ?? []),
    );
    sources.set(profiles, found);
  }
  return found;
}

/** The names of profiles that a text is part of. */
export const namesWith = ({ profiles }: Reading, part: string): readonly string[] =>
  profiles instanceof ByName ? profiles.namesWith(part) : [...profiles.keys()].filter((name) => name.includes(part));

const bySource = new WeakMap<Reading["profiles"], ReadonlyMap<string, readonly Profile[]>>();

/** The profiles that name one as their source, by its name, whether or not there is such a profile. Made once. */
export function profilesBySource(reading: Reading): ReadonlyMap<string, readonly Profile[]> {
  const known = bySource.get(reading.profiles);
  if (known !== undefined) return known;
  const all = new Map<string, Profile[]>();
  for (const profile of profilesWith(reading, "source_profile")) {
    const name = profile.get("source_profile")!.value;
    const others = all.get(name);
    if (others === undefined) all.set(name, [profile]);
    else others.push(profile);
  }
  bySource.set(reading.profiles, all);
  return all;
}

function readAsCli(files: readonly FileReading[]): Reading {
  const [config, credentials] = files;
  const profiles = new Map<string, AwsProfile>();
  const ssoSessions = new Map<string, Section>();
  const services = new Map<string, Section>();
  for (const section of withDefaults(config!.sections)) {
    const { kind, name } = cliMeaning(section.header, "config");
    // A later section of the same name (`[default]` and `[profile default]`) takes the earlier one's place.
    if (kind === "profile") profiles.set(name, new AwsProfile(name, section));
    else if (kind === "sso-session") ssoSessions.set(name, section);
    else if (kind === "services") services.set(name, section);
  }
  for (const section of withDefaults(credentials!.sections)) profileOf(section.header, profiles).credentials = section;
  return { tool: "cli", refused: [], profiles, ssoSessions, services };
}

function profileOf(name: string, profiles: Map<string, AwsProfile>): AwsProfile {
  let profile = profiles.get(name);
  if (profile === undefined) profiles.set(name, (profile = new AwsProfile(name, undefined)));
  return profile;
}

/** Python's configparser hands the settings of `[DEFAULT]` on to every other section. */
function withDefaults(sections: readonly Section[]): readonly Section[] {
  const defaults = sections.filter((section) => section.header === SHARED_HEADER);
  if (defaults.length === 0) return sections;
  const handedOn = new Map(defaults.flatMap((section) => [...section.all()].map((one) => [one.name, one] as const)));
  return sections
    .filter((section) => section.header !== SHARED_HEADER)
    .map((section) => {
      const merged = new Map(handedOn);
      for (const own of section.all()) merged.set(own.name, own);
      return new ReadSection(section.file, section.header, section.headerAt, merged);
    });
}

function readAsSdk(files: readonly FileReading[]): Reading {
  const [config, credentials] = files;
  const profiles = new Map<string, AwsProfile>();
  const ssoSessions = new Map<string, Section>();
  const services = new Map<string, Section>();
  const hasProfileDefault = config!.sections.some(({ header }) => isProfileDefault(header));
  for (const section of config!.sections) {
    const { kind, name } = sdkMeaning(section.header, "config");
    if (kind === "profile") {
      // `[profile default]` wins over `[default]` as a whole, wherever they stand.
      if (hasProfileDefault && name === "default" && !isProfileDefault(section.header)) continue;
      const profile = profileOf(name, profiles);
      profile.config = merge(profile.config, section);
    } else if (kind === "sso-session") ssoSessions.set(name, merge(ssoSessions.get(name), section));
    else if (kind === "services") services.set(name, merge(services.get(name), section));
  }
  for (const section of credentials!.sections) {
    const { kind, name } = sdkMeaning(section.header, "credentials");
    if (kind !== "profile") continue;
    const profile = profileOf(name, profiles);
    profile.credentials = merge(profile.credentials, section);
  }
  return { tool: "sdk", refused: [], profiles, ssoSessions, services };
}

/** Two sections of one name: the later setting wins. */
function merge(earlier: Section | undefined, later: Section): Section {
  if (earlier === undefined) return later;
  const merged = new Map<string, Setting>();
  for (const one of earlier.all()) merged.set(one.name, one);
  for (const one of later.all()) merged.set(one.name, one);
  return new ReadSection(later.file, earlier.header, earlier.headerAt, merged);
}

function readAsAwsVault(tool: Tool, { sections }: FileReading): Reading {
  const profiles = new Map<string, Section>();
  const ssoSessions = new Map<string, Section>();
  let shared: Section | undefined;
  let profileDefault: Section | undefined;
  for (const section of sections) {
    const { kind, name } = awsVaultMeaning(section.header);
    if (kind === "profile") profiles.set(name, merge(profiles.get(name), section));
    else if (kind === "sso-session") ssoSessions.set(name, merge(ssoSessions.get(name), section));
    else if (section.header === SHARED_HEADER) shared = merge(shared, section);
    else if (section.header === "profile default") profileDefault = merge(profileDefault, section);
  }
  // What stands above `[profile default.a]` is `[profile default]`, and not `[default]`.
  const prefixed = new Map(profiles);
  prefixed.delete("default");
  if (profileDefault !== undefined) prefixed.set("default", profileDefault);
  const above = new Above(prefixed);
  expandAll([...profiles, ...prefixed], above, shared);
  const aboveSessions = new Above(ssoSessions);
  expandAll(ssoSessions, aboveSessions, shared);
  for (const [name, section] of ssoSessions)
    if (name.includes(".")) ssoSessions.set(name, aboveSessions.addedTo(name, section));
  return awsVaultReading(tool, { profiles, ssoSessions }, above);
}

const awsVaultReading = (
  tool: Tool,
  { profiles, ssoSessions }: Record<"profiles" | "ssoSessions", ReadonlyMap<string, Section>>,
  above?: Above,
): Reading => ({
  tool,
  refused: [],
  profiles: new AwsVaultProfiles(profiles, above),
  ssoSessions,
  services: new Map(),
});
