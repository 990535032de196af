import { edit, type Fix, KEY_VARIABLES, part, rule, type SettingLine, settingsNamed, sightings, tell } from "#rule";

const SETTINGS = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"] as const;

export default rule({
  id: "whitespace-in-credential",
  severity: "error",
  category: "keys",
  summary: "a blank or line end in a key",
  why:
    "No key has a blank in it. One that came along with a copied value, a CSV file or a secret of Kubernetes is signed and sent " +
    "with the rest: the signature does not match, or the HTTP header is refused.",
  remedy: "take the blank out; for a variable, set it again without the trailing newline",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"],
  errors: [
    "Invalid header value b'AWS4-HMAC-SHA256 Credential=…'",
    "An error occurred (IncompleteSignature) when calling the … operation",
    "Authorization header or parameters are not formatted correctly",
    "IncompleteSignature: Authorization header requires …",
  ],
  about: { settings: SETTINGS, variables: KEY_VARIABLES },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of settingsNamed(facts, ...SETTINGS)) {
      const { hidden, name, value } = found.setting;
      // Quotes and remarks behind a value have rules of their own.
      if (hidden?.blankInside !== true || /["'`#;]/.test(value)) continue;
      yield* tell(found, facts, { says: `${name} of '${found.name}' has a blank in it`, ...stripping(found) }, [
        "cli",
        "sdk",
      ]);
    }
    for (const name of KEY_VARIABLES) {
      for (const { at, hidden, also } of sightings(name, facts.environment, facts.startup)) {
        if (hidden?.blankInside !== true) continue;
        yield { at, says: `${name} has a blank or a line end in it`, also };
      }
    }
  },
});

const LENGTHS: Readonly<Record<string, number>> = { aws_access_key_id: 20, aws_secret_access_key: 40 };

/** The mask leaves blanks as they are. Without them it has to be as long as keys are, or something else is wrong too. */
function stripping({ document, setting }: SettingLine): { fix?: Fix } {
  const { name, at, hidden } = setting;
  const { start, end, line, endLine } = at.span!;
  const blanks = [...document.text.slice(start, end).matchAll(/\s+/g)];
  const count = blanks.reduce((sum, [blank]) => sum + blank.length, 0);
  const isRight = LENGTHS[name] === undefined || hidden!.length - count === LENGTHS[name];
  if (line !== endLine || !isRight) return {};
  const [first, ...others] = blanks.map(({ 0: blank, index }) => edit(part(at, index, blank.length), ""));
  return first === undefined ? {} : { fix: { title: "take the blank out", safety: "safe", steps: [first, ...others] } };
}
