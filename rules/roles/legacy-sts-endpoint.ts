import { activeProfiles, edit, neighbour, rule, sightings, tell, wrongSettings } from "#rule";

const OLD =
  /^(?:us-(?:east|west)-[12]|ap-northeast-[123]|ap-south-1|ap-southeast-[12]|ca-central-1|eu-central-1|eu-west-[123]|eu-north-1|sa-east-1|aws-global)$/;

export default rule({
  id: "legacy-sts-endpoint",
  severity: "warning",
  category: "roles",
  summary: "tokens of the global STS endpoint, which regions that one has to opt in to do not take",
  why:
    "With sts_regional_endpoints = legacy, sessions come from the global endpoint. Their tokens are not valid in regions that " +
    "are off by default (af-south-1, ap-east-1, me-south-1 and all later ones): every call there fails.",
  remedy: "write regional, which is the default of current SDKs, or take the line out",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html"],
  errors: ["An error occurred (AuthFailure): AWS was not able to validate the provided access credentials"],
  about: { settings: ["sts_regional_endpoints"], variables: ["AWS_STS_REGIONAL_ENDPOINTS"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of wrongSettings(facts, "sts_regional_endpoints", (value) => value.toLowerCase() !== "legacy")) {
      const region = neighbour(found, "region");
      if (region === undefined || !isOptIn(region.value)) continue;
      yield* tell(found, facts, {
        says: `'${region.value}' takes no tokens of the global STS endpoint`,
        also: [{ at: region.at, says: "this region has to be opted in to" }],
        fix: { title: "write regional", safety: "ask", steps: [edit(found.setting.at, "regional")] },
      });
    }
    for (const { at, value, also } of sightings("AWS_STS_REGIONAL_ENDPOINTS", facts.environment, facts.startup)) {
      if (value.toLowerCase() !== "legacy") continue;
      const inUse = [...activeProfiles(facts.profiles)].map(({ profile }) => profile.get("region")?.value);
      const variables = ["AWS_REGION", "AWS_DEFAULT_REGION"].map((name) => facts.environment.get(name)?.value);
      const region = [...variables, ...inUse].find((one) => one !== undefined && isOptIn(one));
      if (region === undefined) continue;
      yield {
        at,
        says: `AWS_STS_REGIONAL_ENDPOINTS is legacy, and '${region}' takes no tokens of the global endpoint`,
        also,
      };
    }
  },
});

const isOptIn = (region: string): boolean => /^(?:af|ap|ca|eu|il|me|mx)-[a-z]+-\d$/.test(region) && !OLD.test(region);
