import { deleting, type Fix, neighbour, rule, type SettingLine, tell, wrongSettings } from "#rule";

export default rule({
  id: "sso-role-assumed-again",
  severity: "error",
  category: "sso",
  summary: "role_arn is the role that single sign-on gives anyway",
  why:
    "Roles whose name starts with AWSReservedSSO_ belong to IAM Identity Center, which alone may hand them out. Nobody else may " +
    "assume them, and a session of such a role may not assume itself.",
  remedy: "use the profile with the sso_ settings as it is, without role_arn and source_profile",
  links: ["https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html"],
  errors: ["AWSReservedSSO_… is not authorized to perform: sts:AssumeRole on resource: …"],
  about: { values: ["role_arn"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of wrongSettings(facts, "role_arn", (value) => !/role\/(?:.*\/)?AWSReservedSSO_/.test(value)))
      yield* tell(found, facts, {
        says: "this role is handed out by IAM Identity Center alone, and cannot be assumed",
        ...signingOn(found),
      });
  },
});

/** Who signs on in the same profile has the role already. */
function signingOn(found: SettingLine): { fix?: Fix } {
  if (["sso_session", "sso_start_url"].every((name) => neighbour(found, name) === undefined)) return {};
  const source = neighbour(found, "source_profile");
  return {
    fix: {
      title: "take the role out, and use what single sign-on gives",
      safety: "ask",
      steps: [deleting(found.setting), ...(source === undefined ? [] : [deleting(source)])],
    },
  };
}
