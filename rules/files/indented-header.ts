import {
  dedented,
  type IndentedLine,
  indentedLines,
  isAwsVault,
  oddSections,
  rule,
  stretch,
  suffering,
  toolsDo,
} from "#rule";

export default rule({
  id: "indented-header",
  severity: "error",
  category: "files",
  summary: "a [section] line that is indented",
  why:
    "Below a value, the AWS CLI and the SDKs take an indented [section] line for more of that value, and its profile is gone; " +
    "at the top of a file the SDKs refuse it. aws-vault reads a section.",
  remedy: "begin the line, and the settings below it, at the margin",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, readers } of oddSections(facts)) {
      const lines = [...indentedLines(document, section)];
      for (const [index, one] of lines.entries()) {
        if (one.kind !== "header") continue;
        const { below, content } = one;
        const isInValue = below !== undefined && below.value !== "";
        const tools = readers.filter((tool) =>
          below === undefined ? tool === "sdk" : !isInValue || !isAwsVault(tool),
        );
        if (tools.length === 0) continue;
        const refusing = tools.filter((tool) => !isAwsVault(tool));
        const header = content.slice(0, content.lastIndexOf("]") + 1);
        yield {
          at: stretch(document, one.line, one.indent, one.indent + header.length),
          says: isInValue
            ? `${header} is indented: ${toolsDo(tools, "take")} it for more of ${below.name}`
            : refusing.length > 0
              ? `${header} is indented: ${toolsDo(refusing, "refuse")} the whole file`
              : `${header} is indented: ${toolsDo(tools, "take")} it for a part of ${below!.name}`,
          ...suffering(tools, facts.profiles),
          fix: {
            title: "begin the section at the margin",
            safety: "ask",
            steps: dedented(document, [one, ...upToNext(lines, index + 1)]),
          },
        };
      }
    }
  },
});

function upToNext(lines: readonly IndentedLine[], from: number): readonly IndentedLine[] {
  let next = from;
  while (next < lines.length && lines[next]!.kind !== "header" && lines[next]!.below === undefined) next++;
  return lines.slice(from, next);
}
