import { edit, inSome, lostBecause, rule, someOf, suffering } from "#rule";

export default rule({
  id: "credential-source-and-source-profile",
  severity: "error",
  category: "roles",
  summary: "both source_profile and credential_source in one profile",
  why:
    "A role is assumed with the credentials of another profile or with those of the machine. With both, the AWS CLI and the SDKs " +
    "refuse the profile; aws-vault knows no credential_source, and goes by source_profile.",
  remedy: "take one of the two lines out: credential_source where this is a machine of AWS, source_profile elsewhere",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  errors: [
    'The profile "…" contains both source_profile and credential_source.',
    "This parameter(credential_source) cannot be provided alongside source_profile",
  ],
  about: { settings: ["credential_source"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const { profiles } = facts;
    for (const { by, profile, tools, sufferers } of lostBecause(facts, "two-sources", ["credential_source"])) {
      const [tool] = tools;
      const source = profiles.readings.get(tool!)!.profiles.get(profile)!.get("source_profile")!;
      yield {
        at: by.at,
        says: `${inSome(someOf(tools, profiles))}'${profile}' has both credential_source and source_profile`,
        also: [{ at: source.at, says: "the other source" }],
        profiles: [...sufferers],
        ...suffering(tools, profiles),
        fix: { title: "take credential_source out", safety: "ask", steps: [edit(by.linesAt, "")] },
      };
    }
  },
});
