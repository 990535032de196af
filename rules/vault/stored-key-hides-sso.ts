import { AWS_VAULT, isAwsVault, ownSetting, rule, suffering, vaultCommand } from "#rule";

export default rule({
  id: "stored-key-hides-sso",
  severity: "warning",
  category: "vault",
  for: AWS_VAULT,
  summary: "a key in the vault wins over the profile's single sign-on or credential_process",
  why: "aws-vault looks into its store first. A key of that name, often from before single sign-on came, is used in its place, although the file says otherwise.",
  remedy: "take the key out of the vault: `aws-vault remove <profile>`",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-credentials.md"],
  about: { settings: ["sso_*", "credential_process"] },
  needs: ["profiles", "vault"],
  // No fix: a key that is taken out of the vault is gone, and there would be no way back.
  *check({ profiles, vault }) {
    const [tool] = profiles.tools.filter(isAwsVault);
    for (const name of vault.profiles) {
      const profile = profiles.readings.get(tool!)!.profiles.get(name);
      const by =
        profile &&
        ["sso_session", "sso_start_url", "credential_process"]
          .map((one) => ownSetting(profile, one))
          .find((one) => one !== undefined);
      // A command that asks aws-vault for this very key is there for others, who read the file.
      if (by === undefined || (by.name === "credential_process" && vaultCommand(by.value)?.profile === name)) continue;
      yield {
        at: by.at,
        says: `the vault has a key for '${name}', and aws-vault uses that in place of ${by.name}`,
        profiles: [name],
        ...suffering(AWS_VAULT, profiles),
      };
    }
  },
});
