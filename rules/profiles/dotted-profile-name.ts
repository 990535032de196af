import {
  AWS_VAULT,
  IDENTITY_SETTINGS,
  isAwsVault,
  isKnownSetting,
  list,
  namesWith,
  ownSection,
  type Profile,
  rule,
  type Section,
  type Setting,
  suffering,
  type Tool,
} from "#rule";

export default rule({
  id: "dotted-profile-name",
  severity: "warning",
  category: "profiles",
  summary: "a profile 'a.b' that takes settings from 'a' in aws-vault",
  why:
    "For aws-vault's reader a dot in a name makes a family: what [profile dev.admin] does not set, it takes from [profile dev], its " +
    "role, MFA device and region included. The AWS CLI and the SDKs know two profiles that have nothing to do with each other.",
  remedy: "use another sign than a dot, or set in each profile what it needs",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/config.md",
  ],
  for: AWS_VAULT,
  needs: ["profiles"],
  *check({ profiles }) {
    const told = new Map<string, { profile: Profile; parent: Section; taken: Setting[]; tools: Tool[] }>();
    for (const [tool, reading] of profiles.readings) {
      if (!isAwsVault(tool)) continue;
      for (const name of namesWith(reading, ".")) {
        const profile = reading.profiles.get(name)!;
        const known = told.get(name);
        if (known !== undefined) known.tools.push(tool);
        else for (const [parent, taken] of parents(profile)) told.set(name, { profile, parent, taken, tools: [tool] });
      }
    }
    for (const { profile, parent, taken, tools } of told.values()) {
      const names = taken.map(({ name }) => name);
      yield {
        at: ownSection(profile).headerAt,
        says: `'${profile.name}' takes ${list(names)} from [${parent.header}] in aws-vault`,
        ...(names.some((name) => IDENTITY_SETTINGS.includes(name)) ? {} : { severity: "info" }),
        also: taken.map(({ nameAt, name }) => ({ at: nameAt, says: `this ${name}` })),
        profiles: [profile.name],
        ...suffering(tools, profiles),
      };
    }
  },
});

/** The nearest section above it in name that has something it lacks. */
function* parents({ layers }: Profile): Iterable<[Section, Setting[]]> {
  for (const [index, { kind, section }] of layers.entries()) {
    if (kind !== "parent") continue;
    const nearer = layers.slice(0, index);
    const taken = [...section.all()].filter(
      ({ name, value }) =>
        value !== "" && isKnownSetting(name) && !nearer.some((layer) => layer.section.get(name) !== undefined),
    );
    if (taken.length === 0) continue;
    yield [section, taken];
    return;
  }
}
