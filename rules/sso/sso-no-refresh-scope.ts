import { edit, isAwsVault, lineEndOf, rule, startOf } from "#rule";

export default rule({
  id: "sso-no-refresh-scope",
  severity: "info",
  category: "sso",
  summary: "an sso-session without sso_registration_scopes, whose token is not renewed by itself",
  why:
    "With sso_registration_scopes = sso:account:access the AWS CLI gets a token that it can renew without a browser. Without it, " +
    "one has to sign in again when the hour or the day is over.",
  remedy: "add sso_registration_scopes = sso:account:access and sign in once more",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html"],
  errors: ["Token has expired and refresh failed"],
  about: { settings: ["sso_start_url"] },
  needs: ["config", "profiles"],
  *check({ config, profiles }) {
    if (!profiles.tools.some((tool) => !isAwsVault(tool))) return;
    for (const section of config.sections) {
      if (section.kind !== "sso-session" || section.isOdd) continue;
      const settings = [];
      for (let line = section.first; line < section.last; line++) settings.push(config.setting(line));
      const url = settings.find((one) => one?.name === "sso_start_url");
      if (url === undefined || settings.some((one) => one?.name === "sso_registration_scopes")) continue;
      const step = edit(
        startOf(url.linesAt),
        `sso_registration_scopes = sso:account:access${lineEndOf(config, section.first)}`,
      );
      yield {
        at: section.headerAt,
        says: `the token of '${section.name}' cannot be renewed without a browser`,
        fix: { title: "add sso_registration_scopes", safety: "ask", steps: [step] },
      };
    }
  },
});
