import { rule, signOns, suffering } from "#rule";

export default rule({
  id: "sso-token-expired",
  severity: "error",
  category: "sso",
  summary: "the sign-in of the profile in use has expired",
  why: "A token lasts some hours. Without a refresh token, which an [sso-session] with sso_registration_scopes gets, nobody but you can renew it.",
  remedy: "`aws sso login --profile NAME`",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html"],
  errors: [
    "The SSO access token has either expired or is otherwise invalid",
    "Error when retrieving token from sso: Token has expired and refresh failed",
    "The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile",
  ],
  about: { settings: ["sso_session", "sso_start_url"] },
  needs: ["profiles", "environment", "sso", "clock"],
  *check({ profiles, environment, sso, clock }) {
    for (const { by, key, names, tools } of signOns(profiles, environment)) {
      const token = key.session === undefined ? sso.startUrls.get(key.startUrl) : sso.sessions.get(key.session);
      if (token?.expires === undefined || token.canRefresh || token.expires.getTime() > clock.getTime()) continue;
      yield {
        at: { kind: "file", path: token.path },
        says: `the sign-in to '${key.session ?? key.startUrl}' ended on ${token.expires.toISOString().slice(0, 16).replace("T", " at ")} UTC`,
        also: [{ at: by.at, says: "the profile in use signs on here" }],
        profiles: names,
        ...suffering(tools, profiles),
      };
    }
  },
});
