import { edit, hasPlaceholder, isForeign, rule, tell, wrongSettings } from "#rule";

export default rule({
  id: "sso-start-url-malformed",
  severity: "error",
  category: "sso",
  summary: "sso_start_url is not written as the portal's address is",
  why:
    "Tools send the start URL as it stands there, and name the token's file for it. A backslash from a shell, http, a missing " +
    "https:// or a missing /start is another address: the portal does not know it, or no tool finds the other's sign-in.",
  remedy: "write https://….awsapps.com/start",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html"],
  errors: [
    "Current cached SSO login is expired or invalid",
    "An error occurred (InvalidRequestException) when calling the StartDeviceAuthorization operation",
  ],
  about: { settings: ["sso_start_url"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of wrongSettings(
      facts,
      "sso_start_url",
      (value) => isForeign(value) || fault(value) === undefined,
    )) {
      const meant = repaired(found.value);
      yield* tell(found, facts, {
        says: `sso_start_url ${fault(found.value)}`,
        ...(meant === undefined
          ? {}
          : { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] } }),
      });
    }
  },
});

function fault(url: string): string | undefined {
  if (hasPlaceholder(url)) return "has a placeholder in it";
  if (/\\/.test(url)) return "has a backslash in it, which a shell would have taken away";
  if (/\s/.test(url)) return "has a blank in it";
  if (/^http:\/\//i.test(url)) return "starts with http:// in place of https://";
  if (!/^https:\/\//i.test(url)) return "does not start with https://";
  if (!/^https:\/\/[^/?#]+\.[^/?#]+/i.test(url)) return "names no host";
  if (/^https:\/\/[^/]+\.awsapps\.com\/?(?:[#?].*)?$/i.test(url)) return "has no /start behind the host";
  return undefined;
}

function repaired(url: string): string | undefined {
  if (hasPlaceholder(url)) return undefined;
  const host = /^(?:https?:\/*)?([a-z0-9.-]+\.awsapps\.com)(?=[/\\#?]|$)/i.exec(url.replaceAll(/\s/g, ""))?.[1];
  return host === undefined ? undefined : `https://${host}/start`;
}
