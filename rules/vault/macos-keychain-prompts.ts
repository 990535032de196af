import { AWS_VAULT, inWords, rule } from "#rule";

/** What `security create-keychain` and aws-vault leave it at. */
const SHORT = 300;

export default rule({
  id: "macos-keychain-prompts",
  severity: "info",
  category: "vault",
  for: AWS_VAULT,
  summary: "aws-vault's keychain locks itself after minutes, and so asks all the time",
  why: "A new keychain locks after five minutes, and when the computer sleeps. Each command of aws-vault after that asks for its password.",
  remedy:
    "`security set-keychain-settings -u -t 28800 ~/Library/Keychains/aws-vault.keychain-db` (8 hours; add -l to lock on sleep)",
  links: ["https://github.com/99designs/aws-vault/blob/master/USAGE.md#keychain"],
  errors: [
    'aws-vault wants to use the "aws-vault" keychain.',
    "Failed to query keychain: …",
    "Failed to update item in keychain: …",
  ],
  about: { programs: ["security"] },
  needs: ["keyring", "programs"],
  *check({ keyring }) {
    if (keyring.kind !== "keychain" || !keyring.isThere) return;
    const { locksAfter, locksOnSleep } = keyring;
    const isShort = locksAfter !== undefined && locksAfter <= SHORT;
    if (!isShort && !locksOnSleep) return;
    const when = [isShort ? `after ${inWords(locksAfter)}` : "", locksOnSleep ? "when the computer sleeps" : ""];
    yield {
      at: { kind: "system", system: "keychain" },
      says: `aws-vault's keychain locks ${when.filter((one) => one !== "").join(" and ")}, and asks for its password each time`,
    };
  },
});
