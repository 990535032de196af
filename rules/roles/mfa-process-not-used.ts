import { AWS_VAULT, isAwsVault, list, profilesBySource, profilesWith, rule } from "#rule";

export default rule({
  id: "mfa-process-not-used",
  severity: "info",
  category: "roles",
  for: AWS_VAULT,
  summary: "mfa_process stands in the source profile, and not in the role's",
  why: "mfa_process is aws-vault's own, and until version 7.12 a role does not take it over from its source: aws-vault asks for the code although a command could tell it.",
  remedy: "repeat mfa_process in the role's profile, or take a newer aws-vault",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md"],
  about: { settings: ["mfa_process"] },
  needs: ["config", "profiles"],
  *check({ config, profiles }) {
    if (config.linesNamed("mfa_process").length === 0) return;
    const [tool] = profiles.tools.filter(isAwsVault);
    const reading = profiles.readings.get(tool!)!;
    for (const source of profilesWith(reading, "mfa_process")) {
      const roles = (profilesBySource(reading).get(source.name) ?? []).filter(
        (one) => one.has("role_arn") && one.has("mfa_serial") && !one.has("mfa_process"),
      );
      if (roles.length === 0) continue;
      yield {
        at: source.get("mfa_process")!.at,
        says: `older aws-vaults do not use it for ${list(roles.slice(0, 3).map(({ name }) => `'${name}'`))}`,
        profiles: roles.map(({ name }) => name),
      };
    }
  },
});
