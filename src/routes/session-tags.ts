/** aws-vault's `k1=v1,k2=v2`; undefined where it refuses the text: every part must have a `=`. */
export function parseSessionTags(text: string): Map<string, string> | undefined {
  const tags = new Map<string, string>();
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    if (at < 0) return undefined;
    tags.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return tags;
}

/** The keys of the tags that go on to the next role: `k1,k2`. */
export const parseTransitiveTags = (text: string): string[] =>
  text
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
