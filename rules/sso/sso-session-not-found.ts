import { didYouMean, isAwsVault, profilesWith, rule, type Setting, suffering, type Tool } from "#rule";

export default rule({
  id: "sso-session-not-found",
  severity: "error",
  category: "sso",
  summary: "sso_session names no section",
  why:
    "The portal's address and region stand in a section [sso-session NAME] of the config file. Without it, nobody knows where to " +
    "sign in; aws-vault passes over the name and says that credentials are missing.",
  remedy: "correct the name, or add the section with sso_start_url, sso_region and sso_registration_scopes",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
  ],
  errors: ['The specified sso-session does not exist: "…"', "[sso-session] '…' missing in config file"],
  about: { settings: ["sso_session"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const lost = new Map<string, { by: Setting; names: Set<string>; tools: Set<Tool>; known: Iterable<string> }>();
    for (const [tool, reading] of profiles.readings) {
      for (const profile of profilesWith(reading, "sso_session")) {
        const by = profile.get("sso_session")!;
        if (reading.ssoSessions.has(by.value) || (by.value === "" && isAwsVault(tool))) continue;
        const key = `${by.at.path}:${by.at.span!.start}`;
        const one = lost.get(key) ?? { by, names: new Set(), tools: new Set(), known: reading.ssoSessions.keys() };
        lost.set(key, one);
        one.tools.add(tool);
        one.names.add(profile.name);
      }
    }
    for (const { by, names, tools, known } of lost.values()) {
      yield {
        at: by.at,
        says: `there is no [sso-session ${by.value}]${didYouMean(by.value, known)}`,
        profiles: [...names],
        because: `sso-session ${by.value}`,
        ...suffering(tools, profiles),
      };
    }
  },
});
