import { edit, rule } from "#rule";

const OLD = "AWS_SESSION_EXPIRATION";
const NEW = "AWS_CREDENTIAL_EXPIRATION";

export default rule({
  id: "expiry-variable-renamed",
  severity: "warning",
  category: "environment",
  for: ["aws-vault-byteness", "aws-vault-99designs"],
  summary: "a prompt that asks for AWS_SESSION_EXPIRATION, which aws-vault sets no more",
  why:
    "Up to version 6 aws-vault exported the end of a session as AWS_SESSION_EXPIRATION. Since version 7 the variable is AWS_CREDENTIAL_EXPIRATION, as " +
    "in the AWS CLI, and a prompt that asks for the old one shows nothing.",
  remedy: "write AWS_CREDENTIAL_EXPIRATION",
  links: ["https://github.com/99designs/aws-vault/releases/tag/v7.0.0"],
  about: { variables: [OLD] },
  needs: ["startup", "environment"],
  *check({ startup, environment }) {
    if (environment.has(OLD)) return;
    for (const { uses, statements } of startup) {
      // Who knows both, falls back on the old one.
      if (uses.some(({ name }) => name === NEW) || statements.some(({ name }) => name === OLD)) continue;
      for (const { name, at } of uses) {
        if (name !== OLD) continue;
        yield {
          at,
          says: `aws-vault sets ${NEW} since version 7, and not ${OLD}`,
          fix: { title: `write ${NEW}`, safety: "ask", steps: [edit(at, NEW)] },
        };
      }
    }
  },
});
