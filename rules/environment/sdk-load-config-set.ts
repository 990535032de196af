import { AWS_VAULT, rule, whereSet } from "#rule";

export default rule({
  id: "sdk-load-config-set",
  severity: "warning",
  category: "environment",
  for: AWS_VAULT,
  summary: "AWS_SDK_LOAD_CONFIG is set",
  why:
    "It makes old SDKs (Go v1, JavaScript v2) read ~/.aws/config too, and find other profiles, roles and regions than without " +
    "it; newer SDKs ignore it. aws-vault takes it away from the commands that it starts, but a start-up file brings it back " +
    "in every subshell.",
  remedy: "unset it, or set it only for the one old program that needs it",
  links: ["https://docs.aws.amazon.com/sdk-for-javascript/v2/developer-guide/setting-region.html"],
  about: { variables: ["AWS_SDK_LOAD_CONFIG"] },
  needs: ["environment", "startup"],
  check: ({ environment, startup }) => whereSet("AWS_SDK_LOAD_CONFIG", environment, startup),
});
