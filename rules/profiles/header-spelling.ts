import {
  type AwsDocument,
  edit,
  type Fix,
  isPlainName,
  partsOf,
  profilesOf,
  rule,
  strangeHeaders,
  stretch,
  suffering,
} from "#rule";

export default rule({
  id: "header-spelling",
  severity: "warning",
  category: "profiles",
  summary: "blanks or quotes in a [section] line that make another name for some tools",
  why:
    "aws-vault takes one space behind the word 'profile', and all that follows for the name, quotes included. The AWS CLI takes " +
    "quotes off and does not mind blanks between the words, but minds those at the brackets; the SDKs mind quotes only. So one " +
    "line is several profiles, or none.",
  remedy: "write [profile name] with one space and without quotes; a name with a blank in it works in the AWS CLI only",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  ],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const names = new Map<AwsDocument, Map<string, number>>();
    for (const { document, file, section, header, name, isQuoted, hurt, told } of strangeHeaders(facts)) {
      const hasBlank = /\s/.test(name);
      if (!isPlainName(name.replace(/\s/g, "")) || (hasBlank && !isQuoted && file === "config")) continue;
      if (!names.has(document)) names.set(document, countNames(document));
      const isTaken = names.get(document)!.get(name)! > 1;
      yield {
        at: section.headerAt,
        says: `[${header}] is not '${name}' for all: ${told}`,
        // The AWS CLI itself writes such a name so, and no other spelling helps.
        ...(hasBlank && !hurt.includes("cli")
          ? { severity: "info" }
          : hurt.includes("cli")
            ? { severity: "error" }
            : {}),
        ...suffering(hurt, facts.profiles),
        ...profilesOf(header),
        ...(hasBlank || isTaken ? {} : { fix: respelt(document, section.first, header, isQuoted) }),
      };
    }
  },
});

function countNames({ sections }: AwsDocument): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { header } of sections) {
    if (header === undefined) continue;
    const { rest } = partsOf(header);
    const name = /^(["']).*\1$/.test(rest) ? rest.slice(1, -1) : rest;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Takes blanks and quotes away and leaves the name as it is. */
function respelt(document: AwsDocument, line: number, header: string, isQuoted: boolean): Fix {
  const { prefix, rest } = partsOf(header);
  const nameAt = 1 + header.lastIndexOf(rest);
  const nameEnd = nameAt + rest.length;
  const prefixAt = 1 + header.length - header.trimStart().length;
  const quote = isQuoted ? 1 : 0;
  const start = prefix === undefined ? 1 : prefixAt + prefix.length;
  const wanted = [
    ...(prefix === undefined ? [] : [[1, prefixAt, ""] as const]),
    [start, nameAt + quote, prefix === undefined ? "" : " "] as const,
    [nameEnd - quote, 1 + header.length, ""] as const,
  ];
  const steps = wanted
    .filter(([from, to, text]) => header.slice(from - 1, to - 1) !== text)
    .map(([from, to, text]) => edit(stretch(document, line, from, to), text));
  const [first, ...others] = steps;
  return { title: "write it with one space and without quotes", safety: "ask", steps: [first!, ...others] };
}
