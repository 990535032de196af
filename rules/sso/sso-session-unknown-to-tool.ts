import { firstOf, isOlder, rule, settingsNamed, type Tool, tell } from "#rule";

/** Before these versions, `[sso-session …]` was a section like any unknown one. */
const SINCE: readonly {
  readonly program: string;
  readonly since: (version: string) => string;
  readonly tools: readonly Tool[];
}[] = [
  { program: "aws", since: (version) => (isOlder(version, "2") ? "1.27.10" : "2.9.0"), tools: ["cli"] },
  { program: "aws-vault", since: () => "7.0.0", tools: ["aws-vault-byteness", "aws-vault-99designs"] },
];

export default rule({
  id: "sso-session-unknown-to-tool",
  severity: "error",
  category: "sso",
  summary: "a program that is older than [sso-session] sections",
  why:
    "Since November 2022 the settings of a sign-on may stand in a section of their own, [sso-session …]. An older program passes " +
    "over it, finds neither sso_start_url nor sso_region in the profile, and says that they are missing.",
  remedy: "install a newer version; or write sso_start_url and sso_region into the profile too, equal to the session's",
  links: [
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html",
  ],
  errors: [
    "'sso_start_url' not found in profile",
    "profile …: credentials missing",
    "Missing the following required SSO configuration values: sso_start_url, sso_region.",
    "region is required, but was not found",
    "SSOProviderInvalidToken: the SSO session has expired or is invalid caused by: open …/.aws/sso/cache/….json: no such file or directory",
    "SharedIniFileCredentialsProviderFailure: Credentials not set for profile …",
  ],
  about: { settings: ["sso_session"] },
  needs: ["config", "credentials", "profiles", "versions"],
  *check(facts) {
    const [found] = settingsNamed(facts, "sso_session");
    if (found === undefined || found.kind !== "profile") return;
    for (const { program, since, tools } of SINCE) {
      const own = firstOf(facts.versions, program);
      if (own === undefined || !isOlder(own.version, since(own.version))) continue;
      yield* tell(
        found,
        facts,
        {
          says: `'${program}' is version ${own.version}, and knows no [sso-session …], which came with ${since(own.version)}`,
          also: [{ at: { kind: "program", program: own.path }, says: `version ${own.version}` }],
        },
        tools,
      );
    }
  },
});
