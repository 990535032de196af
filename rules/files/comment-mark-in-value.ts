import {
  AWS_VAULT,
  isAwsVault,
  isKnownSetting,
  oddSections,
  profilesOf,
  rule,
  settingLines,
  stretch,
  suffering,
  tellValues,
  valuesOf,
} from "#rule";

const MARK = /[^ \t][#;]/;

export default rule({
  id: "comment-mark-in-value",
  severity: "info",
  category: "files",
  summary: "a # or ; inside a value, where aws-vault (99designs) cuts it off",
  why:
    "For aws-vault (99designs) every # and ; starts a remark, also without a blank before it and inside quotes: a command loses " +
    "its end, a key its tail. The other tools keep the value, the maintained aws-vault among them.",
  remedy: "use the maintained aws-vault, or do without the character: a command may stand in a script",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/config.md",
  ],
  for: AWS_VAULT,
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const { profiles } = facts;
    const hurts = profiles.tools.includes("aws-vault-99designs");
    for (const { document, section, users } of oddSections(facts)) {
      if (!users.some(isAwsVault)) continue;
      const tools = hurts ? users : [...users, "aws-vault-99designs" as const];
      for (const [line, setting] of settingLines(document, section, MARK)) {
        // A start URL has a rule of its own, and behind a blank the mark starts a remark for nearly everybody.
        if (setting.name === "sso_start_url" || !isKnownSetting(setting.name)) continue;
        const value = setting.value.replace(/[ \t][#;].*$/, "").trimEnd();
        const mark = value.search(/[#;]/);
        if (mark < 0) continue;
        const values = valuesOf(document, line, tools);
        const cut = values.get("aws-vault-99designs");
        if (cut === undefined || cut === value || cut === value.replace(/^(["'`])(.*)\1$/, "$2")) continue;
        const start = setting.at.span!.column - 1;
        yield {
          at: stretch(document, line, start + mark, start + value.length),
          says: `a '${value[mark]}' stands inside the value of ${setting.name}: ${tellValues(values, value)}`,
          ...(hurts ? { severity: "warning", ...suffering(["aws-vault-99designs"], profiles) } : {}),
          ...profilesOf(section.header),
        };
      }
    }
  },
});
