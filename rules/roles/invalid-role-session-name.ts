import { edit, rule, sightings, tell, wrongSettings } from "#rule";

export default rule({
  id: "invalid-role-session-name",
  severity: "error",
  category: "roles",
  summary: "role_session_name has characters or a length that STS refuses",
  why: "A session's name is 2 to 64 letters, digits and `_ + = , . @ -`. STS refuses every other, and with it the role.",
  remedy: "replace what is not allowed, for instance by a dash; the name shows up in CloudTrail",
  links: ["https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"],
  errors: [
    "Value '…' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    "Value '…' at 'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64",
    "Invalid length for parameter RoleSessionName, value: 1, valid min length: 2",
  ],
  about: { settings: ["role_session_name"], variables: ["AWS_ROLE_SESSION_NAME"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of wrongSettings(facts, "role_session_name", isRight)) {
      const { value } = found;
      const meant = value.replaceAll(/[^\w+=,.@-]+/g, "-");
      yield* tell(found, facts, {
        says: `role_session_name has ${fault(value)}`,
        ...(meant.length < 2 || meant.length > 64
          ? {}
          : { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] } }),
      });
    }
    for (const { at, value, hidden, also } of sightings("AWS_ROLE_SESSION_NAME", facts.environment, facts.startup)) {
      if (value === "" || hidden !== undefined || isRight(value)) continue;
      yield { at, says: `AWS_ROLE_SESSION_NAME has ${fault(value)}`, also };
    }
  },
});

const isRight = (name: string): boolean => /^[\w+=,.@-]{2,64}$/.test(name);

function fault(name: string): string {
  const bad = /[^\w+=,.@-]/.exec(name)?.[0];
  return bad === undefined
    ? `${name.length} characters, and STS takes 2 to 64`
    : `a ${bad.trim() === "" ? "blank" : `'${bad}'`} in it, which STS refuses`;
}
