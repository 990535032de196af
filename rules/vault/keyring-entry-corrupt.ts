import { AWS_VAULT, rule } from "#rule";

export default rule({
  id: "keyring-entry-corrupt",
  severity: "error",
  category: "vault",
  for: AWS_VAULT,
  summary: "a file in aws-vault's folder that holds no sealed item",
  why: "Each file there is one sealed text. A full disk, a copy that broke off or a synchronised folder leaves an empty or cut one, and aws-vault fails on every command that comes across it.",
  remedy: "remove the file, and store the key again: `aws-vault add PROFILE`",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/vaulting-backends.md"],
  errors: [
    "Invalid data in keyring: unexpected end of JSON input",
    "aws-vault: error: exec: Failed to get credentials for …: square/go-jose: compact JWE format must have five parts",
    "go-jose/go-jose: compact JWE format must have five parts",
    "Invalid data in keyring: …",
    "GetAllMetadata: …",
  ],
  about: { facts: ["vaultItems"] },
  needs: ["vaultItems"],
  *check({ vaultItems }) {
    for (const { path, state, kind, profile } of vaultItems) {
      if (state === "sealed") continue;
      const whose = kind === "key" ? `the key of '${profile}'` : kind === "session" ? "a session" : "a token";
      yield {
        at: { kind: "file", path },
        says: `this should be ${whose}, and ${state === "empty" ? "is empty" : "is no sealed item"}`,
        // What was never an item harms nobody who does not ask for it by its name.
        ...(state === "foreign" ? { severity: "info" as const } : {}),
        ...(kind === "key" && profile !== undefined ? { profiles: [profile] } : {}),
      };
    }
  },
});
