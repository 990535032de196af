import {
  between,
  type Facts,
  type Finding,
  isAwsVault,
  list,
  lostBecause,
  ownSection,
  type Profile,
  type Profiles,
  profilesWith,
  type Reading,
  rule,
  suffering,
} from "#rule";

const LINKS = [
  "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html",
  "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
];

export default rule({
  id: "sso-profile-incomplete",
  severity: "error",
  category: "sso",
  summary: "a profile has some of the settings of single sign-on, and not all of them",
  why:
    "Single sign-on takes four settings: the portal's address and region (in the profile or its sso-session), and the account and " +
    "the permission set (in the profile). One that is missing makes the others useless.",
  remedy: "add what is missing; `aws configure sso` asks for all of it",
  links: LINKS,
  errors: [
    "Missing the following required SSO configuration values: …. To make sure this profile is properly configured to use SSO, please run: aws configure sso",
    'The profile "…" is configured to use SSO but is missing required configuration: …',
  ],
  about: { settings: ["sso_*"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const { profiles } = facts;
    const names = ["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"];
    for (const { profile, missing, tools, sufferers } of lostBecause(facts, "sso-incomplete", names, lacksNothing)) {
      const [tool] = tools;
      const reading = profiles.readings.get(tool!)!;
      const whole = reading.profiles.get(profile)!;
      const isOfRole = missing.includes("sso_account_id") && missing.includes("sso_role_name");
      // A session alone is how tools sign in that want a token and no credentials. And others may include this profile.
      const isMild = isOfRole && (whole.has("sso_session") || profile === "default" || isIncluded(profiles, profile));
      const section = ownSection(whole);
      const last = names.map((name) => section.get(name)).findLast((one) => one !== undefined);
      yield {
        at: last === undefined ? section.headerAt : between(section.headerAt, last.at),
        says: `'${profile}' lacks ${list(missing)} for single sign-on`,
        profiles: [...sufferers],
        ...suffering(tools, profiles),
        ...(isMild ? { severity: "info" as const } : {}),
      };
    }
    yield* sessions(facts);
  },
});

/** What is in its own section counts only where it names no session. */
function lacksNothing(profile: Profile, { ssoSessions }: Reading): boolean {
  const session = profile.get("sso_session");
  const signOn = session === undefined ? profile : ssoSessions.get(session.value);
  return (
    ["sso_account_id", "sso_role_name"].every((name) => profile.has(name)) &&
    ["sso_start_url", "sso_region"].every((name) => signOn?.has(name) === true)
  );
}

const isIncluded = ({ readings }: Profiles, name: string): boolean =>
  [...readings.values()].some((reading) =>
    profilesWith(reading, "include_profile").some((one) => one.get("include_profile")!.value === name),
  );

/** A session that nobody uses lacks nothing yet; one in use has been told above, where a profile needs it. */
function* sessions({ profiles }: Pick<Facts, "profiles">): Iterable<Finding> {
  if (!profiles.tools.every(isAwsVault)) return;
  for (const reading of profiles.readings.values()) {
    for (const profile of profilesWith(reading, "sso_session")) {
      const session = reading.ssoSessions.get(profile.get("sso_session")!.value);
      const missing = ["sso_start_url", "sso_region"].filter(
        (name) => session?.has(name) === false && !profile.has(name),
      );
      if (session !== undefined && missing.length > 0)
        yield { at: session.headerAt, says: `[${session.header}] lacks ${list(missing)}`, profiles: [profile.name] };
    }
  }
}
