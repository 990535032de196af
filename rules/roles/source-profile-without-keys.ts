import { dependents, type FilePlace, isAwsVault, profilesWith, rule, suffering, type Tool } from "#rule";

export default rule({
  id: "source-profile-without-keys",
  severity: "error",
  category: "roles",
  summary: "a source_profile that has nothing to assume the role with",
  why:
    "The AWS CLI and the SDKs look for the source's keys in the two files alone. Where they are in aws-vault, or were in a file that is no " +
    "longer there, the source is an empty profile to them.",
  remedy: "`aws-vault exec PROFILE -- command`; or give the source a credential_process that asks aws-vault for it",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"],
  errors: [
    'The source profile "…" must specify either static credentials or an assume role configuration',
    'The source_profile "…" must specify either static credentials or an assume role configuration',
  ],
  about: { settings: ["source_profile"] },
  needs: ["profiles"],
  *check({ profiles }) {
    // To who has aws-vault, the key is in the vault, and a profile without one in a file is as it should be.
    if (profiles.tools.some(isAwsVault)) return;
    const found = new Map<string, { at: FilePlace; source: string; tools: Set<Tool>; sufferers: Set<string> }>();
    for (const [tool, reading] of profiles.readings) {
      for (const profile of profilesWith(reading, "role_arn")) {
        const by = profile.get("source_profile");
        const route = profiles.routes.get(tool)!.get(profile.name);
        // Of a chain, the profile whose own source it is.
        if (by === undefined || route?.found !== false || route.because !== "nothing" || route.profile !== by.value)
          continue;
        const key = `${by.at.path}:${by.at.span?.start}`;
        const known = found.get(key) ?? { at: by.at, source: by.value, tools: new Set(), sufferers: new Set() };
        known.tools.add(tool);
        for (const one of dependents(reading, profile.name)) known.sufferers.add(one);
        found.set(key, known);
      }
    }
    for (const { at, source, tools, sufferers } of found.values()) {
      yield {
        at,
        says: `the source profile '${source}' has no credentials in either file`,
        profiles: [...sufferers].sort(),
        because: `profile ${source}`,
        ...suffering(tools, profiles),
      };
    }
  },
});
