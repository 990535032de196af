import { between, list, rule, type Setting, type SettingLine, settingsNamed, tell } from "#rule";

export default rule({
  id: "sso-in-credentials-file",
  severity: "warning",
  category: "sso",
  summary: "settings of single sign-on in the credentials file",
  why:
    "The AWS CLI reads them from there, but several SDKs and aws-vault look for sso_ settings in the config file alone: in them the " +
    "profile has no credentials.",
  remedy: "move the sso_ lines to the profile's section in ~/.aws/config",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html",
  ],
  errors: [
    "failed to load assume role …, of profile …, <nil>",
    "Error: Profile is configured with invalid SSO credentials",
  ],
  about: { settings: ["sso_*"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const told = new Set<number>();
    for (const name of facts.credentials.settingNames) {
      if (!name.startsWith("sso_")) continue;
      for (const found of settingsNamed(facts, name)) {
        if (found.file !== "credentials" || told.has(found.section.first)) continue;
        told.add(found.section.first);
        const lines = linesOf(found);
        yield* tell(found, facts, {
          at: between(lines[0]!.at, lines.at(-1)!.at),
          says: `${list(lines.map((one) => one.name))} of '${found.name}' ${lines.length === 1 ? "stands" : "stand"} in the credentials file, where not all tools look for ${lines.length === 1 ? "it" : "them"}`,
        });
      }
    }
  },
});

function linesOf({ document, section }: SettingLine): Setting[] {
  const found: Setting[] = [];
  for (let line = section.first; line < section.last; line++) {
    const setting = document.setting(line);
    if (setting?.name.startsWith("sso_") === true) found.push(setting);
  }
  return found;
}
