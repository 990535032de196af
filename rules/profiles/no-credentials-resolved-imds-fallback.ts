import {
  activeProfiles,
  type Finding,
  isAwsVault,
  isKnownSetting,
  isSet,
  ownSection,
  rule,
  suffering,
  type Tool,
} from "#rule";

export default rule({
  id: "no-credentials-resolved-imds-fallback",
  severity: "warning",
  category: "profiles",
  summary: "nothing gives the profile in use credentials, so that tools ask for a machine's role",
  why:
    "Where neither the environment nor the profile has credentials, the SDKs ask 169.254.169.254, where only a machine of AWS answers. After a " +
    "long wait the message speaks of that address, and hides the real cause.",
  remedy:
    "choose the right profile, sign in, or start the command with `aws-vault exec PROFILE -- …` when the key is in the vault",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"],
  errors: [
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    "NoCredentialProviders: no valid providers in chain",
    "no valid credential sources for Terraform AWS Provider found.",
    "failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata",
    "Connection to 169.254.169.254 timed out",
    "NoCredentialProviders",
    "Failed to get credentials for …",
    "failed to get credentials",
    "Unable to load AWS credentials from any provider in the chain",
    "Unable to load credentials from any of the providers in the chain",
    "Could not load credentials from any providers",
    "dial tcp 169.254.169.254:80: connect: no route to host",
  ],
  needs: ["profiles", "environment", "machine"],
  *check({ profiles, environment }) {
    const given = [
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      "AWS_VAULT",
    ];
    if (given.some((name) => isSet(environment, name))) return;
    const tools = new Set<Tool>();
    let lost: { name: string; at: Finding["at"] } | undefined;
    for (const { tool, name, chosenBy, profile, route } of activeProfiles(profiles)) {
      if (
        isAwsVault(tool) ||
        chosenBy === undefined ||
        route.found ||
        route.because !== "nothing" ||
        route.profile !== name
      )
        continue;
      if (
        route.by !== undefined ||
        [...profile.layers].some(({ section }) => [...section.all()].some((one) => !isKnownSetting(one.name)))
      )
        continue;
      tools.add(tool);
      lost = { name, at: ownSection(profile).headerAt };
    }
    if (lost === undefined) return;
    // The key may be in the vault, and then `aws-vault exec` is what the profile is for.
    const mayBeStored = profiles.tools.some(isAwsVault);
    yield {
      at: lost.at,
      says: `'${lost.name}' has nothing that gives credentials outside of aws-vault`,
      profiles: [lost.name],
      ...suffering(tools, profiles),
      ...(mayBeStored ? { severity: "info" as const } : {}),
    };
  },
});
