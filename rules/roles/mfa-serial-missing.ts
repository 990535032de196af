import { hops, ownSection, type Route, rolesWithoutMfa, rule } from "#rule";

export default rule({
  id: "mfa-serial-missing",
  severity: "info",
  category: "roles",
  summary: "a role is assumed with long-term keys and without MFA",
  why:
    "Neither the role profile nor its source has an mfa_serial. Where a policy asks for MFA, AWS answers AccessDenied and does " +
    "not say why; where none does, a stolen key is enough to become this role.",
  remedy: "add mfa_serial, the ARN of the device, to the role profile when the role asks for MFA",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-mfa"],
  errors: ["An error occurred (AccessDenied) when calling the AssumeRole operation"],
  about: { settings: ["role_arn"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const seen = new Set<string>();
    const hasSerialSomewhere = (name: string): boolean =>
      [...profiles.readings.values()].some((reading) => {
        const profile = reading.profiles.get(name);
        const source = profile && reading.profiles.get(profile.get("source_profile")?.value ?? "");
        return [profile, source].some((one) => one !== undefined && one.get("mfa_serial") !== undefined);
      });
    for (const { profile } of rolesWithoutMfa(profiles)) {
      if (seen.has(profile.name) || hasSerialSomewhere(profile.name)) continue;
      if (![...profiles.routes.values()].every((routes) => startsFromKeys(routes.get(profile.name)))) continue;
      seen.add(profile.name);
      yield {
        at: ownSection(profile).headerAt,
        says: `'${profile.name}' assumes its role with long-term keys and without MFA`,
        profiles: [profile.name],
      };
    }
  },
});

/** Not from a session, which may have been opened with MFA. A way that leads nowhere has rules of its own. */
function startsFromKeys(route: Route | undefined): boolean {
  if (route === undefined) return true;
  if (!route.found) return route.because === "nothing"; // For this tool: the key is in the vault.
  const [start] = hops(route);
  return start?.kind === "stored" || (start?.kind === "static" && start.by.hidden?.looksLike !== "temporary key");
}
