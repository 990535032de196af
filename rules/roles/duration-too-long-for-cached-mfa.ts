import {
  AWS_VAULT,
  goSeconds,
  isAwsVault,
  type Profiles,
  profilesWith,
  rule,
  type SettingLine,
  sightings,
  suffering,
  wrongSettings,
} from "#rule";

const HOUR = 3600;

export default rule({
  id: "duration-too-long-for-cached-mfa",
  severity: "info",
  category: "roles",
  for: AWS_VAULT,
  summary: "a role for more than an hour, for which aws-vault asks for a new MFA code each time",
  why:
    "aws-vault keeps one session with MFA for all roles of a source, but a role that is assumed with a session lasts an hour at " +
    "most. For a longer one it starts from the long-term keys, with a code of its own, so that a second terminal or role asks again.",
  remedy: "ask for an hour (3600, or AWS_ASSUME_ROLE_TTL=1h) unless the longer time is worth a code a role",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md"],
  errors: [
    "skipping GetSessionToken because duration 12h0m0s in profile '…' is greater than the AWS maximum 1h0m0s for chaining MFA",
  ],
  about: { settings: ["duration_seconds"], variables: ["AWS_ASSUME_ROLE_TTL"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    const { profiles, environment, startup } = facts;
    const long = new Map<string, SettingLine>();
    const isRight = (value: string): boolean =>
      !/^\d{1,9}$/.test(value) || Number(value) <= HOUR || Number(value) > 43_200;
    for (const found of wrongSettings(facts, "duration_seconds", isRight)) {
      if (found.file === "config" && needsCode(profiles, found.name)) long.set(found.name, found);
    }
    const [first] = long.values();
    if (first !== undefined) {
      yield {
        at: first.setting.at,
        says: `'${first.name}' asks for more than an hour, so that its MFA session is not shared`,
        profiles: [...long.keys()],
        ...suffering(AWS_VAULT, profiles),
      };
    }
    for (const { at, value, also } of sightings("AWS_ASSUME_ROLE_TTL", environment, startup)) {
      if ((goSeconds(value) ?? 0) <= HOUR || (goSeconds(value) ?? 0) > 43_200) continue;
      const names = rolesOf(profiles).filter((name) => needsCode(profiles, name));
      if (names.length > 0)
        yield {
          at,
          says: `AWS_ASSUME_ROLE_TTL asks for ${value}, so that no MFA session is shared between roles`,
          also,
          profiles: names,
        };
    }
  },
});

const rolesOf = ({ readings, tools }: Profiles): string[] =>
  tools.filter(isAwsVault).flatMap((tool) => profilesWith(readings.get(tool)!, "role_arn").map(({ name }) => name));

/** A role with MFA that is assumed straight from stored keys. */
function needsCode({ readings, routes, tools }: Profiles, name: string): boolean {
  return tools.filter(isAwsVault).some((tool) => {
    const route = routes.get(tool)!.get(name);
    if (route?.found !== true || route.hop.kind !== "role" || route.from?.found !== true) return false;
    return route.from.hop.kind === "stored" && readings.get(tool)!.profiles.get(name)!.has("mfa_serial");
  });
}
