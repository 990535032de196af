import { AWS_VAULT, edit, neighbour, rule, settingsNamed, tell } from "#rule";

export default rule({
  id: "both-parent-and-source-profile",
  severity: "warning",
  category: "profiles",
  for: AWS_VAULT,
  summary: "parent_profile, which aws-vault calls include_profile since version 6",
  why:
    "aws-vault 5 took over settings from the profile that parent_profile names. Version 6 renamed it to include_profile, and " +
    "version 7 no longer knows the old name: the profile's role, source or MFA device is missing without a word.",
  remedy: "rename it to include_profile",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/config.md#include_profile"],
  errors: ["Error getting temporary credentials: profile …: credentials missing"],
  about: { settings: ["parent_profile"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of settingsNamed(facts, "parent_profile")) {
      if (found.file === "credentials") continue;
      const hasNew = neighbour(found, "include_profile") !== undefined;
      yield* tell(
        found,
        facts,
        {
          at: found.setting.nameAt,
          says: "parent_profile is no longer read; it is called include_profile now",
          ...(hasNew
            ? {}
            : {
                fix: {
                  title: "write include_profile",
                  safety: "ask",
                  steps: [edit(found.setting.nameAt, "include_profile")],
                },
              }),
        },
        AWS_VAULT,
      );
    }
  },
});
