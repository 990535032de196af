import { type AwsDocument, type Fix, hasTwoBytes, isAwsVault, list, rule } from "#rule";

export default rule({
  id: "file-is-utf16",
  severity: "error",
  category: "files",
  summary: "a file in UTF-16, or in another encoding than UTF-8",
  why:
    "All tools expect UTF-8. PowerShell's > writes UTF-16 in older versions, which no tool reads; for one byte of an older encoding " +
    "(an accented letter in Latin-1) the AWS CLI refuses the whole file, and the SDKs take it for empty.",
  remedy: "save the file as UTF-8 without a byte order mark",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["INIParseError: unsupported expression"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check({ config, credentials, profiles }) {
    for (const document of [config, credentials]) {
      if (document.sealedBy !== undefined) continue;
      if (document.encoding === "utf-16le" || document.encoding === "utf-16be" || hasTwoBytes(document)) {
        yield {
          at: document.lineAt(0),
          says: "the file is in UTF-16, and no tool reads it as it is meant",
          // Without a byte order mark nobody says which of the two bytes comes first.
          ...(hasTwoBytes(document) ? {} : { fix: inUtf8(document) }),
        };
      } else if (document.encoding === "broken-utf-8") {
        const tools = profiles.tools.filter((tool) => document === config || !isAwsVault(tool));
        if (tools.length === 0) continue;
        const said = [
          ...(tools.includes("cli") ? ["the AWS CLI refuses it"] : []),
          ...(tools.includes("sdk") ? ["the AWS SDKs take it for empty"] : []),
          ...(tools.some(isAwsVault) ? ["aws-vault reads another character"] : []),
        ];
        yield {
          at: firstStrange(document),
          says: `the file is not UTF-8 text: ${list(said)}`,
          ...(tools.every(isAwsVault) ? { severity: "warning" } : {}),
        };
      }
    }
  },
});

const inUtf8 = ({ path }: AwsDocument): Fix => ({
  title: "write the file as UTF-8 without a byte order mark",
  safety: "safe",
  steps: [{ kind: "encode", path }],
});

/** The first line that is not plain ASCII; the masked text keeps only what is public of it. */
function firstStrange(document: AwsDocument) {
  for (let line = 0; line < document.lineCount; line++)
    if (/[^\0-\x7f]/.test(document.lineText(line).replaceAll("·", ""))) return document.lineAt(line);
  return document.lineAt(0);
}
