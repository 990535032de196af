import { rule, signOns, suffering } from "#rule";

export default rule({
  id: "sso-not-logged-in",
  severity: "warning",
  category: "sso",
  summary: "the profile in use signs on with IAM Identity Center, and nobody has signed in",
  why: "The token of a sign-in is a file in ~/.aws/sso/cache, named for the session or the start URL. There is none for this one: every command says that the token does not exist.",
  remedy: "`aws sso login --profile NAME` (aws-vault signs in by itself, and keeps its token in its own store)",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html"],
  errors: [
    "Error loading SSO Token: Token for … does not exist",
    "failed to read cached SSO token file, open …/.aws/sso/cache/….json: no such file or directory",
    "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
    "SSOProviderInvalidToken: the SSO session has expired or is invalid caused by: open …/.aws/sso/cache/….json: no such file or directory",
    "failed to refresh cached credentials, the SSO session has expired or is invalid: open …/.aws/sso/cache/….json: no such file or directory",
  ],
  about: { settings: ["sso_session", "sso_start_url"] },
  needs: ["profiles", "environment", "sso"],
  *check({ profiles, environment, sso }) {
    for (const { by, key, names, tools } of signOns(profiles, environment)) {
      const token = key.session === undefined ? sso.startUrls.get(key.startUrl) : sso.sessions.get(key.session);
      const isPortal = /\.(?:awsapps\.com|app\.aws)\b/.test(key.startUrl);
      if (token !== undefined || !isPortal) continue;
      yield {
        at: by.at,
        says: `nobody has signed in to '${key.session ?? key.startUrl}'`,
        profiles: names,
        ...suffering(tools, profiles),
        // Who never signed in with the AWS CLI may do it in another way.
        ...(sso.isThere ? {} : { severity: "info" as const }),
      };
    }
  },
});
