import {
  type AwsDocument,
  edit,
  type FilePlace,
  type Finding,
  type IndentedLine,
  indentedLines,
  isGarbled,
  type RawSection,
  rule,
  startOf,
  stretch,
} from "#rule";

/** A file of something else altogether is not worth more steps than this. */
const LINES_MAX = 1000;

export default rule({
  id: "unparsable-line",
  severity: "error",
  category: "files",
  summary: "a line that is no section, no setting and no comment",
  why: "The AWS CLI, the SDKs and aws-vault refuse the whole file for it, most of them without a line number, so that no profile works.",
  remedy: "close a header's bracket; take any other line out, or put a # before it",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: [
    "key-value delimiter not found",
    "Unable to parse config file: …",
    "Error loading config: …",
    "Source contains parsing errors: '…'",
  ],
  about: { oddLines: true },
  needs: ["config", "credentials"],
  *check(facts) {
    for (const document of [facts.config, facts.credentials]) {
      if (document.isPlain) continue;
      if (isGarbled(document)) continue;
      for (const section of document.sections) {
        if (!section.isOdd) continue;
        let line = section.first;
        while (line < section.last) {
          if (!isUnreadable(document, line)) {
            line++;
            continue;
          }
          const last = isHeader(document, line) ? line : endOfRun(document, line, section.last);
          yield told(document, line, last);
          line = last + 1;
        }
        const indented = unreadable(document, section);
        if (indented !== undefined) {
          const { line: at, indent, content, below } = indented;
          yield {
            at: stretch(document, at, indent, indent + content.length),
            says:
              below === undefined
                ? "a line without '='"
                : `a line without '=' in the block of ${below.name}, for which the AWS CLI and the AWS SDKs refuse the file`,
            fix: {
              title: "make the line a comment",
              safety: "ask",
              steps: [edit(stretch(document, at, 0, indent), "# ")],
            },
          };
        }
      }
    }
  },
});

const isUnreadable = (document: AwsDocument, line: number): boolean =>
  document.kind(line) === "unreadable" || document.setting(line)?.name === "";

const isHeader = (document: AwsDocument, line: number): boolean => document.lineText(line).startsWith("[");

/** The last line of what was pasted as one piece: what is indented or blank within it belongs to it. */
function endOfRun(document: AwsDocument, first: number, end: number): number {
  let last = first;
  for (let line = first + 1; line < end; line++) {
    const kind = document.kind(line);
    if (kind === "blank") continue;
    if (kind !== "indented" && (!isUnreadable(document, line) || isHeader(document, line))) break;
    last = line;
  }
  return last;
}

function told(document: AwsDocument, first: number, last: number): Finding {
  // Without its header, what stands below would go to the section above.
  if (isHeader(document, first))
    return { at: document.lineAt(first), says: "a section header without its closing bracket" };
  if (last > first) {
    const lines = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const [one, ...others] = lines
      .filter((line) => document.kind(line) !== "blank")
      .map((line) => edit(startOf(document.lineAt(line)), "# "));
    return {
      at: lineAndBelow(document, first, last),
      says: `lines ${first + 1} to ${last + 1} are no settings`,
      ...(lines.length > LINES_MAX
        ? {}
        : { fix: { title: "make the lines comments", safety: "ask", steps: [one!, ...others] } }),
    };
  }
  const at = document.lineAt(first);
  return {
    at,
    says: document.kind(first) === "unreadable" ? "a line without '='" : "a setting without a name",
    fix: { title: "make the line a comment", safety: "ask", steps: [edit(startOf(at), "# ")] },
  };
}

function lineAndBelow(document: AwsDocument, first: number, last: number): FilePlace {
  const from = document.lineSpan(first);
  const { end, endLine, endColumn } = document.lineSpan(last);
  return { kind: "file", path: document.path, span: { ...from, end, endLine, endColumn } };
}

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
