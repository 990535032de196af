import { type AwsDocument, edit, type Finding, profilesOf, rule, S3_SETTINGS, stretch, suffering } from "#rule";

/** What stands in a block and nowhere else. */
const PARTS = new Set(S3_SETTINGS);
/** What may stand in either place, and belongs to the block right below one that is empty. */
const SHARED = new Set(["endpoint_url", "signature_version"]);

export default rule({
  id: "nested-block-not-indented",
  severity: "error",
  category: "files",
  summary: "the settings below `s3 =` have lost their indentation",
  why:
    "What belongs to a block is told by its indentation. At the margin the lines are settings of the profile that nobody reads, " +
    "and the AWS CLI stumbles over the empty block ('str' object has no attribute 'get').",
  remedy: "indent the lines below `s3 =`",
  links: ["https://docs.aws.amazon.com/cli/latest/topic/s3-config.html"],
  errors: ["'str' object has no attribute 'get'"],
  for: ["cli", "sdk"],
  about: { settings: ["s3", "s3api"] },
  needs: ["config", "profiles"],
  *check({ config, profiles }) {
    const tools = profiles.tools.filter((tool) => tool === "cli" || tool === "sdk");
    // All tools read these lines alike, so the section need not be odd: the block's name leads there.
    for (let at = config.text.indexOf("\ns3"); at >= 0; at = config.text.indexOf("\ns3", at + 1)) {
      const line = lineOf(config, at + 1);
      const finding = judge(config, line);
      if (finding !== undefined) yield { ...finding, ...suffering(tools, profiles) };
    }
  },
});

function judge(config: AwsDocument, line: number): Finding | undefined {
  const block = config.setting(line);
  if (block === undefined || !/^s3(?:api)?$/.test(block.name)) return undefined;
  const of = profilesOf(config.sectionAt(line)!.header ?? "");
  if (/^[a-z_]+\s*=/.test(block.value))
    return {
      at: block.at,
      says: `what belongs to the block of ${block.name} stands on lines of its own, indented`,
      ...of,
    };
  if (block.value !== "") return undefined;
  const parts: number[] = [];
  for (let next = line + 1; next < config.lineCount; next++) {
    if (config.kind(next) === "comment" || config.kind(next) === "blank") continue;
    const { name } = config.setting(next) ?? { name: "" };
    if (!PARTS.has(name) && !SHARED.has(name)) break;
    parts.push(next);
  }
  const [first, ...others] = parts.map((part) => edit(stretch(config, part, 0, 0), "  "));
  // An address alone may be meant for the profile.
  if (first === undefined || parts.every((part) => config.setting(part)!.name === "endpoint_url")) return undefined;
  return {
    at: config.setting(parts[0]!)!.nameAt,
    says: `${config.setting(parts[0]!)!.name} belongs to the block of ${block.name}, and is not indented`,
    also: [{ at: block.nameAt, says: "the block, which is empty so" }],
    ...of,
    fix: { title: "indent the lines of the block", safety: "safe", steps: [first, ...others] },
  };
}

/** The line that starts at an offset. */
function lineOf(config: AwsDocument, offset: number): number {
  let low = 0;
  let high = config.lineCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (config.lineSpan(middle).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
