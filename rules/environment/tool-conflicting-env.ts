import { isSet, rule, variable } from "#rule";

export default rule({
  id: "tool-conflicting-env",
  severity: "warning",
  category: "environment",
  summary: "aws-sso is installed, and refuses to run with the variables that are set",
  why: "aws-sso starts shells with credentials of its own, and stops when it finds some in the environment already.",
  remedy: "unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_PROFILE before you call it",
  links: ["https://github.com/synfinatic/aws-sso-cli"],
  errors: [
    "Conflicting environment variable 'AWS_ACCESS_KEY_ID' is set",
    "Conflicting environment variable 'AWS_PROFILE' is set",
  ],
  about: { variables: ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"] },
  needs: ["programs", "environment"],
  *check({ programs, environment }) {
    if (!programs.has("aws-sso") || isSet(environment, "AWS_SSO_PROFILE") || isSet(environment, "AWS_VAULT")) return;
    const name = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"].find((one) => isSet(environment, one));
    if (name !== undefined) yield { at: variable(name), says: `aws-sso does not run while ${name} is set` };
  },
});
