import { rule, settingsNamed, tell } from "#rule";

export default rule({
  id: "empty-credential-value",
  severity: "error",
  category: "keys",
  summary: "a key setting without a value",
  why:
    "An empty key is a key for most tools: they stop looking for another, sign requests with nothing, and AWS says that the " +
    "signature or the permissions are wrong.",
  remedy: "fill the value in, or take the lines out",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html"],
  errors: ["An error occurred (IncompleteSignature)", "Partial credentials found in shared-credentials-file"],
  about: { settings: ["aws_access_key_id", "aws_secret_access_key"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of settingsNamed(facts, "aws_access_key_id", "aws_secret_access_key")) {
      if (found.setting.hidden !== undefined || found.setting.value !== "") continue;
      yield* tell(found, facts, { says: `${found.setting.name} of '${found.name}' has no value` }, ["cli", "sdk"]);
    }
  },
});
