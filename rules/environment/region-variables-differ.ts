import { differing, rule } from "#rule";

export default rule({
  id: "region-variables-differ",
  severity: "warning",
  category: "environment",
  summary: "AWS_REGION and AWS_DEFAULT_REGION name different regions",
  why: "The SDKs and version 2 of the AWS CLI read AWS_REGION first, boto3 and version 1 know AWS_DEFAULT_REGION alone: they work in different regions.",
  remedy: "set both to the same region, or one of them alone",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html"],
  about: { variables: ["AWS_REGION", "AWS_DEFAULT_REGION"] },
  needs: ["environment", "startup"],
  *check({ environment, startup }) {
    const found = differing("AWS_REGION", "AWS_DEFAULT_REGION", environment, startup);
    if (found === undefined) return;
    const [first, second] = found;
    yield {
      at: first.at,
      says: `AWS_REGION is '${first.value}', and AWS_DEFAULT_REGION is '${second.value}'`,
      also: [...first.also, { at: second.at, says: "the other one" }],
    };
  },
});
