import {
  type Fix,
  KEY_VARIABLES,
  rule,
  type SettingLine,
  settingsNamed,
  sightings,
  tell,
  UNSEEN,
  wrongSettings,
} from "#rule";

const HIDDEN = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];
const SHOWN = ["role_arn", "mfa_serial", "region", "source_profile", "sso_start_url", "sso_account_id", "sso_region"];
const UNUSUAL = /[^\x20-\x7e\t\r]/;

export default rule({
  id: "non-ascii-in-credentials",
  severity: "error",
  category: "keys",
  summary: "an invisible or foreign character in a key, an ARN or a region",
  why:
    "Keys, ARNs and regions are plain ASCII. Chat programs and word processors paste zero-width spaces, no-break spaces, dashes " +
    "and curly quotes along, which cannot be seen and make the value another one.",
  remedy: "type the value again, or paste it by way of a plain text editor",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  errors: [
    "'ascii' codec can't decode byte 0xe0 in position 0: ordinal not in range(128)",
    "'latin-1' codec can't encode character '\\u200b'",
  ],
  about: { settings: HIDDEN, values: SHOWN, variables: KEY_VARIABLES },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of settingsNamed(facts, ...HIDDEN)) {
      if (found.setting.hidden?.nonAscii !== true) continue;
      yield* tell(found, facts, {
        says: `${found.setting.name} of '${found.name}' has a character that is not ASCII`,
        ...(found.setting.hidden.unseen ? cleaning(found) : {}),
      });
    }
    for (const name of SHOWN) {
      // A name may be in any language, but not with what nobody can see.
      const unusual = name === "source_profile" ? /[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]/ : UNUSUAL;
      for (const found of wrongSettings(facts, name, (value) => !unusual.test(value))) {
        const bad = unusual.exec(found.value)![0];
        const code = bad.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
        yield* tell(found, facts, {
          says: `${name} has the character U+${code} in it, which does not belong there`,
          ...(unusual.test(found.value.replaceAll(UNSEEN, "")) ? {} : cleaning(found)),
        });
      }
    }
    for (const name of KEY_VARIABLES) {
      for (const { at, hidden, also } of sightings(name, facts.environment, facts.startup)) {
        if (hidden?.nonAscii !== true || hidden.blankInside) continue;
        yield { at, says: `${name} has a character that is not ASCII`, also };
      }
    }
  },
});

/** A dash or a letter may stand for another character; what nobody can see stands for none. */
const cleaning = ({ setting }: SettingLine): { fix: Fix } => ({
  fix: {
    title: "take out what cannot be seen",
    safety: "safe",
    steps: [{ kind: "clean", path: setting.at.path, span: setting.at.span! }],
  },
});
