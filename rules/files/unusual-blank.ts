import { type AwsDocument, edit, type FilePlace, oddSections, profilesOf, rule, stretch, suffering } from "#rule";

/** Blanks for Python and Go that are none for the SDKs: form feeds, no-break spaces, and those of other scripts. */
const UNUSUAL = /[\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export default rule({
  id: "unusual-blank",
  severity: "warning",
  category: "files",
  summary: "a no-break space or form feed at the edge of a name or value",
  why:
    "Text copied from a web page or a chat brings blanks along that look like spaces. The AWS CLI and aws-vault strip them from a " +
    "value; for the SDKs they are part of it, and an account, a key or a region with one is none.",
  remedy: "take the blank out, or type a space",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  for: ["sdk"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, users } of oddSections(facts)) {
      if (!users.includes("sdk")) continue;
      for (let line = section.first; line < section.last; line++) {
        const kind = document.kind(line);
        if ((kind !== "setting" && kind !== "indented") || !UNUSUAL.test(document.lineText(line))) continue;
        const [first, ...others] = [...unusualAtEdges(document, line)];
        if (first === undefined) continue;
        const name = document.setting(line)?.name ?? "";
        yield {
          at: first,
          says: `the blank at the edge of ${name === "" ? "the line" : name} is none for the AWS SDKs, but part of it`,
          ...suffering(["sdk"], facts.profiles),
          ...profilesOf(section.header),
          fix: {
            title: "take the blank out",
            safety: "safe",
            steps: [edit(first, ""), ...others.map((one) => edit(one, ""))],
          },
        };
      }
    }
  },
});

/** Before the name, between name and value, and behind the value. */
function* unusualAtEdges(document: AwsDocument, line: number): Iterable<FilePlace> {
  const text = document.lineText(line);
  const setting = document.setting(line);
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const edges = [
    [0, start],
    [end, text.length],
  ];
  if (setting !== undefined) {
    const value = setting.at.span!.column - 1;
    edges.splice(1, 0, [setting.nameAt.span!.endColumn - 1, Math.min(value, end)]);
  }
  for (const [from, to] of edges) {
    for (let at = from!; at < to!; at++) {
      if (!UNUSUAL.test(text[at]!)) continue;
      const first = at;
      while (at + 1 < to! && UNUSUAL.test(text[at + 1]!)) at++;
      yield stretch(document, line, first, at + 1);
    }
  }
}
