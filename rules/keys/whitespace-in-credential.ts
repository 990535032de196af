import { KEY_VARIABLES, rule, settingsNamed, sightings, tell } from "#rule";

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
  ],
  about: { settings: SETTINGS, variables: KEY_VARIABLES },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of settingsNamed(facts, ...SETTINGS)) {
      const { hidden, name, value } = found.setting;
      // Quotes and remarks behind a value have rules of their own.
      if (hidden?.blankInside !== true || /["'`#;]/.test(value)) continue;
      yield* tell(found, facts, { says: `${name} of '${found.name}' has a blank in it` }, ["cli", "sdk"]);
    }
    for (const name of KEY_VARIABLES) {
      for (const { at, hidden, also } of sightings(name, facts.environment, facts.startup)) {
        if (hidden?.blankInside !== true) continue;
        yield { at, says: `${name} has a blank or a line end in it`, also };
      }
    }
  },
});
