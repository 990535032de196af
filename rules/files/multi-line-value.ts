import {
  type Finding,
  indentedLines,
  isAwsVault,
  isKnownSetting,
  nameIn,
  type OddSection,
  oddSections,
  profilesOf,
  rule,
  settingLines,
  stretch,
  suffering,
  toolNames,
  toolsDo,
} from "#rule";

export default rule({
  id: "multi-line-value",
  severity: "error",
  category: "files",
  summary: "a value that goes on in the next line",
  why:
    "The tools do not agree on how a value goes on. The AWS CLI and the SDKs take an indented line for more of it, which aws-vault " +
    "reads as a setting, or refuses with the whole file. aws-vault joins the next line after a backslash, and up to the end " +
    'of three quotes (""") or a backtick, which the others take for part of the value.',
  remedy: "write the value in one line; put a long command into a script",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const odd of oddSections(facts)) {
      for (const judge of [continued, joined, quoted])
        for (const { tools, ...finding } of judge(odd))
          yield { ...finding, ...suffering(tools, facts.profiles), ...profilesOf(odd.section.header) };
    }
  },
});

type Judged = Finding & { readonly tools: NonNullable<Finding["tools"]> };

/** Indented lines below a value. */
function* continued({ document, section, readers, users }: OddSection): Iterable<Judged> {
  let told: string | undefined;
  for (const one of indentedLines(document, section)) {
    const { below, kind, content, line, indent } = one;
    if (kind !== "text" || below === undefined || /^$|^[#;]|\\$/.test(below.value)) continue;
    const hasDelimiter = /[=:]/.test(content);
    if (told === below.name || (hasDelimiter && isKnownSetting(nameIn(one)))) continue;
    const tools = (hasDelimiter ? users : readers).filter(isAwsVault);
    if (tools.length === 0) continue;
    told = below.name;
    yield {
      at: stretch(document, line, indent, indent + content.length),
      says: hasDelimiter
        ? `the value of ${below.name} goes on here: ${toolsDo(tools, "take")} the line for a setting of its own`
        : `the value of ${below.name} goes on here: ${toolsDo(tools, "refuse")} the whole file`,
      ...(hasDelimiter ? { severity: "warning" } : {}),
      tools,
    };
  }
}

/** A backslash at the end of a line. */
function* joined({ document, section, users }: OddSection): Iterable<Judged> {
  const vaults = users.filter(isAwsVault);
  for (const [line, setting] of settingLines(document, section, /\\\s*$/)) {
    if (line + 1 >= document.lineCount) continue;
    const next = document.kind(line + 1);
    const others = users.filter((tool) => !isAwsVault(tool));
    const tools = next === "indented" ? users : vaults;
    if (tools.length === 0) continue;
    const { column, endColumn } = setting.at.span!;
    const said = [
      ...(vaults.length === 0 ? [] : [`for ${toolNames(vaults)} the next line belongs to it`]),
      ...(others.length === 0 ? [] : [`${toolsDo(others, "keep")} the backslash`]),
    ];
    yield {
      at: stretch(document, line, Math.max(column, endColumn - 1) - 1, endColumn - 1),
      says: `a backslash ends ${setting.name}: ${said.join(", ")}`,
      tools,
    };
  }
}

/** Three quotes or a backtick that no other follows on the line. */
function* quoted({ document, section, users }: OddSection): Iterable<Judged> {
  if (users.length === 0) return;
  for (const [line, setting] of settingLines(document, section, /[=:]\s*(?:"""|`)/)) {
    const mark = setting.value.startsWith("`") ? "`" : '"""';
    if (setting.value.includes(mark, mark.length) || setting.value === '"""') continue;
    const isClosed = document.text.includes(mark, document.lineSpan(line).end);
    const vaults = users.filter(isAwsVault);
    const others = users.filter((tool) => !isAwsVault(tool));
    const said = [
      ...(vaults.length === 0
        ? []
        : [
            isClosed
              ? `${toolsDo(vaults, "take")} all lines up to its end`
              : `${toolsDo(vaults, "refuse")} the whole file`,
          ]),
      ...(others.length === 0 ? [] : [`${toolsDo(others, "keep")} it as part of the value`]),
    ];
    yield {
      at: setting.at,
      says: `the value of ${setting.name} opens a quote ${isClosed ? "that another line ends" : "that nothing ends"}: ${said.join(", ")}`,
      tools: users,
    };
  }
}
