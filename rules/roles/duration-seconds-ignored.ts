import { isAwsVault, neighbour, profilesWith, type Reading, rule, settingsNamed, tell } from "#rule";

export default rule({
  id: "duration-seconds-ignored",
  severity: "warning",
  category: "roles",
  summary: "duration_seconds in a profile without a role, where it counts for nothing",
  why:
    "duration_seconds is how long an assumed role lasts. Sessions of a user (aws-vault's GetSessionToken) last as long as " +
    "AWS_SESSION_TOKEN_TTL says, an hour when it is not set; single sign-on lasts as long as the permission set says.",
  remedy:
    "move the line to the role's profile; for sessions without a role set AWS_SESSION_TOKEN_TTL, with a unit (12h)",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/environment-variables.md",
  ],
  about: { settings: ["duration_seconds"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const { profiles } = facts;
    const readings = [...profiles.readings.values()];
    for (const found of settingsNamed(facts, "duration_seconds")) {
      if (found.kind !== "profile" || neighbour(found, "role_arn") !== undefined) continue;
      if (readings.some((reading) => reading.profiles.get(found.name)?.has("role_arn") === true)) continue;
      // In aws-vault it is handed on to the roles below.
      const isHandedOn =
        profiles.tools.some(isAwsVault) && (found.name === "default" || isIncluded(readings, found.name));
      if (!isHandedOn)
        yield* tell(found, facts, {
          says: `'${found.name}' has no role, and only a role's session is as long as this says`,
        });
    }
  },
});

const isIncluded = (readings: readonly Reading[], name: string): boolean =>
  readings.some((reading) =>
    profilesWith(reading, "include_profile").some((one) => one.get("include_profile")!.value === name),
  );
