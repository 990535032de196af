import {
  edit,
  type Finding,
  lostBecause,
  ownSetting,
  type Profile,
  type Profiles,
  plainReading,
  profilesWith,
  type Reading,
  rule,
  suffering,
} from "#rule";

export default rule({
  id: "sso-inline-conflicts-with-session",
  severity: "error",
  category: "sso",
  summary: "a profile says something else about single sign-on than its sso-session",
  why:
    "What the [sso-session] section sets holds for all its profiles. A profile that repeats a setting with another value is " +
    "refused by the AWS CLI and the SDKs; aws-vault goes by the section.",
  remedy: "take the line out of the profile; the session's one counts",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html"],
  errors: [
    "The value for sso_start_url is inconsistent between profile (…) and sso-session (…).",
    "sso_region in profile must match sso_region in sso-session",
  ],
  about: { settings: ["sso_session"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const { profiles } = facts;
    for (const { by, profile, tools, sufferers } of lostBecause(
      facts,
      "sso-session-conflict",
      ["sso_session"],
      saysNothingTwice,
    )) {
      const [tool] = tools;
      const reading = profiles.readings.get(tool!)!;
      const session = reading.profiles.get(profile)!.get("sso_session")!.value;
      const theirs = reading.ssoSessions.get(session)!.get(by.name)!;
      yield {
        at: by.at,
        says: `'${profile}' has another ${by.name} than its [sso-session ${session}]`,
        also: [{ at: theirs.at, says: "the session's" }],
        profiles: [...sufferers],
        ...suffering(tools, profiles),
        fix: { title: "take the profile's line out", safety: "ask", steps: [edit(by.linesAt, "")] },
      };
    }
    if (facts.config.linesNamed("sso_session").length > 0) yield* repeated(profiles);
  },
});

function saysNothingTwice(profile: Profile, { ssoSessions }: Reading): boolean {
  const session = ssoSessions.get(profile.get("sso_session")!.value);
  for (const { name } of session?.all() ?? []) if (profile.has(name)) return false;
  return true;
}

function* repeated(profiles: Profiles): Iterable<Finding> {
  const reading = plainReading(profiles);
  for (const profile of reading === undefined ? [] : profilesWith(reading, "sso_session")) {
    const session = reading!.ssoSessions.get(profile.get("sso_session")!.value);
    for (const name of ["sso_start_url", "sso_region"]) {
      const own = ownSetting(profile, name);
      const theirs = session?.get(name);
      if (own === undefined || theirs === undefined || own.value !== theirs.value) continue;
      yield {
        at: own.at,
        severity: "info",
        says: `the session of '${profile.name}' says the same; with two of them, one will be forgotten some day`,
        also: [{ at: theirs.at, says: "the session's" }],
        profiles: [profile.name],
      };
    }
  }
}
