import { type AwsDocument, type Fix, profilesOf, type RawSection, rule } from "#rule";

export default rule({
  id: "duplicate-section",
  severity: "error",
  category: "files",
  summary: "the same section twice in one file",
  why:
    "The AWS CLI and every tool on botocore refuse the whole file, without a line number; the SDKs and aws-vault merge the two, " +
    "and the later setting wins. Spellings that differ only in blanks or quotes are one name for some tools and two for others.",
  remedy: "bring the settings together under one header",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  errors: ["Unable to parse config file: …", "DuplicateSectionError: section '…' already exists"],
  needs: ["config", "credentials"],
  *check(facts) {
    for (const document of [facts.config, facts.credentials]) {
      if (document.isPlain) continue;
      const first = new Map<string, RawSection>();
      for (const section of document.sections) {
        // Python's own [DEFAULT] may stand in a file more than once.
        if (section.header === undefined || section.header === "DEFAULT") continue;
        const name = section.isOdd ? normalised(section.header) : section.header;
        const twin = first.get(name);
        if (twin === undefined) first.set(name, section);
        else yield judge(document, twin, section);
      }
    }
  },
});

/** Blanks and quotes do not count. */
const normalised = (header: string): string =>
  header.trim().replace(/^(profile|sso-session|services)\s+(["']?)(.*)\2$/, "$1 $3");

function judge(document: AwsDocument, twin: RawSection, section: RawSection) {
  const isEqual = twin.header === section.header;
  return {
    at: section.headerAt,
    says: isEqual
      ? `another [${section.header}]: the AWS CLI refuses the whole file`
      : `[${section.header}] and [${twin.header}] are one profile for some tools and two for others`,
    severity: isEqual ? ("error" as const) : ("warning" as const),
    also: [{ at: twin.headerAt, says: "the first one" }],
    ...profilesOf(section.header!),
    ...(isEqual && saysTheSame(document, twin, section) ? { fix: dropped(document, section) } : {}),
  };
}

/** Masked values say nothing about each other, so two sections with a secret are never called the same. */
function saysTheSame(document: AwsDocument, one: RawSection, other: RawSection): boolean {
  const said = (section: RawSection): string | undefined => {
    const lines: string[] = [];
    for (let line = section.first + 1; line < section.last; line++) {
      if (document.kind(line) === "blank") continue;
      const setting = document.setting(line);
      if (setting === undefined || setting.hidden !== undefined) return undefined;
      lines.push(`${setting.name}=${setting.value}`);
    }
    return lines.sort().join("\n");
  };
  const first = said(one);
  return first !== undefined && first === said(other);
}

function dropped(document: AwsDocument, section: RawSection): Fix {
  const start = document.lineSpan(section.first);
  const isLast = section.last >= document.lineCount;
  const end = isLast ? document.text.length : document.lineSpan(section.last).start;
  const span = {
    ...start,
    end,
    endLine: isLast ? document.lineCount : section.last + 1,
    endColumn: isLast ? document.lineSpan(section.last - 1).endColumn : 1,
  };
  return {
    title: "drop this one, which says the same as the first",
    safety: "ask",
    steps: [{ kind: "edit", path: document.path, span, text: "" }],
  };
}
