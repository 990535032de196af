import { AWS_VAULT, rule, sightings } from "#rule";

export default rule({
  id: "gopass-incompatible",
  severity: "warning",
  category: "vault",
  for: AWS_VAULT,
  summary: "AWS_VAULT_PASS_CMD is gopass, whose options differ from those of pass",
  why: "aws-vault calls the program with pass's options. gopass knows most of them, but old versions refuse how it inserts an item, or print more than its contents.",
  remedy: "use pass, or a gopass of version 1.9 or later",
  links: ["https://github.com/99designs/aws-vault/issues/667"],
  errors: ["Error: Usage: gopass insert name"],
  about: { variables: ["AWS_VAULT_PASS_CMD"] },
  needs: ["environment", "startup"],
  *check({ environment, startup }) {
    for (const { at, value, also } of sightings("AWS_VAULT_PASS_CMD", environment, startup))
      if (/(?:^|\/)gopass$/.test(value))
        yield { at, says: "gopass takes the place of pass, and does not do all that it does", also };
  },
});
