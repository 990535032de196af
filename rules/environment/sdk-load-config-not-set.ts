import { activeProfiles, isSet, rule, sightings, variable } from "#rule";

export default rule({
  id: "sdk-load-config-not-set",
  severity: "info",
  category: "environment",
  for: ["sdk"],
  summary: "old SDKs do not find the profile in use, which stands in the config file alone",
  why: "The SDKs for Go v1 and JavaScript v2 (old Terraform, Serverless, Packer) read ~/.aws/config only with AWS_SDK_LOAD_CONFIG=1: roles and processes that stand there are not found.",
  remedy: "take a newer version of that tool, or set AWS_SDK_LOAD_CONFIG=1 for it alone",
  links: [
    "https://docs.aws.amazon.com/sdk-for-go/v1/developer-guide/configuring-sdk.html",
    "https://docs.aws.amazon.com/sdk-for-javascript/v2/developer-guide/setting-region.html",
  ],
  errors: [
    "No valid credential sources found for AWS Provider.",
    "Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1",
    "SharedIniFileCredentialsProviderFailure: Credentials not set for profile …",
  ],
  about: { settings: ["role_arn", "credential_process", "sso_session", "sso_start_url"] },
  needs: ["profiles", "environment", "startup", "machine"],
  // No fix: in a start-up file it would change what all old SDKs read, and another rule warns of it there.
  *check({ profiles, environment, startup }) {
    if (
      [...sightings("AWS_SDK_LOAD_CONFIG", environment, startup)].length > 0 ||
      isSet(environment, "AWS_ACCESS_KEY_ID") ||
      isSet(environment, "AWS_VAULT")
    )
      return;
    for (const { tool, name, profile, route } of activeProfiles(profiles)) {
      if (tool !== "sdk" || !route.found || profile.layers.some(({ kind }) => kind === "credentials")) continue;
      const by = ["role_arn", "credential_process", "sso_session", "sso_start_url"]
        .map((one) => profile.get(one))
        .find((one) => one !== undefined);
      if (by !== undefined)
        yield {
          at: variable("AWS_SDK_LOAD_CONFIG"),
          says: `SDKs for Go v1 and JavaScript v2 do not find ${by.name} of '${name}' without AWS_SDK_LOAD_CONFIG`,
          also: [{ at: by.at, says: "what they do not see" }],
          profiles: [name],
          tools: ["sdk"],
        };
    }
  },
});
