import { isAwsVault, rule, suffering, toolsDo } from "#rule";

export default rule({
  id: "file-has-bom",
  severity: "error",
  category: "files",
  summary: "a file that starts with a byte order mark",
  why:
    "Notepad and PowerShell put three invisible bytes before the first line. The AWS CLI and the SDKs take them for part of it, do " +
    "not see its [section], and refuse the whole file; aws-vault passes over them.",
  remedy: "save the file as UTF-8 without a byte order mark (in PowerShell 7: `-Encoding utf8NoBOM`)",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
    "https://github.com/aws/aws-cli/issues/3419",
  ],
  errors: ["Unable to parse config file: …", "Expected a profile or property definition on line 1"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check({ config, credentials, profiles }) {
    const refusing = profiles.tools.filter((tool) => !isAwsVault(tool));
    if (refusing.length === 0) return;
    for (const document of [config, credentials]) {
      if (!document.hasBom || document.encoding !== "utf-8") continue;
      yield {
        at: document.lineAt(0),
        says: `the file starts with a byte order mark: ${toolsDo(refusing, "refuse")} it`,
        ...suffering(refusing, profiles),
        fix: {
          title: "take the byte order mark away",
          safety: "safe",
          steps: [{ kind: "encode", path: document.path }],
        },
      };
    }
  },
});
