import { type AwsDocument, edit, rule } from "#rule";

export default rule({
  id: "whitespace-only-lines",
  severity: "info",
  category: "files",
  for: ["sdk"],
  summary: "a line of blanks inside a section, which old SDKs for Java refuse",
  why: "For all current tools such a line is empty. Versions of the SDK for Java 2 before 2020 take it for more of the value above, and refuse the file.",
  remedy: "take the blanks out",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["Expected an '=' sign defining a property on line …"],
  needs: ["config", "credentials"],
  *check({ config, credentials }) {
    for (const document of [config, credentials]) {
      const line = firstOfBlanks(document);
      if (line < 0) continue;
      const at = document.lineAt(line);
      yield {
        at,
        says: `line ${line + 1} holds nothing but blanks`,
        fix: { title: "take the blanks out", safety: "safe", steps: [edit(at, "")] },
      };
    }
  },
});

function firstOfBlanks(document: AwsDocument): number {
  for (let line = 0; line < document.lineCount; line++)
    if (document.kind(line) === "blank" && /^[ \t]+$/.test(document.lineText(line))) return line;
  return -1;
}
