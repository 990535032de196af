import { AWS_VAULT, exporting, list, rule, sightings } from "#rule";

export default rule({
  id: "backend-changes-by-itself",
  severity: "warning",
  category: "vault",
  for: AWS_VAULT,
  summary: "keys are in the file store, and nothing tells aws-vault to use it",
  why: "Without AWS_VAULT_BACKEND aws-vault takes the first store that this session offers, and never the file store on Linux with a desktop or macOS. When that changes, the keys seem to be gone.",
  remedy: "`export AWS_VAULT_BACKEND=file` in the shell's start-up file",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
  errors: [
    "Error: … is not in the password store.",
    "The specified item could not be found in the keyring",
    "Error: You must run: pass init your-gpg-id before you may use the password store.",
  ],
  needs: ["environment", "startup", "vault", "programs", "named", "store"],
  about: { facts: ["vaultItems"] },
  *check({ environment, startup, vault, programs, named, store }) {
    if (vault.profiles.length === 0 || [...sightings("AWS_VAULT_BACKEND", environment, startup)].length > 0) return;
    const other = store.session?.hasBus
      ? "secret-service"
      : programs.has("pass") && named.passStore.state === "file"
        ? "pass"
        : undefined;
    if (other === undefined) return;
    yield {
      at: { kind: "file", path: vault.path },
      says: `keys of ${list(vault.profiles.slice(0, 3).map((name) => `'${name}'`))} are in the file store, and without AWS_VAULT_BACKEND aws-vault looks elsewhere, in ${other}`,
      profiles: vault.profiles,
      ...exporting("AWS_VAULT_BACKEND", "file", { environment, startup }),
    };
  },
});
