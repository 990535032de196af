import {
  edit,
  isKnownSetting,
  KNOWN_SETTINGS,
  nearest,
  neighbour,
  rule,
  type SettingLine,
  settingsNamed,
  tell,
} from "#rule";

/** What people write for it, however far it is from the right name. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    access_key: "aws_access_key_id",
    access_key_id: "aws_access_key_id",
    accesskeyid: "aws_access_key_id",
    accesskey: "aws_access_key_id",
    aws_access_key: "aws_access_key_id",
    aws_access_id: "aws_access_key_id",
    aws_key_id: "aws_access_key_id",
    aws_key: "aws_access_key_id",
    aws_accesskey: "aws_access_key_id",
    aws_id: "aws_access_key_id",
    id: "aws_access_key_id",
    key: "aws_access_key_id",
    key_id: "aws_access_key_id",
    aws_accesskeyid: "aws_access_key_id",
    secret_key: "aws_secret_access_key",
    secret_access_key: "aws_secret_access_key",
    secretaccesskey: "aws_secret_access_key",
    secretkey: "aws_secret_access_key",
    aws_secret: "aws_secret_access_key",
    aws_secretkey: "aws_secret_access_key",
    aws_secret_access_id: "aws_secret_access_key",
    aws_secret_key_id: "aws_secret_access_key",
    aws_secret_id: "aws_secret_access_key",
    secret: "aws_secret_access_key",
    aws_secret_key: "aws_secret_access_key",
    aws_secret_access: "aws_secret_access_key",
    aws_access_key_secret: "aws_secret_access_key",
    aws_access_secret_key: "aws_secret_access_key",
    aws_access_secret: "aws_secret_access_key",
    aws_secret_access_key_id: "aws_secret_access_key",
    token: "aws_session_token",
    aws_access_token: "aws_session_token",
    aws_temp_token: "aws_session_token",
    session_token: "aws_session_token",
    sessiontoken: "aws_session_token",
    aws_token: "aws_session_token",
    aws_default_region: "region",
    aws_region: "region",
    default_region: "region",
    region_name: "region",
    aws_output: "output",
    default_output: "output",
    output_format: "output",
    aws_role_arn: "role_arn",
    arn: "role_arn",
    role: "role_arn",
    assume_role: "role_arn",
    rolearn: "role_arn",
    assume_role_arn: "role_arn",
    aws_source_profile: "source_profile",
    sourceprofile: "source_profile",
    src_profile: "source_profile",
    base_profile: "source_profile",
    source: "source_profile",
    aws_mfa_serial: "mfa_serial",
    mfa_arn: "mfa_serial",
    mfa_device: "mfa_serial",
    mfa_serial_number: "mfa_serial",
    session_duration: "duration_seconds",
    start_url: "sso_start_url",
    sso_url: "sso_start_url",
    sso_account: "sso_account_id",
    sso_role: "sso_role_name",
    sso_session_name: "sso_session",
  }),
);
const SECRETS = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];
/** Settings of other tools that look like misspelt ones. */
const OTHERS =
  /^(?:aws_expiration|aws_session_expiration|x_.*|azure_.*|google_.*|okta_.*|saml_.*|granted_.*|chrome_.*)$/;

const letters = (name: string): string => name.replaceAll(/[^a-z0-9]/g, "");
/** Written as in another language, `awsAccessKeyId`, or as words. */
const BY_LETTERS: ReadonlyMap<string, string> = new Map(KNOWN_SETTINGS.map((name) => [letters(name), name]));

export default rule({
  id: "misspelt-key-name",
  severity: "error",
  category: "profiles",
  summary: "a setting's name that no tool knows, and that looks like one they do",
  why:
    "Tools pass over settings that they do not know, without a word: with aws_access_key in place of aws_access_key_id the " +
    "profile has no key, and with role_arm no role.",
  remedy: "write the name as the documentation has it",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  ],
  errors: [
    "Could not resolve credentials using profile: […] in configuration/credentials file(s).",
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key",
    "The security token included in the request is invalid",
    "Profile … could not be found or parsed in shared credentials file.",
  ],
  needs: ["config", "credentials", "profiles"],
  about: { unknownSettings: true },
  *check(facts) {
    const names = new Set([...facts.config.settingNames, ...facts.credentials.settingNames]);
    for (const name of names) {
      const exported = /^(?:export|set)\s+(\w+)$/.exec(name)?.[1];
      if (exported !== undefined && isKnownSetting(exported)) {
        for (const found of settingsNamed(facts, name))
          yield* tell(found, facts, {
            at: found.setting.nameAt,
            says: `this is a shell's line: the tools read a setting named '${name}', and no ${exported}`,
            fix: { title: `write ${exported}`, safety: "safe", steps: [edit(found.setting.nameAt, exported)] },
          });
        continue;
      }
      if (isKnownSetting(name) || OTHERS.test(name)) continue;
      const meant =
        ALIASES.get(name) ??
        ALIASES.get(name.replaceAll("-", "_")) ??
        BY_LETTERS.get(letters(name)) ??
        nearest(name, KNOWN_SETTINGS, 1, 2)[0];
      if (meant === undefined || (name.length < 5 && !COMMON_WORDS.has(name))) continue;
      for (const found of settingsNamed(facts, name)) {
        if (COMMON_WORDS.has(name) && !isMeant(found, meant)) continue;
        const { start, end } = found.setting.nameAt.span!;
        const written = found.document.text.slice(start, end);
        const hasRight = neighbour(found, meant) !== undefined;
        yield* tell(found, facts, {
          at: found.setting.nameAt,
          says: hasRight
            ? `no tool knows ${written}; ${meant} stands in the same section`
            : `no tool knows ${written}, did you mean ${meant}?`,
          ...(hasRight || !isGrave(meant) ? { severity: hasRight ? ("info" as const) : ("warning" as const) } : {}),
          ...(hasRight
            ? {}
            : { fix: { title: `write ${meant}`, safety: "safe", steps: [edit(found.setting.nameAt, meant)] } }),
        });
      }
    }
  },
});

/** Other programs have settings of these names, too: then the value tells. */
const COMMON_WORDS: ReadonlySet<string> = new Set(["id", "key", "key_id", "secret", "role", "arn", "source"]);

function isMeant(found: SettingLine, meant: string): boolean {
  if (meant === "role_arn") return neighbour(found, "source_profile") !== undefined;
  if (meant === "source_profile") return neighbour(found, "role_arn") !== undefined;
  const { hidden } = found.setting;
  return hidden !== undefined && hidden.looksLike !== "other";
}

/** Without it there are no credentials. */
const isGrave = (name: string): boolean =>
  SECRETS.includes(name) || /^(?:role_arn|source_profile|credential_|web_identity|sso_|mfa_serial)/.test(name);
