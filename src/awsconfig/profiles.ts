import type { Layer, Profile, Reading, Section, Setting } from "../model/reading.ts";
import type { Tool } from "../model/tool.ts";
import { type Document, ReadSection } from "./document.ts";
import { Above, expandAll } from "./expand.ts";
import { awsVaultMeaning, cliMeaning, isProfileDefault, sdkMeaning } from "./header.ts";
import { MANNERS } from "./manners.ts";
import { type FileReading, readFile, SHARED_HEADER } from "./read.ts";

/** Both files as one tool understands them. */
export function read(tool: Tool, config: Document, credentials: Document): Reading {
  const manners = MANNERS[tool];
  const files = [readFile(config, manners)];
  if (manners.readsCredentials) files.push(readFile(credentials, manners));
  const refused = files.flatMap((file) => file.refused ?? []);
  if (refused.length > 0) return { tool, refused, profiles: new Map(), ssoSessions: new Map(), services: new Map() };
  switch (tool) {
    case "cli":
      return readAsCli(files);
    case "sdk":
      return readAsSdk(files);
    case "aws-vault-byteness":
    case "aws-vault-99designs":
      return readAsAwsVault(tool, files[0]!);
  }
}

/** The setting that decides, of a profile: the first layer's that has it. */
export function setting(profile: Profile, name: string): Setting | undefined {
  for (const { section } of profile.layers) {
    const found = section.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every setting of a profile with the layer it comes from; what a higher layer has, a lower one does not show. */
export function settings(profile: Profile): Map<string, { setting: Setting; layer: Layer }> {
  const all = new Map<string, { setting: Setting; layer: Layer }>();
  for (const layer of profile.layers) {
    for (const found of layer.section.all()) if (!all.has(found.name)) all.set(found.name, { setting: found, layer });
  }
  return all;
}

function readAsCli(files: readonly FileReading[]): Reading {
  const [config, credentials] = files;
  const profiles = new Map<string, { config?: Section; credentials?: Section }>();
  const ssoSessions = new Map<string, Section>();
  const services = new Map<string, Section>();
  for (const section of withDefaults(config!.sections)) {
    const { kind, name } = cliMeaning(section.header, "config");
    // A later section of the same name (`[default]` and `[profile default]`) takes the earlier one's place.
    if (kind === "profile") profiles.set(name, { config: section });
    else if (kind === "sso-session") ssoSessions.set(name, section);
    else if (kind === "services") services.set(name, section);
  }
  for (const section of withDefaults(credentials!.sections)) {
    profiles.set(section.header, { ...profiles.get(section.header), credentials: section });
  }
  return { tool: "cli", refused: [], profiles: stack(profiles), ssoSessions, services };
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
  const profiles = new Map<string, { config?: Section; credentials?: Section }>();
  const ssoSessions = new Map<string, Section>();
  const services = new Map<string, Section>();
  const hasProfileDefault = config!.sections.some(({ header }) => isProfileDefault(header));
  for (const section of config!.sections) {
    const { kind, name } = sdkMeaning(section.header, "config");
    // `[profile default]` wins over `[default]` as a whole, wherever they stand.
    if (kind === "profile" && hasProfileDefault && name === "default" && !isProfileDefault(section.header)) continue;
    if (kind === "profile") profiles.set(name, { config: merge(profiles.get(name)?.config, section) });
    else if (kind === "sso-session") ssoSessions.set(name, merge(ssoSessions.get(name), section));
    else if (kind === "services") services.set(name, merge(services.get(name), section));
  }
  for (const section of credentials!.sections) {
    const { kind, name } = sdkMeaning(section.header, "credentials");
    if (kind !== "profile") continue;
    const known = profiles.get(name);
    profiles.set(name, { ...known, credentials: merge(known?.credentials, section) });
  }
  return { tool: "sdk", refused: [], profiles: stack(profiles), ssoSessions, services };
}

function stack(profiles: ReadonlyMap<string, { config?: Section; credentials?: Section }>): Map<string, Profile> {
  const stacked = new Map<string, Profile>();
  for (const [name, { config, credentials }] of profiles) {
    const layers: Layer[] = [];
    if (credentials !== undefined) layers.push({ kind: "credentials", section: credentials });
    if (config !== undefined) layers.push({ kind: "config", section: config });
    stacked.set(name, { name, layers });
  }
  return stacked;
}

/** Two sections of one name: the later setting wins. */
function merge(earlier: Section | undefined, later: Section): Section {
  if (earlier === undefined) return later;
  const merged = new Map<string, Setting>();
  for (const one of earlier.all()) merged.set(one.name, one);
  for (const one of later.all()) merged.set(one.name, one);
  return new ReadSection(later.file, earlier.header, earlier.headerAt, merged);
}

function readAsAwsVault(tool: Tool, config: FileReading): Reading {
  const own = new Map<string, Section>();
  const ssoSessions = new Map<string, Section>();
  let shared: Section | undefined;
  let profileDefault: Section | undefined;
  for (const section of config.sections) {
    const { kind, name } = awsVaultMeaning(section.header);
    if (kind === "profile") own.set(name, merge(own.get(name), section));
    else if (kind === "sso-session") ssoSessions.set(name, merge(ssoSessions.get(name), section));
    else if (section.header === SHARED_HEADER) shared = merge(shared, section);
    else if (section.header === "profile default") profileDefault = merge(profileDefault, section);
  }
  // What stands above `[profile default.a]` is `[profile default]`, and not `[default]`.
  const prefixed = new Map(own);
  prefixed.delete("default");
  if (profileDefault !== undefined) prefixed.set("default", profileDefault);
  const above = new Above(prefixed);
  expandAll([...own, ...prefixed], above, shared);
  const aboveSessions = new Above(ssoSessions);
  expandAll(ssoSessions, aboveSessions, shared);
  for (const [name, section] of ssoSessions)
    if (name.includes(".")) ssoSessions.set(name, aboveSessions.addedTo(name, section));
  const fromDefault = own.has("default") ? inherited("default", own, "default") : [];
  const profiles = new Map<string, Profile>();
  for (const [name, section] of own) {
    const layers: Layer[] = [{ kind: "config", section }];
    for (const parent of above.of(name)) layers.push({ kind: "parent", section: parent });
    const include = includeOf(layers);
    if (include !== undefined) layers.push(...inherited(include, own, "include_profile"));
    else if (name !== "default") layers.push(...fromDefault);
    profiles.set(name, { name, layers });
  }
  return { tool, refused: [], profiles, ssoSessions, services: new Map() };
}

const includeOf = (layers: readonly Layer[]): string | undefined => {
  for (const { section } of layers) {
    const include = section.get("include_profile");
    if (include !== undefined && include.value !== "") return include.value;
  }
  return undefined;
};

/** What a profile takes over from another: that one's own settings, its includes, and at the end those of `[default]`. */
function inherited(from: string, own: ReadonlyMap<string, Section>, kind: "include_profile" | "default"): Layer[] {
  const layers: Layer[] = [];
  const visited = new Set<string>();
  let name: string | undefined = from;
  let as: "include_profile" | "default" = kind;
  while (name !== undefined && !visited.has(name)) {
    visited.add(name);
    const section = own.get(name);
    if (section !== undefined) layers.push({ kind: as, section });
    const include: string | undefined = section?.get("include_profile")?.value;
    as = include ? "include_profile" : "default";
    name = include || (name === "default" ? undefined : "default");
  }
  return layers;
}
