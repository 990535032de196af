import { inSome, isSet, lostBecause, rule, someOf, suffering } from "#rule";

export default rule({
  id: "web-identity-token-without-role",
  severity: "error",
  category: "roles",
  summary: "web_identity_token_file, and no role to take with it",
  why: "A web identity's token is good for nothing but to assume a role, and the profile names none.",
  remedy: "add role_arn to the profile",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  errors: [
    "The provided profile or the current environment is configured to assume role with web identity but has no role ARN configured. Ensure that the profile has the role_arn configuration set or the AWS_ROLE_ARN env var is set.",
  ],
  about: { settings: ["web_identity_token_file"] },
  needs: ["config", "credentials", "profiles", "environment"],
  *check(facts) {
    const { profiles, environment } = facts;
    if (isSet(environment, "AWS_ROLE_ARN")) return;
    for (const { by, profile, tools, sufferers } of lostBecause(facts, "token-without-role", [
      "web_identity_token_file",
    ])) {
      yield {
        at: by.at,
        says: `${inSome(someOf(tools, profiles))}'${profile}' has a token and no role_arn to take with it`,
        profiles: [...sufferers],
        ...suffering(tools, profiles),
      };
    }
  },
});
