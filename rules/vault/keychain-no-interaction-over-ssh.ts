import { AWS_VAULT, isSet, rule, variable } from "#rule";

export default rule({
  id: "keychain-no-interaction-over-ssh",
  severity: "info",
  category: "vault",
  for: AWS_VAULT,
  summary: "a session over SSH on macOS, where a locked keychain cannot ask",
  why: "The keychain asks for its password in a window. In a session over SSH there is none: while the keychain is locked, aws-vault ends with error -25308.",
  remedy:
    "`security unlock-keychain ~/Library/Keychains/aws-vault.keychain-db` in this session, or AWS_VAULT_BACKEND=file",
  links: ["https://github.com/99designs/aws-vault/blob/master/USAGE.md#keychain"],
  errors: [
    "User interaction is not allowed. (-25308)",
    "aws-vault: error: exec: Failed to get credentials for …: User interaction is not allowed. (-25308)",
  ],
  about: { variables: ["SSH_CONNECTION", "SSH_TTY"] },
  needs: ["environment", "machine"],
  *check({ environment, machine }) {
    if (machine.os !== "darwin") return;
    const backend = environment.get("AWS_VAULT_BACKEND")?.value ?? "";
    const name = ["SSH_CONNECTION", "SSH_TTY"].find((one) => isSet(environment, one));
    if (name === undefined || (backend !== "" && backend !== "keychain")) return;
    // Inside of a shell of aws-vault it is open, or not needed any more.
    if (isSet(environment, "AWS_VAULT")) return;
    yield { at: variable(name), says: "this is a session over SSH, where the keychain cannot ask for its password" };
  },
});
