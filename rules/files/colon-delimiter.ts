import {
  type AwsDocument,
  edit,
  isKnownSetting,
  oddSections,
  profilesOf,
  rule,
  settingLines,
  stretch,
  suffering,
} from "#rule";

/** The first delimiter of the line is a colon. */
const COLON = /^[^=:]+:/;

export default rule({
  id: "colon-delimiter",
  severity: "warning",
  category: "files",
  summary: "`name: value` instead of `name = value`",
  why:
    "The AWS CLI and aws-vault take a colon for an equals sign. For the SDKs it is part of the name: without an equals sign in " +
    "the line they refuse the whole file, and none of its profiles works.",
  remedy: "write `name = value`",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  for: ["sdk"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, users } of oddSections(facts)) {
      // What stands above the first header is refused anyway.
      if (section.header === undefined) continue;
      for (const [line, setting] of settingLines(document, section, COLON)) {
        const isRefused = !document.lineText(line).includes("=");
        const isKnown = isKnownSetting(setting.name);
        const name = isKnown ? setting.name : "the name"; // It may be masked.
        // In a section that is nothing to anybody, another name harms nobody.
        if (!isRefused && !isKnown && users.length === 0) continue;
        yield {
          at: colonAt(document, line),
          says: isRefused
            ? `a colon instead of an equals sign behind ${name}: the AWS SDKs refuse the whole file`
            : `a colon behind ${name}, before the equals sign: the AWS SDKs take all up to there for the name`,
          ...(isRefused || isKnown ? {} : { severity: "info" }),
          ...suffering(["sdk"], facts.profiles),
          ...profilesOf(section.header),
          ...(isRefused || isKnown
            ? {
                fix: {
                  title: "write an equals sign",
                  safety: isKnown ? "safe" : "ask",
                  steps: [edit(colonAt(document, line, setting.nameAt.span!.endColumn - 1), " =")],
                },
              }
            : {}),
        };
      }
    }
  },
});

function colonAt(document: AwsDocument, line: number, from?: number) {
  const colon = document.lineText(line).indexOf(":");
  return stretch(document, line, from ?? colon, colon + 1);
}
