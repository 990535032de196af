import { rule } from "#rule";

/** What most guidelines ask for, AWS's own among them. */
const DAYS_MAX = 90;
const DAY_MS = 86_400_000;

export default rule({
  id: "access-key-old",
  severity: "info",
  category: "keys",
  summary: "a key that is older than 90 days",
  why: "A key that does not expire is the longer in more places, the longer it lives: backups, histories, other machines. Whoever finds it then, may use it.",
  remedy:
    "`aws-vault rotate PROFILE` for a key in the vault; else make a new one in IAM, and delete this one; better, use single sign-on",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html"],
  about: { settings: ["aws_access_key_id"], variables: ["AWS_ACCESS_KEY_ID"] },
  needs: ["online", "clock"],
  *check({ online, clock }) {
    for (const { at, name, profiles, created } of online.keys) {
      if (created === undefined) continue;
      const days = Math.floor((clock.getTime() - created.getTime()) / DAY_MS);
      if (days <= DAYS_MAX) continue;
      yield { at, says: `${name} is ${days} days old: it was made on ${created.toISOString().slice(0, 10)}`, profiles };
    }
  },
});
