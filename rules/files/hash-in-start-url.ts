import { AWS_VAULT, edit, oddSections, profilesOf, rule, settingLines, stretch, suffering } from "#rule";

export default rule({
  id: "hash-in-start-url",
  severity: "info",
  category: "files",
  summary: "a # in sso_start_url, where aws-vault (99designs) cuts the address off",
  why:
    "The browser's address of the access portal ends in '#/', which is no part of the start URL. aws-vault (99designs) takes the # " +
    "for a remark and reads another address than the AWS CLI, so that the two never share a sign-in; the maintained aws-vault " +
    "keeps it.",
  remedy: "write the start URL without # and what follows",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html"],
  for: AWS_VAULT,
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const { tools } = facts.profiles;
    const hurts = tools.includes("aws-vault-99designs");
    for (const { document, file, section, users } of oddSections(facts)) {
      if (users.length === 0 || file === "credentials") continue;
      for (const [line, setting] of settingLines(document, section, /^sso_start_url\b.*[#;]/i)) {
        if (setting.name !== "sso_start_url") continue;
        const value = setting.value.replace(/[ \t][#;].*$/, "").trimEnd();
        const mark = value.search(/[#;]/);
        if (mark < 0) continue;
        const start = setting.at.span!.column - 1;
        const rest = stretch(document, line, start + mark, start + value.length);
        yield {
          at: rest,
          says: `sso_start_url goes on behind a '${value[mark]}': aws-vault (99designs) reads it only up to there`,
          ...(hurts ? { severity: "warning", ...suffering(["aws-vault-99designs"], facts.profiles) } : {}),
          ...profilesOf(section.header),
          ...(value[mark] === "#"
            ? {
                fix: { title: `drop '${value.slice(mark)}' from the address`, safety: "ask", steps: [edit(rest, "")] },
              }
            : {}),
        };
      }
    }
  },
});
