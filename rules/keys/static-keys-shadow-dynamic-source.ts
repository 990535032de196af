import { deleting, isAwsVault, lineOf, neighbour, ownSetting, plainReading, profilesWith, rule, tell } from "#rule";

const DYNAMIC = ["sso_session", "sso_start_url", "sso_account_id", "credential_process", "login_session"];

export default rule({
  id: "static-keys-shadow-dynamic-source",
  severity: "warning",
  category: "keys",
  summary: "a profile with keys that also has single sign-on or a credential_process",
  why:
    "Which of the two is used depends on the tool: the AWS CLI takes single sign-on before keys and keys before a process, tools in Go " +
    "take keys first. Old keys then answer with 'expired', or for another account, where the other source would have worked.",
  remedy: "take the keys out (`aws-vault add` stores those that are still needed), or give them a profile of their own",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html#cli-chap-authentication-precedence",
  ],
  errors: [
    "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
  ],
  about: { settings: ["aws_access_key_id"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const reading = plainReading(facts.profiles);
    if (reading === undefined || isAwsVault(reading.tool)) return;
    for (const profile of profilesWith(reading, "aws_access_key_id")) {
      const dynamic = DYNAMIC.map((name) => ownSetting(profile, name)).find((one) => one !== undefined);
      const found = dynamic && lineOf(facts, profile.get("aws_access_key_id")!);
      if (dynamic === undefined || found === undefined) continue;
      const isApart = dynamic.at.path !== found.setting.at.path;
      yield* tell(
        found,
        facts,
        {
          at: isApart ? found.section.headerAt : found.setting.at,
          says: `'${profile.name}' has keys, and ${dynamic.name} too: tools do not agree which of them to use`,
          also: [{ at: dynamic.at, says: "the other source" }],
          fix: {
            title: `take the keys out, and use ${dynamic.name}`,
            safety: "ask",
            steps: [
              deleting(found.setting),
              ...["aws_secret_access_key", "aws_session_token"].flatMap((name) => {
                const other = neighbour(found, name);
                return other === undefined ? [] : [deleting(other)];
              }),
            ],
          },
        },
        ["cli", "sdk"],
      );
    }
  },
});
