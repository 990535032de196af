import { isSet, rule, suffering, variable } from "#rule";

export default rule({
  id: "web-identity-env-overrides-profile",
  severity: "warning",
  category: "environment",
  summary: "a web identity in the environment wins over AWS_PROFILE",
  why:
    "AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE come first in most tools, so that a command in a pod or a CI job runs as their role, " +
    "and the profile that AWS_PROFILE asks for is passed over without a word.",
  remedy: "unset both for this command, or name the profile with --profile",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
  ],
  errors: [
    "An error occurred (InvalidClientTokenId) when calling the … operation: The security token included in the request is invalid",
    "InvalidClientTokenId: The security token included in the request is invalid",
  ],
  about: { variables: ["AWS_ROLE_ARN"] },
  needs: ["profiles", "environment"],
  *check({ profiles, environment }) {
    if (!isSet(environment, "AWS_ROLE_ARN") || !isSet(environment, "AWS_WEB_IDENTITY_TOKEN_FILE")) return;
    if (isSet(environment, "AWS_ACCESS_KEY_ID")) return;
    const name = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].find((one) => isSet(environment, one));
    if (name === undefined) return;
    const profile = environment.get(name)!.value;
    yield {
      at: variable("AWS_ROLE_ARN"),
      says: `the role of AWS_ROLE_ARN is used, and not the profile '${profile}' that ${name} asks for`,
      also: [{ at: variable("AWS_WEB_IDENTITY_TOKEN_FILE"), says: "the token that it is taken with" }],
      profiles: [profile],
      ...suffering(["cli", "sdk"], profiles),
    };
  },
});
