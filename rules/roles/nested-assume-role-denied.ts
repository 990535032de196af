import { isAwsVault, isLive, profilesWith, rule, variable } from "#rule";

export default rule({
  id: "nested-assume-role-denied",
  severity: "info",
  category: "roles",
  for: ["aws-vault-byteness", "aws-vault-99designs"],
  summary: "a shell of aws-vault without MFA, and roles of its profile that ask for it",
  why:
    "aws-vault's session was made without a code, because its profile has no mfa_serial. A role that asks for MFA in its trust policy refuses such a " +
    "session, also when a tool inside of the shell (Terraform, CDK, kubectl) assumes it.",
  remedy: "add mfa_serial to the profile, and start `aws-vault exec` anew",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html"],
  errors: [
    "An error occurred (AccessDenied) when calling the AssumeRole operation: User: … is not authorized to perform: sts:AssumeRole on resource: …",
    "is not authorized to perform: sts:AssumeRole",
  ],
  about: { variables: ["AWS_VAULT"] },
  needs: ["profiles", "environment"],
  *check({ profiles, environment }) {
    if (!isLive(environment)) return;
    const name = environment.get("AWS_VAULT")!.value;
    for (const [tool, reading] of profiles.readings) {
      const own = isAwsVault(tool) ? reading.profiles.get(name) : undefined;
      if (
        own === undefined ||
        own.has("mfa_serial") ||
        own.has("role_arn") ||
        own.has("sso_session") ||
        own.has("sso_start_url")
      )
        continue;
      const roles = profilesWith(reading, "role_arn").filter(
        (profile) => profile.get("source_profile")?.value === name && profile.has("mfa_serial"),
      );
      if (roles.length === 0) continue;
      yield {
        at: variable("AWS_VAULT"),
        says: `the session of '${name}' was made without MFA, and '${roles[0]!.name}' asks for it`,
        also: [{ at: roles[0]!.get("mfa_serial")!.at, says: "the device of the role's profile" }],
        profiles: roles.map((role) => role.name),
      };
      return;
    }
  },
});
