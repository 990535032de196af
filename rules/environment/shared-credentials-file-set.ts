import { AWS_VAULT, rule, whereSet } from "#rule";

export default rule({
  id: "shared-credentials-file-set",
  severity: "warning",
  category: "environment",
  for: AWS_VAULT,
  summary: "AWS_SHARED_CREDENTIALS_FILE is set",
  why:
    "It moves the credentials file for the AWS CLI and the SDKs, while aws-vault reads no credentials file at all and some " +
    "tools look only in ~/.aws/credentials: they see different profiles, and keys in plain text lie where nobody looks.",
  remedy: "unset it, and keep long-term keys in the vault",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html"],
  about: { variables: ["AWS_SHARED_CREDENTIALS_FILE"] },
  needs: ["environment", "startup"],
  check: ({ environment, startup }) => whereSet("AWS_SHARED_CREDENTIALS_FILE", environment, startup),
});
