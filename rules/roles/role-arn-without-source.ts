import {
  edit,
  type Fix,
  inSome,
  isAwsVault,
  ownSetting,
  type Profile,
  type Profiles,
  plainReading,
  profilesWith,
  type Reading,
  rule,
  someOf,
  startOf,
  type Tool,
} from "#rule";

const RIVALS = ["credential_process", "sso_session", "sso_start_url", "sso_account_id"];

export default rule({
  id: "role-arn-without-source",
  severity: "error",
  category: "roles",
  summary: "role_arn, and nothing to assume the role from",
  why:
    "A role needs somebody to assume it. [default] is not the source unless source_profile says so: the AWS CLI and the SDKs " +
    "stop here. (aws-vault takes a source_profile from [default], or a key stored under the role profile's own name.)",
  remedy:
    "add source_profile with the profile whose keys or session may assume the role, or credential_source on a machine of AWS",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html",
  ],
  errors: ["Partial credentials found in assume-role, missing: source_profile or credential_source"],
  about: { settings: ["role_arn"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const lost = new Map<string, Set<Tool>>();
    for (const [tool, reading] of profiles.readings) {
      // An empty source names nothing, and that is told of.
      for (const profile of profilesWith(reading, "role_arn", "source_profile")) {
        const { name } = profile;
        const route = profiles.routes.get(tool)!.get(name)!;
        if (route.found || route.because !== "role-without-source" || route.profile !== name) continue;
        // Another way to credentials is there, and that is told of.
        if (RIVALS.some((one) => ownSetting(profile, one) !== undefined)) continue;
        // Who has a credential_source does not mean it for aws-vault.
        if (isAwsVault(tool) && profile.get("credential_source") !== undefined) continue;
        lost.set(name, (lost.get(name) ?? new Set()).add(tool));
      }
    }
    for (const [name, tools] of lost) {
      const [first] = tools;
      const profile = profiles.readings.get(first!)!.profiles.get(name)!;
      const role = profile.get("role_arn")!;
      const hint = profile.get("aws_access_key_id") ? ` (its own keys count with source_profile = ${name})` : "";
      const some = someOf(tools, profiles);
      const inherits = profiles.tools.some((tool) => isAwsVault(tool) && hasSource(profiles.readings.get(tool)!, name));
      yield {
        at: role.at,
        says: `${inSome(some)}'${name}' has a role and nothing to assume it from${hint}`,
        profiles: [name],
        ...(some ? { tools: some } : {}),
        // Who includes another profile has written it for aws-vault, whose own guide does so.
        ...(inherits ? { severity: profile.has("include_profile") ? "info" : "warning" } : {}),
        ...sourced(profile, profiles),
      };
    }
  },
});

const hasSource = (reading: Reading, name: string): boolean => {
  const profile = reading.profiles.get(name);
  return profile !== undefined && (profile.get("source_profile")?.value ?? "") !== "";
};

/** Where the profile has keys of its own, or only one other has credentials to start from, that is its source. */
function sourced(profile: Profile, profiles: Profiles): { fix?: Fix } {
  const role = ownSetting(profile, "role_arn");
  if (role === undefined || profile.has("source_profile") || profile.has("credential_source")) return {};
  const reading = plainReading(profiles);
  const routes = reading && profiles.routes.get(reading.tool)!;
  const starting = [...(reading?.profiles.keys() ?? [])].filter((name) => {
    const route = routes!.get(name);
    return route?.found === true && START.includes(route.hop.kind);
  });
  const own = profile.has("aws_access_key_id") ? profile.name : undefined;
  const [source = own, ...others] = own === undefined ? starting : [];
  if (source === undefined || others.length > 0) return {};
  const step = edit(startOf(role.linesAt), `source_profile = ${source}\n`);
  return { fix: { title: `assume it from '${source}'`, safety: "ask", steps: [step] } };
}

const START = ["static", "sso", "process"];
