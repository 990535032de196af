import { edit, rule, tell, wrongSettings } from "#rule";

export default rule({
  id: "sso-start-url-variants",
  severity: "warning",
  category: "sso",
  summary: "one portal, and its address spelt in two ways",
  why:
    "A token is kept in a file that is named for the start URL, letter by letter. With /start, /start/ and /start#/ side by side " +
    "one signs in once for each spelling, and tools say that the login has expired although it has not.",
  remedy: "write the address in one way everywhere: better still, once, in an [sso-session] section",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html"],
  errors: ["Cached SSO login is expired/invalid", "Error loading SSO Token: Token for … does not exist"],
  about: { settings: ["sso_start_url"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const byPortal = new Map<string, string[]>();
    for (const _ of wrongSettings(facts, "sso_start_url", (value) => collect(byPortal, value)));
    for (const spellings of byPortal.values()) {
      if (spellings.length < 2) continue;
      const [first, ...others] = spellings.map((spelling) => [
        ...wrongSettings(facts, "sso_start_url", (one) => one !== spelling),
      ]);
      for (const [other] of others) {
        yield* tell(other!, facts, {
          says: `'${other!.value}' is the portal that is spelt '${first![0]!.value}' elsewhere`,
          also: [{ at: first![0]!.setting.at, says: "the other spelling" }],
          fix: {
            title: `write ${first![0]!.value}`,
            safety: "ask",
            steps: [edit(other!.setting.at, first![0]!.value)],
          },
        });
      }
    }
  },
});

/** Asked once for each spelling, in each file. */
function collect(byPortal: Map<string, string[]>, value: string): true {
  const portal = value
    .toLowerCase()
    .replace(/[/#?]+$/, "")
    .replace(/\/start$/, "");
  const known = byPortal.get(portal) ?? [];
  byPortal.set(portal, known);
  if (!known.includes(value)) known.push(value);
  return true;
}
