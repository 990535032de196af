import { AWS_VAULT, type Finding, IDENTITY_SETTINGS, list, rule, type Section } from "#rule";

/** aws-vault does not know `credential_source`, so it hands none on. */
const HANDED_ON = IDENTITY_SETTINGS.filter((name) => name !== "credential_source");

export default rule({
  id: "default-profile",
  severity: "warning",
  category: "profiles",
  for: AWS_VAULT,
  summary: "a [default] profile, which commands use by accident and aws-vault hands on to every profile",
  why:
    "A command that names no profile runs as [default] without a word, and aws-vault fills the settings that a profile " +
    "lacks from [default], its role, source and MFA device included; the AWS CLI and the SDKs do not.",
  remedy:
    "give the profile a name of its own and name it with --profile or AWS_PROFILE; keep no more than region and output in [default]",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/config.md#include_profile",
  ],
  needs: ["profiles"],
  *check({ profiles }) {
    const seen = new Set<string>();
    for (const { profiles: all } of profiles.readings.values()) {
      for (const { section } of all.get("default")?.layers ?? []) {
        // `[profile default]` has a rule of its own.
        if (section.header.trim() !== "default") continue;
        const key = `${section.file}:${section.headerAt.span?.start}`;
        if (!seen.has(key)) yield* judge(section);
        seen.add(key);
      }
    }
  },
});

function* judge(section: Section): Iterable<Finding> {
  const here = { at: section.headerAt, profiles: ["default"] };
  const identity = [...section.all()].filter(({ name }) => HANDED_ON.includes(name));
  const names = list(identity.map(({ name }) => name));
  const hasKeys = section.get("aws_access_key_id") !== undefined;
  if (hasKeys) yield { ...here, says: "[default] has keys, and every command that names no profile uses them" };
  if (section.file === "credentials") {
    if (!hasKeys && names !== "")
      yield { ...here, says: `[default] has ${names}: every command that names no profile uses that` };
  } else if (names !== "") {
    yield {
      ...here,
      says: `[default] has ${names}, which aws-vault hands on to every profile without its own`,
      also: identity.map(({ at, name }) => ({
        at,
        says: `every profile that lacks ${name} gets this one in aws-vault`,
      })),
    };
  } else if (!hasKeys && [...section.all()].length > 0) {
    const says = "in aws-vault every profile takes the settings that it lacks from [default]";
    yield { at: section.headerAt, severity: "info", says };
  }
}
