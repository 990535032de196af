import {
  type AwsDocument,
  between,
  deleting,
  edit,
  type Fix,
  isPlainName,
  list,
  newSection,
  rule,
  type Setting,
  type SettingLine,
  settingsNamed,
  stretch,
  tell,
} from "#rule";

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
          ...movedToConfig(found, lines, facts.config),
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

/** They hold no secret, so they can be written anew where they belong. */
function movedToConfig({ name }: SettingLine, lines: readonly Setting[], config: AwsDocument): { fix?: Fix } {
  const isShown = lines.every(
    ({ hidden, value, nested }) => hidden === undefined && nested === undefined && value !== "",
  );
  if (!isShown || !isPlainName(name) || config.text === "") return {};
  const texts = lines.map((one) => `${one.name} = ${one.value}`);
  const header = name === "default" ? "default" : `profile ${name}`;
  const section = config.sections.find((one) => one.header === header);
  const has = lines.some((one) =>
    config.linesNamed(one.name).some((line) => section !== undefined && line >= section.first && line < section.last),
  );
  if (has) return {};
  const step =
    section === undefined
      ? newSection(config, header, texts)
      : edit(stretch(config, section.first + 1, 0, 0), texts.map((text) => `${text}\n`).join(""));
  if (section !== undefined && section.first + 1 >= config.lineCount) return {};
  return { fix: { title: "move them to the config file", safety: "ask", steps: [step, ...lines.map(deleting)] } };
}
