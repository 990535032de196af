import { commentingOut, differing, rule } from "#rule";

export default rule({
  id: "aws-default-profile-conflict",
  severity: "warning",
  category: "environment",
  summary: "AWS_PROFILE and AWS_DEFAULT_PROFILE name different profiles",
  why: "The AWS CLI and boto3 read AWS_DEFAULT_PROFILE first, the SDKs and aws-vault read AWS_PROFILE: one shell works in two accounts at once.",
  remedy: "unset AWS_DEFAULT_PROFILE; AWS_PROFILE is known to all tools",
  links: [
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
  ],
  errors: ["The config profile (…) could not be found"],
  about: { variables: ["AWS_DEFAULT_PROFILE"] },
  needs: ["environment", "startup"],
  *check({ environment, startup }) {
    const found = differing("AWS_DEFAULT_PROFILE", "AWS_PROFILE", environment, startup);
    if (found === undefined) return;
    const [first, second] = found;
    yield {
      at: first.at,
      says: `the AWS CLI uses '${first.value}', the SDKs and aws-vault use '${second.value}' of AWS_PROFILE`,
      also: [...first.also, { at: second.at, says: "AWS_PROFILE" }],
      profiles: [first.value, second.value],
      ...commentingOut(first.lines),
    };
  },
});
