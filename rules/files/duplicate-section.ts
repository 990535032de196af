import { type AwsDocument, type Fix, profilesOf, type RawSection, rule, type Span } from "#rule";

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
  about: { oddLines: true },
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
    ...profilesOf(section.header),
    ...(isEqual ? fixed(document, twin, section) : {}),
  };
}

function fixed(document: AwsDocument, twin: RawSection, section: RawSection): { fix?: Fix } {
  if (saysTheSame(document, twin, section)) return { fix: dropped(document, section) };
  const fix = merged(document, twin, section);
  return fix === undefined ? {} : { fix };
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

/**
 * The lines of the second, below those of the first: what the SDKs and aws-vault read anyway, as long as no setting stands
 * in both. Which of the two counts then is for somebody to decide.
 */
function merged(document: AwsDocument, twin: RawSection, section: RawSection): Fix | undefined {
  const known = namesIn(document, twin);
  const names = namesIn(document, section);
  if (known === undefined || names === undefined || names.some((name) => known.includes(name))) return undefined;
  const to = lastOf(document, twin);
  const last = lastOf(document, section);
  const header = between(document, section.first, section.first + 1);
  const lines = between(document, section.first + 1, last);
  const steps: Fix["steps"] =
    last === section.first + 1 || to === section.first
      ? [{ kind: "edit", path: document.path, span: header, text: "" }]
      : [
          { kind: "move", path: document.path, span: lines, to: document.lineSpan(to) },
          { kind: "edit", path: document.path, span: header, text: "" },
        ];
  return { title: "bring its lines to the first one", safety: "ask", steps };
}

/** The settings of a section; undefined when a line of it is not as plain as all tools like it. */
function namesIn(document: AwsDocument, { first, last }: RawSection): string[] | undefined {
  const names: string[] = [];
  for (let line = first + 1; line < last; line++) {
    const kind = document.kind(line);
    const { length } = names;
    if (kind === "setting") names.push(document.setting(line)!.name);
    if (kind === "unreadable" || (kind === "indented" && length === 0)) return undefined;
  }
  return names;
}

/** Behind the last line of a section that is not empty. */
function lastOf(document: AwsDocument, { first, last }: RawSection): number {
  let end = last;
  while (end > first + 1 && document.kind(end - 1) === "blank") end--;
  return end;
}

/** Whole lines, with the end of the last one. */
function between(document: AwsDocument, from: number, to: number): Span {
  const start = document.lineSpan(from);
  const isLast = to >= document.lineCount;
  return {
    ...start,
    end: isLast ? document.text.length : document.lineSpan(to).start,
    endLine: isLast ? document.lineCount : to + 1,
    endColumn: isLast ? document.lineSpan(to - 1).endColumn : 1,
  };
}

const dropped = (document: AwsDocument, section: RawSection): Fix => ({
  title: "drop this one, which says the same as the first",
  safety: "ask",
  steps: [{ kind: "edit", path: document.path, span: between(document, section.first, section.last), text: "" }],
});
