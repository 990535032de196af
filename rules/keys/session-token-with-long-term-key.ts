import { edit, isSet, neighbour, rule, settingsNamed, tell, variable } from "#rule";

const TOKENS = ["aws_session_token", "aws_security_token"] as const;

export default rule({
  id: "session-token-with-long-term-key",
  severity: "error",
  category: "keys",
  summary: "a session token beside a long-term key",
  why:
    "A session token belongs to a temporary key (ASIA…). Sent along with a long-term one (AKIA…), which has none, it makes the " +
    "request invalid. It is mostly left over from the session before.",
  remedy: "take the token out: `unset AWS_SESSION_TOKEN AWS_SECURITY_TOKEN`, or delete the line",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html"],
  errors: [
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    "The provided token is malformed or otherwise invalid.",
  ],
  about: { settings: TOKENS, variables: ["AWS_ACCESS_KEY_ID"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of settingsNamed(facts, ...TOKENS)) {
      const id = neighbour(found, "aws_access_key_id");
      if (id?.hidden?.looksLike !== "long-term key" || found.setting.value === "") continue;
      yield* tell(
        found,
        facts,
        {
          says: `'${found.name}' has a session token beside a long-term key`,
          also: [{ at: id.at, says: "the key" }],
          fix: { title: "take the token out", safety: "safe", steps: [edit(found.setting.linesAt, "")] },
        },
        ["cli", "sdk"],
      );
    }
    const { environment } = facts;
    if (environment.get("AWS_ACCESS_KEY_ID")?.hidden?.looksLike !== "long-term key") return;
    for (const name of ["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"]) {
      if (!isSet(environment, name)) continue;
      yield {
        at: variable(name),
        says: `${name} is set beside a long-term key`,
        also: [{ at: variable("AWS_ACCESS_KEY_ID"), says: "the key" }],
      };
      return;
    }
  },
});
