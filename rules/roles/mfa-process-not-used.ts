import {
  AWS_VAULT,
  type Fix,
  isAwsVault,
  list,
  ownSetting,
  type Profile,
  profilesBySource,
  profilesWith,
  rule,
  type Setting,
  type Step,
  startOf,
} from "#rule";

export default rule({
  id: "mfa-process-not-used",
  severity: "info",
  category: "roles",
  for: AWS_VAULT,
  summary: "mfa_process stands in the source profile, and not in the role's",
  why: "mfa_process is aws-vault's own, and until version 7.12 a role does not take it over from its source: aws-vault asks for the code although a command could tell it.",
  remedy: "repeat mfa_process in the role's profile, or take a newer aws-vault",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md"],
  about: { settings: ["mfa_process"] },
  needs: ["config", "profiles"],
  *check({ config, profiles }) {
    if (config.linesNamed("mfa_process").length === 0) return;
    const [tool] = profiles.tools.filter(isAwsVault);
    const reading = profiles.readings.get(tool!)!;
    for (const source of profilesWith(reading, "mfa_process")) {
      const roles = (profilesBySource(reading).get(source.name) ?? []).filter(
        (one) => one.has("role_arn") && one.has("mfa_serial") && !one.has("mfa_process"),
      );
      if (roles.length === 0) continue;
      yield {
        at: source.get("mfa_process")!.at,
        says: `older aws-vaults do not use it for ${list(roles.slice(0, 3).map(({ name }) => `'${name}'`))}`,
        profiles: roles.map(({ name }) => name),
        ...copied(source.get("mfa_process")!, roles),
      };
    }
  },
});

function copied({ linesAt, at }: Setting, roles: readonly Profile[]): { fix?: Fix } {
  const [first, ...others] = roles.flatMap((role): Step[] => {
    const arn = ownSetting(role, "role_arn");
    const to = arn?.linesAt.path === at.path ? startOf(arn.linesAt).span : undefined;
    return to === undefined ? [] : [{ kind: "copy", path: at.path, span: linesAt.span!, to }];
  });
  if (first === undefined || others.length + 1 < roles.length) return {};
  return { fix: { title: "repeat it in the role's profile", safety: "ask", steps: [first, ...others] } };
}
