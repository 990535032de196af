import { activeProfiles, isSet, rule } from "#rule";

export default rule({
  id: "profile-only-for-serverless",
  severity: "info",
  category: "profiles",
  for: ["sdk"],
  summary: "a project of the Serverless Framework, and a profile that has no keys in the credentials file",
  why:
    "The Serverless Framework up to version 3 looks for the profile's keys in ~/.aws/credentials alone. Where they come from a role, a sign-on, " +
    "a credential_process or a vault, it says that there are no credentials, although every other tool has them.",
  remedy:
    "`aws-vault exec PROFILE -- serverless …`, or `aws configure export-credentials --profile PROFILE --format env`",
  links: ["https://docs.aws.amazon.com/cli/latest/reference/configure/export-credentials.html"],
  errors: ["AWS provider credentials not found", 'AWS profile "…" doesn\'t seem to be configured'],
  about: { facts: ["serverless"] },
  needs: ["profiles", "environment", "serverless", "credentials"],
  *check({ profiles, environment, serverless, credentials }) {
    if (serverless === undefined || isSet(environment, "AWS_ACCESS_KEY_ID")) return;
    for (const { tool, name, profile } of activeProfiles(profiles)) {
      if (tool !== "sdk" || profile.get("aws_access_key_id")?.at.path === credentials.path) continue;
      yield {
        at: { kind: "file", path: serverless },
        says: `'${name}' has no keys in ${credentials.path.endsWith("/.aws/credentials") ? "~/.aws/credentials" : "the credentials file"}, where Serverless looks for them`,
        profiles: [name],
      };
    }
  },
});
