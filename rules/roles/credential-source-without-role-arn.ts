import { edit, plainReading, rule, settingsNamed, tell } from "#rule";

export default rule({
  id: "credential-source-without-role-arn",
  severity: "warning",
  category: "roles",
  summary: "credential_source in a profile without a role",
  why:
    "credential_source says what a role is assumed with. Without role_arn the AWS CLI passes over it, and some SDKs go on with the " +
    "machine's own credentials: the same profile is two identities.",
  remedy: "add role_arn, or take the line out",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  about: { settings: ["credential_source"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of settingsNamed(facts, "credential_source")) {
      const profile = plainReading(facts.profiles)?.profiles.get(found.name);
      if (found.kind !== "profile" || profile === undefined || profile.has("role_arn")) continue;
      yield* tell(
        found,
        facts,
        {
          says: `'${found.name}' has a credential_source and no role_arn to use it for`,
          fix: { title: "take the line out", safety: "safe", steps: [edit(found.setting.linesAt, "")] },
        },
        ["cli", "sdk"],
      );
    }
  },
});
