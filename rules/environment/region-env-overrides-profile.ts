import { activeProfiles, exportedHere, exportsOf, isSet, rule, variable } from "#rule";

export default rule({
  id: "region-env-overrides-profile",
  severity: "info",
  category: "environment",
  summary: "a variable sets another region than the profile in use",
  why: "AWS_REGION and AWS_DEFAULT_REGION win over the region of every profile. Exported by a start-up file they do so in every shell, and things are 'not found' that are there.",
  remedy: "unset the variable, and leave the region to the profile",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html"],
  errors: [
    "An error occurred (InvalidGroup.Duplicate)",
    "An error occurred (ResourceNotFoundException)",
    "InvalidGroup.Duplicate",
    "resource not found",
  ],
  about: { variables: ["AWS_REGION", "AWS_DEFAULT_REGION"] },
  needs: ["profiles", "environment", "startup"],
  *check({ profiles, environment, startup }) {
    if (isSet(environment, "AWS_VAULT")) return;
    for (const { profile, name } of activeProfiles(profiles)) {
      const own = profile.get("region");
      if (own === undefined || own.value === "") continue;
      for (const variableName of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
        const { value } = environment.get(variableName) ?? { value: "" };
        if (value === "" || value === own.value) continue;
        const lines = exportsOf(startup, variableName);
        yield {
          at: variable(variableName),
          says: `${variableName} is '${value}', and '${name}' has the region '${own.value}'`,
          also: [{ at: own.at, says: "the profile's" }, ...exportedHere(lines)],
          profiles: [name],
          ...(lines.length > 0 ? { severity: "warning" as const } : {}),
        };
        return;
      }
      return;
    }
  },
});
