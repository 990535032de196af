import { edit, type Finding, profilesOf, rule, type Setting } from "#rule";

export default rule({
  id: "duplicate-key",
  severity: "error",
  category: "files",
  summary: "the same setting twice in one section",
  why:
    "The AWS CLI and every tool on botocore refuse the whole file; the SDKs and aws-vault take the later one. Upper and lower " +
    "case make no difference.",
  remedy: "keep the one that you mean",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  errors: ["DuplicateOptionError: option '…' in section '…' already exists", "Unable to parse config file: …"],
  about: { oddLines: true },
  needs: ["config", "credentials"],
  *check(facts) {
    for (const document of [facts.config, facts.credentials]) {
      if (document.isPlain) continue;
      for (const section of document.sections) {
        if (!section.isOdd || section.header === undefined) continue;
        const first = new Map<string, Setting>();
        for (let line = section.first; line < section.last; line++) {
          // Behind a header that nobody can read stand the settings of another section.
          if (document.kind(line) === "unreadable" && document.lineText(line).startsWith("[")) first.clear();
          const setting = document.setting(line);
          if (setting === undefined || setting.name === "") continue;
          const twin = first.get(setting.name);
          if (twin === undefined) first.set(setting.name, setting);
          else yield judge(section.header, twin, setting);
        }
      }
    }
  },
});

function judge(header: string, twin: Setting, setting: Setting): Finding {
  const isEqual = twin.hidden === undefined && setting.hidden === undefined && twin.value === setting.value;
  return {
    at: setting.nameAt,
    says: `another ${setting.name} in [${header}]: the AWS CLI refuses the whole file`,
    also: [{ at: twin.nameAt, says: "the first one" }],
    ...profilesOf(header),
    ...(isEqual
      ? {
          fix: {
            title: "drop this one, which says the same as the first",
            safety: "ask",
            steps: [edit(setting.linesAt, "")],
          },
        }
      : {}),
  };
}
