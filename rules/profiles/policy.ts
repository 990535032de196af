import {
  type Demand,
  type DemandedSetting,
  type FilePlace,
  type Finding,
  hops,
  inSome,
  isAwsVault,
  isMasked,
  matches,
  ownSection,
  type Policy,
  type Profile,
  type Profiles,
  type Reading,
  rule,
  someOf,
  type Tool,
} from "#rule";

export default rule({
  id: "policy",
  severity: "error",
  category: "profiles",
  summary: "a profile that is not as a policy of the preferences demands",
  why:
    "A team has written down what it demands of such profiles, in a section [policy.name] of its preferences. Nothing need " +
    "be broken here, but it was agreed upon.",
  remedy: "make the profile as the policy demands, or ask those who wrote it for an exception",
  links: [],
  about: { facts: ["policies"] },
  needs: ["profiles", "policies"],
  *check({ profiles, policies }) {
    for (const policy of policies) yield* violations(policy, profiles);
  },
});

interface Wrong {
  readonly at: FilePlace;
  readonly says: string;
}

function* violations(policy: Policy, profiles: Profiles): Iterable<Finding> {
  const found = new Map<string, { wrong: Wrong; demand: Demand; profile: string; tools: Set<Tool> }>();
  for (const [tool, reading] of profiles.readings) {
    for (const profile of reading.profiles.values()) {
      if (!policy.profiles.some((pattern) => matches(profile.name, pattern))) continue;
      for (const demand of policy.demands) {
        for (const wrong of against(demand, profile, reading, tool, profiles)) {
          const key = `${wrong.at.path}:${wrong.at.span?.start}:${wrong.says}`;
          const known = found.get(key) ?? { wrong, demand, profile: profile.name, tools: new Set() };
          known.tools.add(tool);
          found.set(key, known);
        }
      }
    }
  }
  for (const { wrong, demand, profile, tools } of found.values()) {
    const some = someOf(tools, profiles);
    yield {
      at: wrong.at,
      severity: policy.severity,
      says: `${inSome(some)}${wrong.says}, against the policy '${policy.name}'`,
      also: [{ at: demand.at, says: `the policy '${policy.name}' says so` }],
      profiles: [profile],
      ...(some ? { tools: some } : {}),
    };
  }
}

function* against(demand: Demand, profile: Profile, reading: Reading, tool: Tool, profiles: Profiles): Iterable<Wrong> {
  const { name } = profile;
  const header = ownSection(profile).headerAt;
  switch (demand.kind) {
    case "mfa":
      if (lacksMfa(profile, reading, tool, profiles))
        yield { at: header, says: `'${name}' takes its keys without MFA` };
      return;
    case "max-duration": {
      const asked = profile.get("duration_seconds");
      const seconds = Number(asked?.value ?? (profile.has("role_arn") ? ROLE_SECONDS : 0));
      if (seconds > demand.seconds)
        yield { at: asked?.at ?? header, says: `'${name}' asks for ${seconds} s, and ${demand.seconds} s is the most` };
      return;
    }
    case "accounts":
      for (const [setting, account] of accountsOf(profile)) {
        if (demand.accounts.includes(account)) continue;
        yield { at: profile.get(setting)!.at, says: `'${name}' is of the account ${account}, which is not allowed` };
      }
      return;
    case "regions": {
      const region = profile.get("region");
      if (region !== undefined && !isMasked(region.value) && !demand.regions.includes(region.value))
        yield { at: region.at, says: `'${name}' uses the region '${region.value}', which is not allowed` };
      return;
    }
    case "sso-start-url": {
      const url = startUrl(profile, reading);
      if (url !== undefined && !isMasked(url.value) && bare(url.value) !== bare(demand.url))
        yield { at: url.at, says: `'${name}' signs on at another portal than ${demand.url}` };
      return;
    }
    case "require":
      for (const wanted of demand.settings)
        if (!has(profile, wanted)) yield { at: header, says: `'${name}' has no ${written(wanted)}` };
      return;
    case "forbid":
      for (const unwanted of demand.settings)
        if (has(profile, unwanted))
          yield { at: profile.get(unwanted.name)!.nameAt, says: `'${name}' has ${written(unwanted)}` };
  }
}

/** What a role's session lasts when nobody asks for anything else. */
const ROLE_SECONDS = 3600;

/** Long-term keys stand at its start, and no device where they are used first. Single sign-on asks for its own. */
function lacksMfa(profile: Profile, reading: Reading, tool: Tool, { routes }: Profiles): boolean {
  const route = routes.get(tool)!.get(profile.name)!;
  const [first, second, ...rest] = hops(route);
  if (first === undefined || (first.kind !== "static" && first.kind !== "stored")) return false;
  // Without a role, nobody knows whether there is a key in the vault.
  if (first.kind === "stored" && second === undefined) return false;
  if (first.kind === "static" && first.by.hidden?.looksLike === "temporary key") return false;
  const users = isAwsVault(tool) ? [first, second, ...rest] : [second ?? first];
  return !users.some((hop) => hop !== undefined && reading.profiles.get(hop.profile)?.has("mfa_serial") === true);
}

function accountsOf(profile: Profile): [setting: string, account: string][] {
  const role = /^arn:aws[a-z-]*:iam::(\d{12}):/.exec(profile.get("role_arn")?.value ?? "")?.[1];
  const sso = /^\d{12}$/.exec(profile.get("sso_account_id")?.value ?? "")?.[0];
  return [
    ...(role === undefined ? [] : [["role_arn", role] satisfies [string, string]]),
    ...(sso === undefined ? [] : [["sso_account_id", sso] satisfies [string, string]]),
  ];
}

const startUrl = (profile: Profile, { ssoSessions }: Reading) =>
  ssoSessions.get(profile.get("sso_session")?.value ?? "")?.get("sso_start_url") ?? profile.get("sso_start_url");

/** Portals do not tell these apart. */
const bare = (url: string): string => url.toLowerCase().replace(/\/?(?:#\/?)?$/, "");

const has = (profile: Profile, { name, value }: DemandedSetting): boolean =>
  profile.has(name) && (value === undefined || profile.get(name)!.value === value);

const written = ({ name, value }: DemandedSetting): string => (value === undefined ? name : `${name} = ${value}`);
