import {
  edit,
  type Fix,
  isMasked,
  lineOf,
  neighbour,
  rule,
  type SettingLine,
  sightings,
  type Traits,
  tell,
} from "#rule";

const FIELDS = ["region", "output", "source_profile", "role_arn", "mfa_serial", "sso_region", "role_session_name"];
const VARIABLES = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_DEFAULT_OUTPUT"];
const SECRETS = ["secret key", "long-term key", "temporary key"];

export default rule({
  id: "secret-in-wrong-field",
  severity: "error",
  category: "keys",
  summary: "a key where a region, a name or an ARN belongs",
  why:
    "When the answers to `aws configure` slip by one, the secret key becomes the region. Tools do not treat a region as a secret: it " +
    "shows up in addresses, error messages and logs.",
  remedy: "move the value to its own line, and rotate the key if a command ran in between",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html"],
  errors: ["Provided region_name '…' doesn't match a supported format."],
  about: { values: FIELDS, variables: VARIABLES },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const name of FIELDS) {
      for (const document of [facts.config, facts.credentials]) {
        for (const [value, lines] of document.valuesNamed(name)) {
          if (!isMasked(value)) continue;
          for (const line of lines) {
            const found = lineOf(facts, document.setting(line)!);
            const shape = found?.setting.hidden?.looksLike;
            if (found === undefined || shape === undefined || !SECRETS.includes(shape)) continue;
            yield* tell(found, facts, {
              says: `${name} of '${found.name}' holds what looks like a ${shape}`,
              ...moved(found, shape),
            });
          }
        }
      }
    }
    for (const name of VARIABLES) {
      for (const { at, hidden, also } of sightings(name, facts.environment, facts.startup)) {
        if (hidden !== undefined && SECRETS.includes(hidden.looksLike))
          yield { at, says: `${name} holds what looks like a ${hidden.looksLike}`, also };
      }
    }
  },
});

/** The value stays, and its setting gets the name that it should have, when no other has it. */
function moved(found: SettingLine, shape: Traits["looksLike"]): { fix?: Fix } {
  const right = shape === "secret key" ? "aws_secret_access_key" : "aws_access_key_id";
  if (found.kind !== "profile" || neighbour(found, right) !== undefined) return {};
  return { fix: { title: `call it ${right}`, safety: "ask", steps: [edit(found.setting.nameAt, right)] } };
}
