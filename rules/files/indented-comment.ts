import { dedented, type IndentedLine, indentedLines, oddSections, profilesOf, rule, stretch, suffering } from "#rule";

export default rule({
  id: "indented-comment",
  severity: "warning",
  category: "files",
  summary: "a comment that is indented, and so no comment for the SDKs",
  why:
    "For the SDKs a comment begins at the margin. Below a value they take an indented one for more of that value; below a header " +
    "or in a block they refuse the whole file. The AWS CLI and aws-vault pass over it.",
  remedy: "begin the comment at the margin",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  for: ["sdk"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, readers, users } of oddSections(facts)) {
      if (!readers.includes("sdk")) continue;
      const lines = [...indentedLines(document, section)];
      // Where settings stand in too, that is what is wrong.
      if (lines.some(({ kind, below }) => kind === "header" || (kind === "text" && below === undefined))) continue;
      const [first, ...others] = lines.filter((one) => one.kind === "remark" && isMistaken(one, users.includes("sdk")));
      if (first === undefined) continue;
      const isInValue = first.below !== undefined && first.below.value !== "";
      const at = ({ line, indent, content }: IndentedLine) => stretch(document, line, indent, indent + content.length);
      yield {
        at: at(first),
        says: isInValue
          ? `the comment is indented: the AWS SDKs take it for more of ${first.below.name}`
          : "the comment is indented: the AWS SDKs refuse the whole file",
        also: others.slice(0, 9).map((one) => ({ at: at(one), says: "another one" })),
        ...suffering(["sdk"], facts.profiles),
        ...(section.header === undefined ? {} : profilesOf(section.header)),
        fix: {
          title: others.length === 0 ? "begin the comment at the margin" : "begin the comments at the margin",
          safety: "safe",
          steps: dedented(document, [first, ...others], Number.POSITIVE_INFINITY),
        },
      };
    }
  },
});

/** A comment with an equals sign makes a line of a block that nobody asks for. */
function isMistaken({ below, content }: IndentedLine, isRead: boolean): boolean {
  if (below === undefined) return true;
  return below.value === "" ? !content.includes("=") : isRead;
}
