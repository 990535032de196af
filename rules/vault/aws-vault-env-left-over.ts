import {
  AWS_VAULT,
  commentingOut,
  exportedHere,
  exportsOf,
  isAwsVault,
  isLive,
  isSet,
  rule,
  suffering,
  variable,
} from "#rule";

export default rule({
  id: "aws-vault-env-left-over",
  severity: "error",
  category: "vault",
  summary: "AWS_VAULT is set, although this is no shell of aws-vault",
  why:
    "aws-vault sets AWS_VAULT in the shells that it starts, and refuses to start another inside of one. Exported by a start-up file, or " +
    "left over without the keys, it stops every `aws-vault exec`.",
  remedy:
    "`unset AWS_VAULT`, and take the line out that exports it (AWS_PROFILE is the variable that chooses a profile)",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/environment-variables.md"],
  errors: [
    "aws-vault sessions should be nested with care, unset AWS_VAULT to force",
    "aws-vault: error: exec: running in an existing aws-vault subshell; 'exit' from the subshell or unset AWS_VAULT to force",
  ],
  about: { variables: ["AWS_VAULT"] },
  needs: ["profiles", "environment", "startup"],
  *check({ profiles, environment, startup }) {
    if (!profiles.tools.some(isAwsVault)) return;
    const lines = exportsOf(startup, "AWS_VAULT");
    const also = exportedHere(lines);
    if (isSet(environment, "AWS_VAULT")) {
      const { value } = environment.get("AWS_VAULT")!;
      if (!isLive(environment)) {
        const says = `AWS_VAULT is '${value}', and there are no credentials of aws-vault here: every \`aws-vault exec\` is refused`;
        yield { at: variable("AWS_VAULT"), says, also, ...suffering(AWS_VAULT, profiles), ...commentingOut(lines) };
        return;
      }
      yield { at: variable("AWS_VAULT"), severity: "info", says: `this is a shell of aws-vault, for '${value}'` };
    }
    for (const line of lines)
      yield {
        at: line.at,
        says: "every new shell exports AWS_VAULT, and aws-vault refuses to start another inside of it",
        ...suffering(AWS_VAULT, profiles),
        ...commentingOut([line]),
      };
  },
});
