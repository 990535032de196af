import { commentingOut, exportsOf, KEY_VARIABLES, rule } from "#rule";

export default rule({
  id: "static-keys-in-shell-rc",
  severity: "warning",
  category: "environment",
  summary: "access keys are exported in a shell start-up file",
  why:
    "Every new shell exports them again: they win over every profile, stay valid in plain text for as long as nobody rotates " +
    "them, and come back after each `unset`.",
  remedy: "take the lines out, store the keys with `aws-vault add`, and unset them in the shells that are open",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
  ],
  needs: ["startup"],
  *check({ startup }) {
    for (const name of KEY_VARIABLES) {
      for (const line of exportsOf(startup, name)) {
        yield { at: line.at, says: `every new shell exports ${name}`, ...commentingOut([line]) };
      }
    }
  },
});
