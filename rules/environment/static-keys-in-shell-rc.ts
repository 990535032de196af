import { commentingOut, exportsOf, KEY_VARIABLES, list, rule } from "#rule";

export default rule({
  id: "static-keys-in-shell-rc",
  severity: "warning",
  category: "environment",
  summary: "access keys are exported in a shell start-up file",
  why:
    "Every new shell exports them again: they win over AWS_PROFILE, come back after each `unset`, and what stands in the file " +
    "in plain text stays valid for as long as nobody rotates it.",
  remedy: "take the lines out, store the keys with `aws-vault add`, and unset them in the shells that are open",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
  ],
  about: { variables: KEY_VARIABLES },
  needs: ["startup"],
  *check({ startup }) {
    for (const file of startup) {
      const exported = KEY_VARIABLES.flatMap((name) => exportsOf([file], name));
      // One line may export several.
      const byLine = new Map(exported.map((one) => [one.at.span!.start, one]));
      const [first, ...others] = [...byLine.values()].sort((a, b) => a.at.span!.start - b.at.span!.start);
      if (first === undefined) continue;
      yield {
        at: first.at,
        says: `every new shell exports ${list([...new Set(exported.map(({ name }) => name))])}`,
        also: others.map(({ at }) => ({ at, says: "and here" })),
        ...commentingOut([first, ...others]),
      };
    }
  },
});
