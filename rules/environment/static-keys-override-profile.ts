import { isSet, rule, variable } from "#rule";

/** What shell helpers export besides: Granted, awsume and aws-sso. */
const HELPERS = ["GRANTED_SSO", "AWSUME_PROFILE", "AWS_SSO_PROFILE"];

export default rule({
  id: "static-keys-override-profile",
  severity: "error",
  category: "environment",
  summary: "exported access keys win over AWS_PROFILE",
  why:
    "The AWS CLI and the SDKs look for keys in the environment before they look into the profile of AWS_PROFILE: all commands " +
    "run with the exported keys, in their account. Only the option --profile wins over exported keys in the AWS CLI.",
  remedy: "unset the keys, or unset AWS_PROFILE when the keys are what you mean",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html",
  ],
  errors: [
    "Both AWS_PROFILE and the pair AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY static credentials are set.",
    "Client is not using AWS_PROFILE correctly",
  ],
  about: { variables: ["AWS_ACCESS_KEY_ID"] },
  needs: ["environment", "profiles"],
  *check({ environment, profiles }) {
    if (!isSet(environment, "AWS_ACCESS_KEY_ID") || isSet(environment, "AWS_VAULT")) return;
    for (const name of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
      if (!isSet(environment, name)) continue;
      const profile = environment.get(name)!.value;
      // A profile that there is not, is told of.
      if (![...profiles.readings.values()].some((reading) => reading.profiles.has(profile))) continue;
      // These export a profile's name together with its keys.
      const isOfHelper = isSet(environment, "AWS_SESSION_TOKEN") && HELPERS.some((one) => isSet(environment, one));
      yield {
        at: variable("AWS_ACCESS_KEY_ID"),
        says: `the exported AWS_ACCESS_KEY_ID is used, and not the profile '${profile}' that ${name} asks for`,
        also: [{ at: variable(name), says: "of this profile only the region and the like still count" }],
        profiles: [profile],
        ...(isOfHelper ? { severity: "info" as const } : {}),
      };
      return;
    }
  },
});
