import {
  isKnownSetting,
  isSet,
  neighbour,
  type Profiles,
  rule,
  type SettingLine,
  settingsNamed,
  tell,
  variable,
} from "#rule";

export default rule({
  id: "temporary-key-without-session-token",
  severity: "error",
  category: "keys",
  summary: "a temporary key without its session token",
  why: "A key whose id starts with ASIA is one third of a session: without the token that came with it, AWS does not know it.",
  remedy:
    "get all three values again, from the same session; better, let aws-vault or the AWS CLI fetch them when they are needed",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html"],
  errors: ["The security token included in the request is invalid"],
  about: { settings: ["aws_access_key_id"], variables: ["AWS_ACCESS_KEY_ID"] },
  needs: ["config", "credentials", "profiles", "environment"],
  *check(facts) {
    for (const found of settingsNamed(facts, "aws_access_key_id")) {
      if (found.setting.hidden?.looksLike !== "temporary key") continue;
      const hasToken = ["aws_session_token", "aws_security_token"].some(
        (name) => (neighbour(found, name)?.value ?? "") !== "",
      );
      if (hasToken || hasTokenElsewhere(facts.profiles, found.name) || isMisspelt(found)) continue;
      yield* tell(found, facts, { says: `'${found.name}' has a temporary key and no aws_session_token` }, [
        "cli",
        "sdk",
      ]);
    }
    const { environment } = facts;
    if (environment.get("AWS_ACCESS_KEY_ID")?.hidden?.looksLike !== "temporary key") return;
    if (["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"].some((name) => isSet(environment, name))) return;
    yield {
      at: variable("AWS_ACCESS_KEY_ID"),
      says: "the exported key is a temporary one, and AWS_SESSION_TOKEN is not set",
    };
  },
});

/** The SDKs take the three out of both files. */
const hasTokenElsewhere = ({ readings }: Profiles, name: string): boolean =>
  (readings.get("sdk")?.profiles.get(name)?.get("aws_session_token")?.value ?? "") !== "";

const isMisspelt = ({ document, section }: SettingLine): boolean => {
  for (let line = section.first; line < section.last; line++) {
    const name = document.setting(line)?.name ?? "";
    if (!isKnownSetting(name) && name.includes("token")) return true;
  }
  return false;
};
