import {
  BLOCKS,
  edit,
  type Finding,
  type Fix,
  indentedLines,
  isAwsVault,
  isCommand,
  isKnownSetting,
  lineEndOf,
  nameIn,
  type OddSection,
  oddSections,
  profilesOf,
  rule,
  type Setting,
  settingLines,
  stretch,
  suffering,
  tellValues,
  toolsDo,
  valuesOf,
} from "#rule";

const REMARK = /[ \t][#;]/;

export default rule({
  id: "inline-comment-in-value",
  severity: "error",
  category: "files",
  summary: "a remark behind a value, which is part of the value for some tools",
  why:
    "The AWS CLI and every tool on botocore know remarks on lines of their own only: behind a value they are part of it. The " +
    "SDKs cut them off, and so does aws-vault when a space stands before the mark; inside a block such as that of s3 " +
    "nearly nobody does.",
  remedy: "put the remark on a line of its own",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  ],
  errors: [
    "Service … not available in region us-east-1 # optional …",
    "Provided region_name '… # …' doesn't match a supported format.",
  ],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const odd of oddSections(facts)) {
      if (odd.users.length === 0) continue;
      for (const [line, setting] of settingLines(odd.document, odd.section, REMARK)) {
        const finding = judge(odd, line, setting);
        if (finding) yield { ...finding, ...suffering(finding.tools, facts.profiles) };
      }
      for (const finding of judgeBlocks(odd)) yield { ...finding, ...suffering(finding.tools, facts.profiles) };
    }
  },
});

type Judged = Finding & { readonly tools: NonNullable<Finding["tools"]> };

function judge({ document, section, users }: OddSection, line: number, setting: Setting): Judged | undefined {
  const text = document.lineText(line);
  // Behind the delimiter; there may be no value before the remark.
  const from = setting.nameAt.span!.endColumn - 1;
  const start = from + text.slice(from).search(/[=:]/) + 1;
  const blank = start + text.slice(start).search(REMARK);
  if (blank < start) return undefined;
  const end = start + text.slice(start, blank).trimEnd().length;
  const value = text.slice(start, end).trim();
  const quoted = inQuotes(text.slice(start).trim());
  const meant = quoted === undefined ? value : isCommand(setting.name) ? quoted : quoted.slice(1, -1);
  const values = valuesOf(document, line, users);
  const tools = [...values].filter(([, read]) => read !== meant && read !== unquoted(meant)).map(([tool]) => tool);
  if (tools.length === 0) return undefined;
  return {
    at: stretch(document, line, blank + 1, text.trimEnd().length),
    says: `a remark stands behind the value of ${setting.name}: ${tellValues(values, meant)}`,
    tools,
    ...(isKnownSetting(setting.name) ? {} : { severity: "info" as const }),
    ...profilesOf(section.header),
    ...(quoted === undefined
      ? { fix: split(document, line, end, blank + 1, isCommand(setting.name) ? "ask" : "safe") }
      : {}),
  };
}

/** A value in quotes that has what looks like a remark inside them. */
function inQuotes(text: string): string | undefined {
  const end = /^["'`]/.test(text) ? text.indexOf(text[0]!, 1) : -1;
  return end > 0 && REMARK.test(text.slice(0, end)) ? text.slice(0, end + 1) : undefined;
}

const unquoted = (value: string): string => value.replace(/^(["'`])(.*)\1$/, "$2");

function* judgeBlocks({ document, section, users }: OddSection): Iterable<Judged> {
  // aws-vault makes nothing of these blocks.
  const tools = users.filter((tool) => !isAwsVault(tool));
  if (tools.length === 0) return;
  for (const one of indentedLines(document, section)) {
    const { line, content, below, kind } = one;
    if (kind !== "text" || below === undefined || below.value !== "" || !REMARK.test(content)) continue;
    if (!BLOCKS.has(below.name) && !section.header!.startsWith("services")) continue;
    const text = document.lineText(line);
    const blank = text.length - text.trimStart().length + content.search(REMARK);
    const end = text.slice(0, blank).trimEnd().length;
    yield {
      at: stretch(document, line, blank + 1, text.trimEnd().length),
      says: `a remark stands behind the value of ${nameIn(one)}: ${toolsDo(tools, "take")} it for part of that`,
      tools,
      ...profilesOf(section.header),
      fix: split(document, line, end, blank + 1, "safe"),
    };
  }
}

const split = (
  document: OddSection["document"],
  line: number,
  from: number,
  to: number,
  safety: Fix["safety"],
): Fix => ({
  title: "put the remark on a line of its own",
  safety,
  steps: [edit(stretch(document, line, from, to), lineEndOf(document, line))],
});
