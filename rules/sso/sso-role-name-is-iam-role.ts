import { edit, rule, tell, wrongSettings } from "#rule";

export default rule({
  id: "sso-role-name-is-iam-role",
  severity: "error",
  category: "sso",
  summary: "sso_role_name is the name of the IAM role, and not of the permission set",
  why:
    "IAM Identity Center wants the permission set's name. In each account it makes a role of it, AWSReservedSSO_NAME_1234567890abcdef, " +
    "and that name, or an ARN, is one that it does not know: the answer is ForbiddenException.",
  remedy: "write what stands between AWSReservedSSO_ and the last underscore",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html"],
  errors: [
    "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access",
    "ForbiddenException: No access",
  ],
  about: { settings: ["sso_role_name"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of wrongSettings(facts, "sso_role_name", (value) => !/AWSReservedSSO_|^arn:|\//.test(value))) {
      const meant =
        /AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(found.value)?.[1] ?? /AWSReservedSSO_(.+)$/.exec(found.value)?.[1];
      yield* tell(found, facts, {
        says: `sso_role_name '${found.value}' is the role in IAM, and not the permission set`,
        ...(meant === undefined
          ? {}
          : { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] } }),
      });
    }
  },
});
