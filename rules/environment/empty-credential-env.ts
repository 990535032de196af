import { list, rule, variable } from "#rule";

const NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

export default rule({
  id: "empty-credential-env",
  severity: "warning",
  category: "environment",
  summary: "a key variable that is exported empty",
  why:
    "Some tools take an empty AWS_ACCESS_KEY_ID for none and go on to the profile, others for a key, and say that there are no " +
    "credentials. It is often what a CI system leaves of a secret that this job may not see.",
  remedy: "unset the variable, or give it its value",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html"],
  errors: [
    'AWS profile "…" doesn\'t seem to be configured',
    "The AWS Access Key Id needs a subscription for the service",
  ],
  about: { variables: NAMES },
  needs: ["environment", "startup"],
  *check({ environment }) {
    const empty = NAMES.filter((name) => environment.get(name)?.value === "");
    const [first, ...others] = empty;
    if (first === undefined) return;
    yield {
      at: variable(first),
      says: `${list(empty)} ${others.length === 0 ? "is" : "are"} exported without a value`,
      also: others.map((name) => ({ at: variable(name), says: "and this one" })),
    };
  },
});
