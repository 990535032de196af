import { allProfiles, edit, type FilePlace, rule } from "#rule";

export default rule({
  id: "default-profile-has-prefix",
  severity: "warning",
  category: "profiles",
  summary: "[profile default] instead of [default]",
  why:
    "aws-vault never looks for settings in [profile default], while the AWS CLI and the SDKs read it. Beside a [default] the " +
    "SDKs take [profile default] as a whole and the AWS CLI the later of the two, so that the tools use different regions, " +
    "roles and MFA devices without a word.",
  remedy: "write the section as [default]; where both exist, bring their settings together under [default]",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile"],
  errors: ["profile default: credentials missing"],
  about: { oddLines: true },
  needs: ["config", "profiles"],
  *check({ config, profiles }) {
    if (config.isPlain) return;
    for (const section of config.sections) {
      const { header, headerAt } = section;
      if (header === undefined || !/^\s*profile\s+(["']?)default\1\s*$/.test(header)) continue;
      const plain = config.sections.find((other) => other.header?.trim() === "default");
      yield {
        at: headerAt,
        says: plain
          ? `[${header}] and [default] both exist, and only one of them counts: not the same one in all tools`
          : `[${header}] is not read by aws-vault; the AWS CLI and the SDKs take it for [default]`,
        // In aws-vault the others lack what they would take over.
        profiles: [...new Set(["default", ...allProfiles(profiles)])],
        ...(plain ? { also: [{ at: plain.headerAt, says: "the other one" }] } : { fix: rename(headerAt) }),
      };
    }
  },
});

const rename = (headerAt: FilePlace) => ({
  title: "write it as [default]",
  safety: "ask" as const,
  steps: [edit(headerAt, "[default]")] as const,
});
