import { rule } from "#rule";

export default rule({
  id: "profile-header-without-name",
  severity: "error",
  category: "profiles",
  summary: "[profile] or [] without a name",
  why:
    "A section without a name is no profile for anybody, and its settings belong to nothing. For [] the AWS CLI and aws-vault refuse " +
    "the whole file.",
  remedy: "give the section its name: [profile name], or [default]",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile"],
  errors: ["Missing credentials in config"],
  needs: ["config", "credentials"],
  about: { oddLines: true, otherSections: true },
  // No fix: the name that was meant stands nowhere.
  *check({ config, credentials }) {
    for (const [document, nameless] of [
      [config, /^(?:profile|sso-session|services)?\s*(?:""|'')?$/],
      [credentials, /^$/],
    ] as const) {
      for (const section of document.sections) {
        if (section.kind !== undefined && section.kind !== "other") continue;
        const { header, headerAt } = section;
        if (header === undefined || !nameless.test(header.trim())) continue;
        yield {
          at: headerAt,
          says: header === "" ? "[] has no name: the AWS CLI refuses the whole file" : `[${header}] has no name`,
        };
      }
    }
  },
});
