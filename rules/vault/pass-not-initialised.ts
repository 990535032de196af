import { AWS_VAULT, rule, sightings } from "#rule";

export default rule({
  id: "pass-not-initialised",
  severity: "error",
  category: "vault",
  for: AWS_VAULT,
  summary: "aws-vault is to use pass, and there is no password store",
  why: "pass keeps in the file .gpg-id which GPG key its store is for. Without it (`pass init` was never run, or the folder is another) nothing can be stored.",
  remedy: "`pass init <gpg-key-id>`; a key is made with `gpg --full-generate-key`",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
  errors: [
    "aws-vault: error: add: Object does not exist at path “/”",
    'Error: password store is empty. Try "pass init".',
    "Error: You must run: pass init your-gpg-id before you may use the password store.",
  ],
  about: { variables: ["AWS_VAULT_BACKEND"] },
  needs: ["environment", "startup", "programs", "named"],
  *check({ environment, startup, programs, named }) {
    if (named.passStore.state !== "missing" || !programs.has("pass")) return;
    for (const { at, value, also } of sightings("AWS_VAULT_BACKEND", environment, startup)) {
      if (value === "pass")
        yield { at, says: `the store is to be pass, and there is no .gpg-id in the password store`, also };
    }
  },
});
