import {
  AWS_VAULT,
  edit,
  type Facts,
  type Finding,
  goSeconds,
  inWords,
  isAwsVault,
  neighbour,
  rule,
  type SettingLine,
  sightings,
  suffering,
  tell,
  wrongSettings,
} from "#rule";

const [LEAST, HOUR, MOST] = [900, 3600, 43_200];
const DAY_AND_A_HALF = 129_600;

/** With the longest that AWS allows. */
const VARIABLES = [
  ["AWS_ASSUME_ROLE_TTL", MOST],
  ["AWS_SESSION_TOKEN_TTL", DAY_AND_A_HALF],
  ["AWS_CHAINED_SESSION_TOKEN_TTL", DAY_AND_A_HALF],
  ["AWS_FEDERATION_TOKEN_TTL", DAY_AND_A_HALF],
] as const;

export default rule({
  id: "duration-over-role-maximum",
  severity: "error",
  category: "roles",
  summary: "a duration that AWS does not give, or gives only where the role allows it",
  why:
    "A role's session lasts from 15 minutes to 12 hours, and no longer than the role's own MaxSessionDuration, which is one hour " +
    "unless somebody raised it; sessions of a user last up to 36 hours. AWS refuses what is outside.",
  remedy: "ask for 900 to 3600 seconds, or raise the role's maximum session duration (12 hours at most)",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html",
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  ],
  errors: [
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    "Value '…' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
    "Value '…' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
  about: { settings: ["duration_seconds"], variables: VARIABLES.map(([name]) => name) },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    const isRight = (value: string): boolean =>
      !/^\d{1,9}$/.test(value) || (Number(value) >= LEAST && Number(value) <= MOST);
    for (const found of wrongSettings(facts, "duration_seconds", isRight)) {
      const seconds = Number(found.value);
      const meant = seconds > MOST ? MOST : LEAST;
      yield* tell(found, facts, {
        says: `duration_seconds is ${inWords(seconds)}, and a role's session lasts from 15 minutes to 12 hours`,
        fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, String(meant))] },
      });
    }
    yield* long(facts);
    for (const [name, most] of VARIABLES) {
      for (const { at, value, also } of sightings(name, facts.environment, facts.startup)) {
        const seconds = goSeconds(value);
        if (seconds === undefined || seconds === 0 || (seconds >= LEAST && seconds <= most)) continue;
        if (!facts.profiles.tools.some(isAwsVault)) continue;
        yield {
          at,
          says: `${name} is ${value}, and AWS gives such a session for 15 minutes to ${most / HOUR} hours`,
          also,
          ...suffering(AWS_VAULT, facts.profiles),
        };
      }
    }
  },
});

/** Whether the role allows it, only AWS knows: one remark for all that ask for as long. */
function* long(facts: Pick<Facts, "config" | "credentials" | "profiles">): Iterable<Finding> {
  const isRight = (value: string): boolean => !/^\d{1,9}$/.test(value) || Number(value) <= HOUR || Number(value) > MOST;
  const byValue = new Map<string, { found: SettingLine; names: string[] }>();
  for (const found of wrongSettings(facts, "duration_seconds", isRight)) {
    // Without a role it counts for nothing, which is told of elsewhere.
    if (neighbour(found, "role_arn") === undefined) continue;
    const known = byValue.get(found.value);
    if (known === undefined) byValue.set(found.value, { found, names: [found.name] });
    else known.names.push(found.name);
  }
  for (const [value, { found, names }] of byValue) {
    yield {
      at: found.setting.at,
      says: `${inWords(Number(value))} is more than a role gives unless its maximum was raised`,
      severity: "info",
      profiles: names,
    };
  }
}
