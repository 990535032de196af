import { AWS_VAULT, exportsOf, isSet, KEY_VARIABLES, list, rule, variable } from "#rule";

export default rule({
  id: "static-keys-exported",
  severity: "warning",
  category: "environment",
  for: AWS_VAULT,
  summary: "access keys are exported in the environment",
  why:
    "In the AWS CLI and the SDKs exported keys win over AWS_PROFILE, over [default], and over what aws-vault's servers hand " +
    "out; and each program that you start can read them.",
  remedy:
    "unset them (`unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SECURITY_TOKEN AWS_SESSION_TOKEN`) and let aws-vault hand out short sessions",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md",
  ],
  about: { variables: KEY_VARIABLES },
  needs: ["environment", "startup"],
  *check({ environment, startup }) {
    const set = KEY_VARIABLES.filter((name) => isSet(environment, name));
    const [first, ...others] = set;
    if (first === undefined) return;
    const lines = set.flatMap((name) => exportsOf(startup, name));
    // Inside `aws-vault exec` they are what one came for, unless a start-up file put its own in their place.
    const isInside = isSet(environment, "AWS_VAULT");
    if (isInside && lines.length === 0) return;
    const names = list([...new Set(lines.map(({ name }) => name))]);
    yield {
      at: variable(first),
      says: isInside
        ? `a start-up file exports ${names} in place of what aws-vault hands out`
        : `${first} is set${others.length === 0 ? "" : `, and ${list(others)} with it`}`,
      also: lines.map(({ at, name }) => ({ at, says: `every new shell exports ${name} here` })),
    };
  },
});
