import { dependents, plainReading, profilesWith, rule } from "#rule";

export default rule({
  id: "credential-process-unsupported-by-sdk",
  severity: "info",
  category: "profiles",
  for: ["sdk"],
  summary: "roles whose source profile runs a credential_process, which older SDKs do not",
  why:
    "Old releases of the SDKs for JavaScript (2, and 3 before 2022) and Java (1) take keys alone from a source profile, and do not run its " +
    "credential_process: they find no credentials where the AWS CLI does.",
  remedy: "update the SDK; or give a program that cannot be updated its credentials by variables",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html"],
  errors: [
    "Could not load credentials from any providers",
    "CredentialsProviderError: Could not load credentials from any providers",
  ],
  about: { settings: ["credential_process"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const reading = plainReading(profiles);
    if (reading === undefined) return;
    for (const profile of profilesWith(reading, "credential_process")) {
      if (profile.has("role_arn") || profile.has("aws_access_key_id")) continue;
      const roles = [...dependents(reading, profile.name)].filter((name) => name !== profile.name);
      if (roles.length === 0) continue;
      yield {
        at: profile.get("credential_process")!.at,
        says: `old SDKs do not run it for ${roles.length === 1 ? `'${roles[0]!}', whose` : `the ${roles.length} profiles whose`} source is '${profile.name}'`,
        profiles: roles.sort(),
      };
    }
  },
});
