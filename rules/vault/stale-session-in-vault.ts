import { AWS_VAULT, rule } from "#rule";

export default rule({
  id: "stale-session-in-vault",
  severity: "warning",
  category: "vault",
  for: AWS_VAULT,
  summary: "a cached session that was made with an older key than the one that is stored now",
  why: "A session lives on when its key is exchanged. Where the old key was deleted, as after a rotation, its sessions are refused, and aws-vault goes on using them until they end.",
  remedy: "`aws-vault clear PROFILE`",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md"],
  errors: [
    "An error occurred (InvalidClientTokenId) when calling the … operation: The security token included in the request is invalid",
    "InvalidClientTokenId: The security token included in the request is invalid",
    "failed to parse session name: …",
    "InvalidClientTokenId during rotate",
  ],
  about: { facts: ["vaultItems"] },
  needs: ["vaultItems", "clock"],
  *check({ vaultItems, clock }) {
    for (const key of vaultItems) {
      if (key.kind !== "key") continue;
      const older = vaultItems.filter(
        ({ kind, profile, modified, expires }) =>
          kind === "session" &&
          profile === key.profile &&
          modified < key.modified &&
          (expires ?? 0) * 1000 > clock.getTime(),
      );
      if (older.length === 0) continue;
      yield {
        at: { kind: "file", path: older[0]!.path },
        says: `a session of '${key.profile}' is older than its key, and may be that of a key that is gone`,
        also: [{ at: { kind: "file", path: key.path }, says: "the key" }],
        profiles: [key.profile!],
      };
    }
  },
});
