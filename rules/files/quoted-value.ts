import {
  edit,
  exportedAt,
  type Finding,
  type Fix,
  isCommand,
  isKnownSetting,
  KEY_VARIABLES,
  type OddSection,
  oddSections,
  profilesOf,
  rule,
  type Setting,
  settingLines,
  stretch,
  suffering,
  tellValues,
  valuesOf,
  variable,
} from "#rule";

/** One pair of quotes around all of it, up to a remark. */
const QUOTED = /^("""|["'`])((?:(?!["'`]).)*)\1(?=$|[ \t]+[#;])/;

/** A shell takes quotes off; an .env file, `docker run --env-file` and a Dockerfile do not. */
const VARIABLES = [
  ...KEY_VARIABLES,
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
];

export default rule({
  id: "quoted-value",
  severity: "error",
  category: "files",
  summary: "a value in quotes, which are part of the value for some tools",
  why:
    "The AWS CLI and the SDKs keep quotes as part of the value, so that a region, a profile's name or a key in quotes is none; " +
    "aws-vault takes them off. Only a command line (credential_process) may need them. In a variable they stay where no shell takes " +
    "them away: an .env file of Docker, a field of a web form.",
  remedy: "take the quotes away",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: [
    "Provided region_name '\"…\"' doesn't match a supported format.",
    'The source_profile "…" referenced in the profile "…" does not exist.',
    "[Errno 13] Permission denied: ''",
    "Provided region_name '…' doesn't match a supported format",
  ],
  about: { oddLines: true, variables: VARIABLES },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const odd of oddSections(facts)) {
      if (odd.users.length === 0) continue;
      for (const [line, setting] of settingLines(odd.document, odd.section, /[=:]\s*["'`]/)) {
        const finding = judge(odd, line, setting);
        if (finding) yield { ...finding, ...suffering(finding.tools, facts.profiles) };
      }
    }
    for (const name of VARIABLES) {
      const { value = "" } = facts.environment.get(name) ?? {};
      if (/^(["']).*\1$/.test(value))
        yield {
          at: variable(name),
          says: `the value of ${name} stands in quotes, which are part of it`,
          also: exportedAt(facts.startup, name),
        };
    }
  },
});

function judge(
  { document, section, users }: OddSection,
  line: number,
  setting: Setting,
): (Finding & { tools: NonNullable<Finding["tools"]> }) | undefined {
  const quoted = QUOTED.exec(setting.value);
  // What another tool wrote for itself, that one reads.
  if (quoted === null || isCommand(setting.name) || !isKnownSetting(setting.name)) return undefined;
  const [whole, quote, meant] = quoted as unknown as [string, string, string];
  const values = valuesOf(document, line, users);
  const tools = [...values].filter(([, read]) => read.startsWith(quote)).map(([tool]) => tool);
  if (tools.length === 0) return undefined;
  const start = setting.at.span!.column - 1;
  return {
    at: stretch(document, line, start, start + whole.length),
    says: `the value of ${setting.name} stands in quotes: ${tellValues(values, meant)}`,
    tools,
    ...profilesOf(section.header),
    fix: meant.trim() === "" ? withoutSetting(setting) : unquote(document, line, start, whole.length, quote, meant),
  };
}

const withoutSetting = (setting: Setting): Fix => ({
  title: "take the setting out, which says nothing",
  safety: "ask",
  steps: [edit(setting.linesAt, "")],
});

const unquote = (
  document: OddSection["document"],
  line: number,
  start: number,
  length: number,
  { length: mark }: string,
  meant: string,
): Fix => ({
  title: "take the quotes away",
  safety: meant.trim() === meant ? "safe" : "ask",
  steps: [
    edit(stretch(document, line, start, start + mark), ""),
    edit(stretch(document, line, start + length - mark, start + length), ""),
  ],
});
