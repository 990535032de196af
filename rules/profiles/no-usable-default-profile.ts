import { isAwsVault, isSet, lineOf, plainReading, rule, tell } from "#rule";

export default rule({
  id: "no-usable-default-profile",
  severity: "warning",
  category: "profiles",
  summary: "the only keys stand in a profile that nothing chooses",
  why: "Who names no profile gets [default]. Keys under another name, such as [Credentials], are not used unless a command, AWS_PROFILE or another profile asks for them.",
  remedy: "rename the section to [default], or set AWS_PROFILE",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ['Unable to locate credentials. You can configure credentials by running "aws configure".'],
  about: { settings: ["aws_access_key_id"] },
  needs: ["config", "credentials", "profiles", "environment", "machine"],
  *check(facts) {
    const { credentials, profiles, environment } = facts;
    if (
      ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_VAULT", "AWS_WEB_IDENTITY_TOKEN_FILE"].some(
        (name) => isSet(environment, name),
      )
    )
      return;
    const reading = plainReading(profiles);
    if (reading === undefined || isAwsVault(reading.tool)) return;
    const isAsked = [...profiles.active.values()].some(
      ({ name, chosenBy }) => chosenBy !== undefined || name !== "default",
    );
    const route = profiles.routes.get(reading.tool)!.get("default");
    const [only, ...others] = [...reading.profiles.values()].filter(({ name }) => name !== "default");
    if (isAsked || only === undefined || others.length > 0 || route?.found === true) return;
    const id = only.get("aws_access_key_id");
    const found = id && lineOf(facts, id);
    if (found === undefined || only.has("role_arn") || credentials.sections.length === 0) return;
    // A name of one's own may be named with --profile each time.
    const isMeantAsDefault = /^(?:credentials?|aws|default.*|.*default|profile|user|main|key|keys)$/i.test(only.name);
    yield* tell(
      found,
      facts,
      {
        at: found.section.headerAt,
        says: `'${only.name}' has the only keys, and nothing chooses it`,
        ...(isMeantAsDefault ? {} : { severity: "info" as const }),
      },
      ["cli", "sdk"],
    );
  },
});
