import { rolesWithoutMfa, rule, setting } from "#rule";

export default rule({
  id: "mfa-serial-missing",
  severity: "info",
  category: "profiles",
  summary: "a role is assumed with long-term keys and without MFA",
  why:
    "Neither the role profile nor its source has an mfa_serial. Where a policy asks for MFA, AWS answers AccessDenied and does " +
    "not say why; where none does, a stolen key is enough to become this role.",
  remedy: "add mfa_serial, the ARN of the device, to the role profile when the role asks for MFA",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-mfa"],
  needs: ["profiles"],
  *check({ profiles }) {
    const seen = new Set<string>();
    const hasSerialSomewhere = (name: string): boolean =>
      [...profiles.readings.values()].some((reading) => {
        const profile = reading.profiles.get(name);
        const source = profile && reading.profiles.get(setting(profile, "source_profile")?.value ?? "");
        return [profile, source].some((one) => one !== undefined && setting(one, "mfa_serial") !== undefined);
      });
    for (const { profile } of rolesWithoutMfa(profiles)) {
      if (seen.has(profile.name) || hasSerialSomewhere(profile.name)) continue;
      seen.add(profile.name);
      yield {
        at: profile.layers.at(-1)!.section.headerAt,
        says: `'${profile.name}' assumes its role without MFA`,
        profiles: [profile.name],
      };
    }
  },
});
