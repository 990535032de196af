import {
  type AwsDocument,
  edit,
  isAwsVault,
  lineEndOf,
  type OddSection,
  oddSections,
  rule,
  stretch,
  toolsDo,
} from "#rule";

export default rule({
  id: "missing-section-header",
  severity: "error",
  category: "files",
  summary: "settings above the first [section]",
  why:
    "A setting belongs to the section above it. When there is none, the AWS CLI and the SDKs refuse the whole file, so that no " +
    "profile works, and aws-vault passes over the settings.",
  remedy: "put [default], or the name of the profile that they are meant for, above them",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["MissingSectionHeaderError: File contains no section headers."],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, readers } of oddSections(facts)) {
      if (section.header !== undefined) continue;
      const line = firstSetting(document, section);
      if (line === undefined || readers.length === 0) continue;
      const refusing = readers.filter((tool) => !isAwsVault(tool));
      const passing = readers.filter(isAwsVault);
      const said = [
        ...(refusing.length === 0 ? [] : [`${toolsDo(refusing, "refuse")} the whole file`]),
        ...(passing.length === 0 ? [] : [`${toolsDo(passing, "pass")} over the line`]),
      ];
      const isFree = !document.sections.some(({ header }) => header === "default");
      yield {
        at: document.lineAt(line),
        says: `a setting above the first [section]: ${said.join(", ")}`,
        profiles: ["default"],
        ...(isFree && document.kind(line) === "setting"
          ? {
              fix: {
                title: "put [default] above it",
                safety: "ask",
                steps: [edit(stretch(document, line, 0, 0), `[default]${lineEndOf(document, line)}`)],
              },
            }
          : {}),
      };
    }
  },
});

/** Undefined when something stands before it that nobody can read, or a header that some can. */
function firstSetting(document: AwsDocument, { first, last }: OddSection["section"]): number | undefined {
  for (let line = first; line < last; line++) {
    const kind = document.kind(line);
    const text = document.lineText(line).trim();
    if (kind === "setting" && document.setting(line)!.name !== "") return line;
    if (kind === "indented" && !/^[#;[]/.test(text) && text.includes("=")) return line;
    if (kind !== "blank" && kind !== "comment" && !/^[#;]/.test(text)) return undefined;
  }
  return undefined;
}
