import {
  AWS_VAULT,
  edit,
  goSeconds,
  inWords,
  isAwsVault,
  type Profiles,
  profilesWith,
  type Route,
  rule,
  sightings,
  suffering,
  type Tool,
  tell,
  wrongSettings,
} from "#rule";

const HOUR = 3600;
const MOST = 43_200;

export default rule({
  id: "role-chaining-over-1h",
  severity: "error",
  category: "roles",
  summary: "more than an hour for a role that is assumed with the session of another",
  why:
    "A role that is assumed with a session (of another role, of single sign-on, of a web identity or of a machine's role) lasts " +
    "an hour at most, whatever its own maximum is. AWS refuses a longer duration. aws-vault cuts it down where it sees two roles.",
  remedy: "write 3600, or assume the role straight from long-term keys",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md",
  ],
  errors: ["The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."],
  about: { settings: ["duration_seconds"], variables: ["AWS_ASSUME_ROLE_TTL"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    const { profiles, environment, startup } = facts;
    const isRight = (value: string): boolean =>
      !/^\d{1,9}$/.test(value) || Number(value) <= HOUR || Number(value) > MOST;
    for (const found of wrongSettings(facts, "duration_seconds", isRight)) {
      const start = chainOf(profiles, found.name);
      if (start === undefined) continue;
      yield* tell(
        found,
        facts,
        {
          says: `'${found.name}' asks for ${inWords(Number(found.value))}, and its role is assumed with ${start.of}: an hour is all it gets`,
          fix: { title: "write 3600", safety: "safe", steps: [edit(found.setting.at, "3600")] },
        },
        start.tools,
      );
    }
    for (const { at, value, also } of sightings("AWS_ASSUME_ROLE_TTL", environment, startup)) {
      if ((goSeconds(value) ?? 0) <= HOUR) continue;
      const chained = chainedRoles(profiles);
      const [first] = chained;
      if (first === undefined) continue;
      yield {
        at,
        says: `AWS_ASSUME_ROLE_TTL asks for ${value}, and the role of '${first}' is assumed with a session: an hour is all it gets`,
        also,
        profiles: chained,
        ...suffering(AWS_VAULT, profiles),
      };
    }
  },
});

/** What a profile's role is assumed with, where that is a session, and the tools in which AWS refuses it. */
function chainOf({ readings, routes }: Profiles, name: string): { of: string; tools: Tool[] } | undefined {
  const tools: Tool[] = [];
  let of = "";
  for (const tool of readings.keys()) {
    const session = sessionBelow(routes.get(tool)!.get(name), name);
    // The maintained aws-vault cuts the time of a second role down.
    if (session === undefined || (tool === "aws-vault-byteness" && session === ROLE)) continue;
    tools.push(tool);
    of = session;
  }
  return tools.length === 0 ? undefined : { of, tools };
}

const ROLE = "another role's session";

function sessionBelow(route: Route | undefined, name: string): string | undefined {
  if (route?.found !== true || route.hop.kind !== "role" || route.hop.profile !== name || !route.from?.found)
    return undefined;
  const { hop } = route.from;
  switch (hop.kind) {
    case "role":
      return ROLE;
    case "sso":
      return "a session of single sign-on";
    case "web-identity":
      return "a web identity's session";
    case "named-source":
      return hop.by.value === "Environment" ? undefined : "the machine's own role";
    case "static":
      return hop.by.hidden?.looksLike === "temporary key" ? "a temporary key" : undefined;
    case "stored":
    case "process":
    case "login":
      return undefined;
  }
}

function chainedRoles({ readings, routes, tools }: Profiles): string[] {
  const found = new Set<string>();
  for (const tool of tools.filter(isAwsVault)) {
    for (const { name } of profilesWith(readings.get(tool)!, "role_arn")) {
      if (sessionBelow(routes.get(tool)!.get(name), name) !== undefined) found.add(name);
    }
  }
  return [...found].sort();
}
