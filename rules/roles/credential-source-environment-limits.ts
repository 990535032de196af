import {
  edit,
  type Facts,
  type Fix,
  isPlainName,
  isSet,
  newSection,
  rule,
  type SettingLine,
  tell,
  variable,
  wrongSettings,
} from "#rule";

export default rule({
  id: "credential-source-environment-limits",
  severity: "warning",
  category: "roles",
  summary: "credential_source = Environment, and the environment has a web identity token alone",
  why:
    "Environment stands for the two key variables. A pod of EKS has AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN instead, which " +
    "this source does not read: the role has nothing to be assumed with.",
  remedy: "give the profile web_identity_token_file and role_arn, and make it the source_profile of the role",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
    "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
  ],
  errors: [
    "Error when retrieving credentials from Environment: No credentials found in credential_source referenced in profile …",
  ],
  about: { settings: ["credential_source"] },
  needs: ["config", "credentials", "profiles", "environment"],
  *check(facts) {
    const { environment } = facts;
    if (!isSet(environment, "AWS_WEB_IDENTITY_TOKEN_FILE") || isSet(environment, "AWS_ACCESS_KEY_ID")) return;
    for (const found of wrongSettings(facts, "credential_source", (value) => value !== "Environment")) {
      yield* tell(
        found,
        facts,
        {
          says: "the environment has no keys but a web identity token, which this source does not read",
          also: [{ at: variable("AWS_WEB_IDENTITY_TOKEN_FILE"), says: "the token" }],
          ...fromToken(found, facts),
        },
        ["cli", "sdk"],
      );
    }
  },
});

/** What the pod's variables say, as a profile that the role can start from. */
function fromToken(
  { document, file, name, setting }: SettingLine,
  { environment, profiles }: Pick<Facts, "environment" | "profiles">,
): { fix?: Fix } {
  const source = `${name}-pod`;
  const [token, role] = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"].map((one) => environment.get(one));
  const isTaken = [...profiles.readings.values()].some((reading) => reading.profiles.has(source));
  if (
    !token?.value ||
    !role?.value ||
    token.hidden ||
    role.hidden ||
    isTaken ||
    !isPlainName(source) ||
    file !== "config"
  )
    return {};
  const lines = [`role_arn = ${role.value}`, `web_identity_token_file = ${token.value}`];
  return {
    fix: {
      title: `assume it from a profile '${source}' with the token`,
      safety: "ask",
      steps: [edit(setting.linesAt, `source_profile = ${source}\n`), newSection(document, `profile ${source}`, lines)],
    },
  };
}
