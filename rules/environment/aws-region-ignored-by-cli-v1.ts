import { activeProfiles, exportedAt, firstOf, isOlder, isSet, rule, variable } from "#rule";

export default rule({
  id: "aws-region-ignored-by-cli-v1",
  severity: "warning",
  category: "environment",
  for: ["cli"],
  summary: "AWS_REGION is set, and version 1 of the AWS CLI reads AWS_DEFAULT_REGION alone",
  why:
    "Version 2 of the AWS CLI and all newer SDKs take the region from AWS_REGION. Version 1 and boto3 do not look at it: they ask for " +
    "a region, or use the profile's.",
  remedy: "set AWS_DEFAULT_REGION to the same, or install version 2 of the AWS CLI",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html",
    "https://docs.aws.amazon.com/cli/v1/userguide/cli-configure-envvars.html",
  ],
  errors: ['You must specify a region. You can also configure your region by running "aws configure".'],
  about: { variables: ["AWS_REGION"] },
  needs: ["profiles", "environment", "startup", "versions"],
  *check({ profiles, environment, startup, versions }) {
    const cli = firstOf(versions, "aws");
    const { value } = environment.get("AWS_REGION") ?? { value: "" };
    if (value === "" || isSet(environment, "AWS_DEFAULT_REGION")) return;
    if (cli === undefined || !isOlder(cli.version, "2")) return;
    const active = [...activeProfiles(profiles)].find(({ tool }) => tool === "cli");
    const own = active?.profile.get("region");
    if (own?.value === value) return;
    const instead = own === undefined ? "finds no region" : `uses '${own.value}', the profile's`;
    yield {
      at: variable("AWS_REGION"),
      says: `AWS_REGION is '${value}', and 'aws' is version ${cli.version}, which ${instead}`,
      also: [
        { at: { kind: "program", program: cli.path }, says: `version ${cli.version}` },
        ...(own === undefined ? [] : [{ at: own.at, says: "the profile's region" }]),
        ...exportedAt(startup, "AWS_REGION"),
      ],
      ...(active === undefined ? {} : { profiles: [active.name] }),
    };
  },
});
