import { edit, isKnownSetting, oddSections, profilesOf, rule, settingLines, suffering } from "#rule";

export default rule({
  id: "uppercase-file-keys",
  severity: "warning",
  category: "files",
  summary: "a setting's name in capitals, which JavaScript tools do not know",
  why:
    "The AWS CLI, aws-vault and most SDKs take REGION and region for one name. The AWS SDK for JavaScript, and with it the VS Code " +
    "toolkit, the CDK and Serverless, does not: it passes over the setting, and says that credentials are missing.",
  remedy: "write the name in lower case (capitals are for environment variables)",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html"],
  errors: ["credentials profile … is invalid"],
  for: ["sdk"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, users } of oddSections(facts)) {
      if (!users.includes("sdk")) continue;
      for (const [, setting] of settingLines(document, section, /^[^=:]*[A-Z]/)) {
        if (!isKnownSetting(setting.name)) continue;
        yield {
          at: setting.nameAt,
          says: `the AWS SDK for JavaScript does not take this for ${setting.name}`,
          ...suffering(["sdk"], facts.profiles),
          ...profilesOf(section.header),
          fix: {
            title: `write ${setting.name}`,
            safety: "safe",
            steps: [edit(setting.nameAt, setting.name)],
          },
        };
      }
    }
  },
});
