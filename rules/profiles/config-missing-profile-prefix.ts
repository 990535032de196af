import { type AwsDocument, edit, nearest, type RawSection, rule } from "#rule";

/** Sections of the config file that need no prefix. */
const OTHERS = new Set(["default", "DEFAULT", "preview", "plugins"]);
const PREFIXES = ["profile", "sso-session", "services"];
/** What only profiles have; `sso_start_url` alone may belong to a misspelt [sso-session x]. */
const PROFILE_SETTINGS = new Set([
  "region",
  "output",
  "role_arn",
  "source_profile",
  "credential_source",
  "mfa_serial",
  "credential_process",
  "sso_session",
  "sso_account_id",
  "sso_role_name",
  "web_identity_token_file",
  "aws_access_key_id",
  "aws_secret_access_key",
]);

export default rule({
  id: "config-missing-profile-prefix",
  severity: "error",
  category: "profiles",
  summary: "a profile section of the config file without the word 'profile'",
  why:
    "In ~/.aws/config every profile but [default] is written [profile name]; without that word the AWS CLI, the SDKs and " +
    "aws-vault pass over the section. (In ~/.aws/credentials it is the other way round.)",
  remedy: "write [profile name]",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html#file-format-profile",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  ],
  errors: ["The config profile (…) could not be found", "Profile '…' not found"],
  needs: ["config"],
  about: { otherSections: true },
  *check({ config }) {
    const taken = new Set<string>();
    for (const { name, section } of strays(config)) {
      if (taken.size === 0) for (const { header } of config.sections) taken.add(header ?? "");
      const right = /^default$/i.test(name) ? "default" : `profile ${name}`;
      const mayBeDefault = right !== "default" && !taken.has("default") && nearest(name, ["default"], 1, 2).length > 0;
      const isFree = !taken.has(right);
      taken.add(right);
      yield {
        at: section.headerAt,
        says:
          `[${section.header}] is not read as a profile: it has to be [${right}]` +
          (mayBeDefault ? ", or did you mean [default]?" : ""),
        profiles: [name],
        explains: `profile ${name}`,
        ...(isFree
          ? {
              fix: {
                title: `write it as [${right}]`,
                safety: mayBeDefault ? "ask" : "safe",
                steps: [edit(section.headerAt, `[${right}]`)],
              },
            }
          : {}),
      };
    }
  },
});

function* strays(config: AwsDocument): Iterable<{ name: string; section: RawSection }> {
  for (const section of config.sections) {
    if (section.kind !== undefined && section.kind !== "other") continue;
    const name = profileName(section);
    if (name !== undefined && holdsProfile(config, section)) yield { name, section };
  }
}

/** The name that a section would have as a profile; undefined when it is one already, or is something else. */
function profileName({ header }: RawSection): string | undefined {
  if (header === undefined || OTHERS.has(header.trim())) return undefined;
  const [, word, rest] = /^(\S+)\s+(\S+)$/.exec(header) ?? [];
  if (word !== undefined && !PREFIXES.includes(word) && isNearly(word.toLowerCase())) return rest;
  return /^[^\s"'[\]]+$/.test(header) && header !== "profile" && header !== "sso-session" && header !== "services"
    ? header
    : undefined;
}

const isNearly = (word: string): boolean => word === "profile" || nearest(word, ["profile"], 1, 2).length > 0;

function holdsProfile(config: AwsDocument, section: RawSection): boolean {
  for (let line = section.first + 1; line < section.last; line++) {
    const [name] = config.lineText(line).split("="); // Settings may be indented.
    if (PROFILE_SETTINGS.has(name!.trim().toLowerCase())) return true;
  }
  return false;
}
