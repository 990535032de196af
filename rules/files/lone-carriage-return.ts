import { edit, type Fix, hasReturnInside, type OddSection, oddSections, rule, stretch, toolsDo } from "#rule";

/** A file of old is one long line, and a fix for it is not worth more steps than this. */
const RETURNS_MAX = 1000;

export default rule({
  id: "lone-carriage-return",
  severity: "error",
  category: "files",
  summary: "a carriage return without a line feed, inside a line",
  why:
    "For the AWS CLI a carriage return alone ends a line. For the SDKs and aws-vault it is a character like others, so that they " +
    "see one line where the AWS CLI sees two.",
  remedy: "save the file with line feeds (or Windows line ends) as line ends",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, readers } of oddSections(facts)) {
      if (readers.length === 0) continue;
      for (let line = section.first; line < section.last; line++) {
        if (document.kind(line) === "comment" || !hasReturnInside(document, line)) continue;
        const at = document.lineText(line).indexOf("\r");
        const python = readers.filter((tool) => tool === "cli");
        const others = readers.filter((tool) => tool !== "cli");
        const said = [
          ...(python.length === 0 ? [] : ["the AWS CLI ends the line there"]),
          ...(others.length === 0 ? [] : [`${toolsDo(others, "take")} it for part of the line`]),
        ];
        yield {
          at: stretch(document, line, at, at + 1),
          says: `a carriage return inside the line: ${said.join(", ")}`,
          ...fixed(document, line),
        };
      }
    }
  },
});

function fixed(document: OddSection["document"], line: number): { fix?: Fix } {
  const text = document.lineText(line);
  const steps: Fix["steps"][0][] = [];
  for (let at = text.indexOf("\r"); at >= 0; at = text.indexOf("\r", at + 1)) {
    if (steps.length === RETURNS_MAX) return {};
    steps.push(edit(stretch(document, line, at, at + 1), "\n"));
  }
  const [first, ...others] = steps;
  return { fix: { title: "end the line there with a line feed", safety: "ask", steps: [first!, ...others] } };
}
