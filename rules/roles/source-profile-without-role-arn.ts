import {
  edit,
  isAwsVault,
  lineOf,
  neighbour,
  ownSetting,
  type Profiles,
  plainReading,
  profilesWith,
  rule,
  type SettingLine,
  tell,
} from "#rule";

export default rule({
  id: "source-profile-without-role-arn",
  severity: "warning",
  category: "roles",
  summary: "source_profile in a profile without a role",
  why:
    "source_profile says whose credentials a role is assumed with. Without role_arn the AWS CLI passes over it, so that the profile " +
    "has no credentials, SDKs for Go refuse the profile, and aws-vault uses the source's keys as they are.",
  remedy: "add role_arn, or take the line out and use the source profile itself",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/config.md",
  ],
  errors: [
    "credential type source_profile requires role_arn, profile …",
    "CredentialRequiresARNError: credential type source_profile requires role_arn",
  ],
  about: { settings: ["source_profile"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const { profiles } = facts;
    const reading = plainReading(profiles);
    for (const profile of reading === undefined ? [] : profilesWith(reading, "source_profile", "role_arn")) {
      const source = ownSetting(profile, "source_profile");
      const found = source && source.value !== "" ? lineOf(facts, source) : undefined;
      if (found === undefined) continue;
      const forVault = profiles.tools.some(isAwsVault) && isForAwsVault(profiles, found);
      yield* tell(
        found,
        facts,
        {
          says: `'${profile.name}' names a source and has no role to use it for`,
          ...(forVault ? { severity: "info" as const } : {}),
          ...(forVault
            ? {}
            : { fix: { title: "take the line out", safety: "ask", steps: [edit(found.setting.linesAt, "")] } }),
        },
        ["cli", "sdk"],
      );
    }
  },
});

/** A profile that others include, or that includes another, is written for aws-vault. So is one that names itself. */
function isForAwsVault({ readings, tools }: Profiles, found: SettingLine): boolean {
  if (found.setting.value === found.name || neighbour(found, "include_profile") !== undefined) return true;
  return tools.filter(isAwsVault).some((tool) => {
    const reading = readings.get(tool)!;
    if (reading.profiles.get(found.name)?.has("role_arn") === true) return true;
    return profilesWith(reading, "include_profile").some((one) => one.get("include_profile")!.value === found.name);
  });
}
