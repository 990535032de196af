import { edit, hasReturnInside, oddSections, profilesOf, rule, stretch, suffering } from "#rule";

export default rule({
  id: "junk-after-section-header",
  severity: "warning",
  category: "files",
  summary: "text behind a [section] that is no comment",
  why:
    "The SDKs refuse the whole file when more than a comment stands behind the bracket. The AWS CLI and aws-vault pass over the " +
    "text, also when it was meant as a setting.",
  remedy: "put a # before the text, or a setting on a line of its own",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["line not ending with ']'"],
  for: ["sdk"],
  about: { oddLines: true },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const { document, section, readers } of oddSections(facts)) {
      const { header, headerAt, first } = section;
      if (header === undefined || !readers.includes("sdk") || hasReturnInside(document, first)) continue;
      const text = document.lineText(first);
      const behind = headerAt.span!.endColumn - 1;
      const rest = text.slice(behind).trim();
      if (rest === "" || /^[#;]/.test(rest)) continue;
      const start = text.indexOf(rest, behind);
      const at = stretch(document, first, start, start + rest.length);
      yield {
        at,
        says: `text behind [${header}]: the AWS SDKs refuse the whole file`,
        ...suffering(["sdk"], facts.profiles),
        ...profilesOf(header),
        fix: {
          title: "make the text a comment",
          safety: "safe",
          steps: [edit(stretch(document, first, start, start), "# ")],
        },
      };
    }
  },
});
