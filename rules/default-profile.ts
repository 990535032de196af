import { AWS_VAULT, type Finding, IDENTITY_SETTINGS, type Profile, rule, type Section, settings } from "#rule";

export default rule({
  id: "default-profile",
  severity: "warning",
  category: "profiles",
  for: AWS_VAULT,
  summary: "a [default] profile, which commands use by accident and aws-vault hands on to every profile",
  why:
    "A command that names no profile runs as [default] without a word, and aws-vault fills the settings that a profile " +
    "lacks from [default], its role, source and MFA device included; the AWS CLI and the SDKs do not.",
  remedy:
    "give the profile a name of its own and name it with --profile or AWS_PROFILE; keep no more than region and output in [default]",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
    "https://github.com/ByteNess/aws-vault/blob/main/USAGE.md",
  ],
  needs: ["profiles"],
  *check({ profiles }) {
    const seen = new Set<string>();
    for (const { profiles: all } of profiles.readings.values()) {
      for (const { section } of all.get("default")?.layers ?? []) {
        // `[profile default]` has a rule of its own.
        if (section.header.trim() !== "default") continue;
        const key = `${section.file}:${section.headerAt.span?.start}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield judge(section, all.get("default")!);
      }
    }
  },
});

function judge(section: Section, profile: Profile): Finding {
  const at = section.headerAt;
  if (section.file === "credentials") {
    return {
      at,
      says: "[default] in the credentials file: every command that names no profile uses these keys",
      profiles: ["default"],
    };
  }
  const identity = [...settings(profile).values()].filter(({ setting }) => IDENTITY_SETTINGS.includes(setting.name));
  const own = identity.filter(({ layer }) => layer.section === section).map(({ setting }) => setting);
  if (own.length === 0) {
    return { at, severity: "info", says: "[default] gives aws-vault's other profiles the settings that they lack" };
  }
  return {
    at,
    says: `[default] has ${own.map(({ name }) => name).join(", ")}, which aws-vault hands on to every profile without its own`,
    also: own.map((setting) => ({ at: setting.at, says: `every profile inherits this ${setting.name} in aws-vault` })),
    profiles: ["default"],
  };
}
