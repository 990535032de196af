import { AWS_VAULT, rule } from "#rule";

export default rule({
  id: "keyring-locked-linux",
  severity: "warning",
  category: "vault",
  for: AWS_VAULT,
  summary: "the secret service's collection for aws-vault is locked, or was never made",
  why:
    "On a desktop the secret service unlocks its collections at login, and asks in a window else. Without a desktop (SSH, WSL, a container) nobody " +
    "can be asked: aws-vault finds no key, and says that credentials are missing.",
  remedy:
    "unlock it (Passwords and Keys, seahorse), or use AWS_VAULT_BACKEND=file; `aws-vault add` makes a collection that is missing",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
  errors: ["failed to unlock correct collection", "profile …: credentials missing"],
  about: { variables: ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"] },
  needs: ["keyring", "environment"],
  *check({ keyring, environment }) {
    const backend = environment.get("AWS_VAULT_BACKEND")?.value ?? "";
    if (keyring.kind !== "secret-service" || (backend !== "" && backend !== "secret-service")) return;
    if (keyring.isThere && keyring.isLocked !== true) return;
    // Who has never named it may use another store.
    if (!keyring.isThere && backend === "") return;
    yield {
      at: { kind: "system", system: "keychain" },
      says: keyring.isThere
        ? "the collection of aws-vault is locked"
        : "the secret service has no collection for aws-vault, so that no key was ever stored there",
    };
  },
});
