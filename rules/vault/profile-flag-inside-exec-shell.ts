import { isAwsVault, isLive, isSet, rule, suffering, variable } from "#rule";

export default rule({
  id: "profile-flag-inside-exec-shell",
  severity: "warning",
  category: "vault",
  summary: "a profile is named inside a shell of aws-vault, whose keys are in the vault alone",
  why: "Inside `aws-vault exec` the credentials are in the environment. Who names a profile there (AWS_PROFILE, --profile) sends tools back to the files, where a profile of aws-vault has no keys.",
  remedy: "unset AWS_PROFILE inside, and leave --profile out",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md"],
  errors: [
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    "Need to perform AWS calls for account …, but no credentials have been configured",
  ],
  about: { variables: ["AWS_VAULT"] },
  needs: ["profiles", "environment"],
  *check({ profiles, environment }) {
    if (!isLive(environment)) return;
    const name = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].find((one) => isSet(environment, one));
    const chosen = name && environment.get(name)!.value;
    if (name === undefined || chosen === undefined || chosen === environment.get("AWS_VAULT")!.value) return;
    const lost = [...profiles.routes]
      .filter(([tool, routes]) => !isAwsVault(tool) && routes.get(chosen)?.found === false)
      .map(([tool]) => tool);
    if (lost.length === 0) return;
    yield {
      at: variable(name),
      says: `${name} names '${chosen}', which has no keys outside of the vault`,
      profiles: [chosen],
      ...suffering(lost, profiles),
    };
  },
});
