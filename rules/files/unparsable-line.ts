import {
  type AwsDocument,
  edit,
  type IndentedLine,
  indentedLines,
  isGarbled,
  type RawSection,
  rule,
  startOf,
  stretch,
} from "#rule";

export default rule({
  id: "unparsable-line",
  severity: "error",
  category: "files",
  summary: "a line that is no section, no setting and no comment",
  why: "The AWS CLI, the SDKs and aws-vault refuse the whole file for it, most of them without a line number, so that no profile works.",
  remedy: "close a header's bracket; take any other line out, or put a # before it",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["key-value delimiter not found", "Unable to parse config file: …"],
  about: { oddLines: true },
  needs: ["config", "credentials"],
  *check(facts) {
    for (const document of [facts.config, facts.credentials]) {
      if (document.isPlain) continue;
      if (isGarbled(document)) continue;
      for (const section of document.sections) {
        if (!section.isOdd) continue;
        for (let line = section.first; line < section.last; line++) {
          const kind = document.kind(line);
          const setting = document.setting(line);
          if (kind !== "unreadable" && setting?.name !== "") continue;
          const at = document.lineAt(line);
          const isHeader = document.lineText(line).startsWith("[");
          yield {
            at,
            says: isHeader
              ? "a section header without its closing bracket"
              : kind === "unreadable"
                ? "a line without '='"
                : "a setting without a name",
            // Without its header, what stands below would go to the section above.
            ...(isHeader
              ? {}
              : { fix: { title: "make the line a comment", safety: "ask", steps: [edit(startOf(at), "# ")] } }),
          };
        }
        const indented = unreadable(document, section);
        if (indented !== undefined) {
          const { line, indent, content, below } = indented;
          yield {
            at: stretch(document, line, indent, indent + content.length),
            says:
              below === undefined
                ? "a line without '='"
                : `a line without '=' in the block of ${below.name}, for which the AWS CLI and the AWS SDKs refuse the file`,
            fix: {
              title: "make the line a comment",
              safety: "ask",
              steps: [edit(stretch(document, line, 0, indent), "# ")],
            },
          };
        }
      }
    }
  },
});

/** The first indented line that is neither a setting, nor of a block, nor more of the value above. */
function unreadable(document: AwsDocument, section: RawSection): IndentedLine | undefined {
  if (section.header === undefined) return undefined;
  let isFirst = true;
  for (const one of indentedLines(document, section)) {
    const { kind, below, content } = one;
    if (kind === "header") return undefined;
    if (kind === "remark") continue;
    if (below === undefined ? isFirst && !/[=:]/.test(content) : below.value === "" && !content.includes("="))
      return one;
    isFirst = false;
  }
  return undefined;
}
