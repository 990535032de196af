import {
  BLOCKS,
  dedented,
  type Finding,
  type IndentedLine,
  indentedLines,
  isAwsVault,
  isKnownSetting,
  nameIn,
  type OddSection,
  oddSections,
  profilesOf,
  rule,
  type Setting,
  stretch,
  suffering,
  toolsDo,
} from "#rule";

export default rule({
  id: "indented-property",
  severity: "warning",
  category: "files",
  summary: "a setting that is indented",
  why:
    "An indented line continues the value above it. Directly below a header there is none, and the SDKs for Java, Rust, Ruby and " +
    "others refuse the whole file; below a value the AWS CLI and the SDKs take the line for more of it, so that the setting " +
    "is gone and the one above broken. aws-vault reads it as a setting in both cases.",
  remedy: "begin every setting at the margin; only what belongs to a block, such as that of s3, is indented",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["Expected a profile or property definition on line …"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const odd of oddSections(facts)) {
      for (const { tools, ...finding } of judge(odd)) yield { ...finding, ...suffering(tools, facts.profiles) };
    }
  },
});

type Judged = Finding & { readonly tools: NonNullable<Finding["tools"]> };

function* judge({ document, section, readers, users }: OddSection): Iterable<Judged> {
  if (section.header === undefined) return;
  const profiles = profilesOf(section.header);
  const run: IndentedLine[] = [];
  for (const one of indentedLines(document, section)) {
    if (one.kind === "header") break;
    if (one.below === undefined) run.push(one);
    else if (one.kind === "text" && isKnownSetting(nameIn(one)) && /[=:]/.test(one.content)) {
      const tools = users.filter((tool) => one.below!.value === "" || !isAwsVault(tool));
      const says = lost(nameIn(one), one.below, section.header, tools);
      if (says === undefined || tools.length === 0) continue;
      yield {
        at: placeOf(document, one),
        says,
        severity: "error",
        tools,
        ...profiles,
        fix: { title: "begin the line at the margin", safety: "ask", steps: dedented(document, [one]) },
      };
    }
  }
  const first = run.find(({ kind }) => kind === "text");
  if (first === undefined || !/[=:]/.test(first.content) || !readers.includes("sdk")) return;
  yield {
    at: placeOf(document, first),
    says: `the setting ${nameIn(first)} is indented, with no value above it: the AWS SDKs refuse the whole file`,
    tools: ["sdk"],
    ...profiles,
    fix: {
      title: "begin the lines at the margin",
      safety: "safe",
      steps: dedented(document, [run[0]!, ...run.slice(1)]),
    },
  };
}

/** What becomes of a setting below another one; undefined where it is the line of a block. */
function lost(name: string, below: Setting, header: string, tools: Judged["tools"]): string | undefined {
  if (below.value !== "")
    return `the setting ${name} is indented: ${toolsDo(tools, "take")} the line for more of ${below.name}`;
  if (BLOCKS.has(below.name) || header.startsWith("services") || !isKnownSetting(below.name)) return undefined;
  return `the setting ${name} is indented: ${toolsDo(tools, "take")} the line for a part of ${below.name}, which has no value`;
}

const placeOf = (document: OddSection["document"], { line, indent, content }: IndentedLine) =>
  stretch(document, line, indent, indent + content.length);
