import { AWS_VAULT, edit, rule } from "#rule";

const ALIAS = "awsv";

export default rule({
  id: "aws-alias-wraps-aws-vault",
  severity: "warning",
  category: "vault",
  summary: "an alias that runs every aws command through aws-vault",
  why: "Inside a shell of aws-vault, and in scripts that use it, such an alias starts another aws-vault, which is refused: sessions should not be nested.",
  remedy: "give the alias another name than aws",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/environment-variables.md"],
  errors: ["aws-vault sessions should be nested with care, unset AWS_VAULT to force"],
  for: AWS_VAULT,
  about: { variables: ["aws"] },
  needs: ["startup"],
  *check({ startup }) {
    const isTaken = startup.some(({ statements }) => statements.some(({ name }) => name === ALIAS));
    for (const { statements, uses } of startup) {
      for (const { name, at } of uses)
        if (name === "aws") yield { at, says: "aws is a function that calls aws-vault exec, which cannot be nested" };
      for (const { kind, name, value, at, nameAt } of statements)
        if (kind === "alias" && name === "aws" && value.startsWith("aws-vault exec"))
          yield {
            at,
            says: "aws is an alias for aws-vault exec, which cannot be nested",
            ...(isTaken
              ? {}
              : { fix: { title: `call the alias ${ALIAS}`, safety: "ask", steps: [edit(nameAt, ALIAS)] } }),
          };
    }
  },
});
