import {
  edit,
  type Fix,
  inSome,
  ownSection,
  type Profile,
  type Reading,
  rolesWithoutMfa,
  rule,
  type Setting,
  someOf,
  startOf,
  type Tool,
} from "#rule";

export default rule({
  id: "mfa-serial-not-inherited",
  severity: "warning",
  category: "roles",
  summary: "mfa_serial is set in the source profile and not in the role profile",
  why:
    "source_profile passes credentials on, and no settings: the role is assumed without MFA. Where the role's trust policy or " +
    "the user's policy asks for MFA, the answer is AccessDenied, which does not say so.",
  remedy: "repeat mfa_serial in the role profile (in aws-vault, `include_profile` does that too)",
  links: [
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-mfa",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md#gotchas-with-mfa-config",
  ],
  errors: [
    "User: … is not authorized to perform: sts:AssumeRole on resource: …",
    "An error occurred (AccessDenied) when calling the AssumeRole operation",
  ],
  about: { settings: ["role_arn"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const found = new Map<string, { profile: Profile; source: Setting; tools: Set<Tool> }>();
    for (const { tool, reading, profile } of rolesWithoutMfa(profiles)) {
      const source = mfaOfSource(reading, profile);
      if (source === undefined) continue;
      const known = found.get(profile.name) ?? { profile, source, tools: new Set() };
      found.set(profile.name, known);
      known.tools.add(tool);
    }
    for (const { profile, source, tools } of found.values()) {
      // Where the profile leads nowhere for now, because its key is in the vault, it would fare no better.
      for (const [tool, routes] of profiles.routes) if (routes.get(profile.name)?.found === false) tools.add(tool);
      const some = someOf(tools, profiles);
      yield {
        at: ownSection(profile).headerAt,
        says: `${inSome(some)}'${profile.name}' assumes its role without MFA, although its source profile has an mfa_serial`,
        also: [{ at: source.at, says: "this one is not handed on" }],
        profiles: [profile.name],
        ...(some ? { tools: some } : {}),
        ...copied(profile, source),
      };
    }
  },
});

function mfaOfSource(reading: Reading, profile: Profile): Setting | undefined {
  const source = profile.get("source_profile");
  const target = source && reading.profiles.get(source.value);
  return target && target.get("mfa_serial");
}

function copied(profile: Profile, source: Setting): { fix?: Fix } {
  const role = ownSection(profile).get("role_arn");
  if (role === undefined || source.hidden !== undefined) return {};
  const step = edit(startOf(role.linesAt), `mfa_serial = ${source.value}\n`);
  return { fix: { title: `copy mfa_serial into '${profile.name}'`, safety: "ask", steps: [step] } };
}
