import { edit, rule, startOf } from "#rule";

export default rule({
  id: "unparsable-line",
  severity: "error",
  category: "files",
  summary: "a line that is no section, no setting and no comment",
  why: "The AWS CLI, the SDKs and aws-vault refuse the whole file for it, most of them without a line number, so that no profile works.",
  remedy: "close a header's bracket; take any other line out, or put a # before it",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  needs: ["config", "credentials"],
  *check(facts) {
    for (const document of [facts.config, facts.credentials]) {
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
      }
    }
  },
});
