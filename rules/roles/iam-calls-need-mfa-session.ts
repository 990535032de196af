import { AWS_VAULT, isAwsVault, isLive, ownSection, type Reading, rule, variable } from "#rule";

export default rule({
  id: "iam-calls-need-mfa-session",
  severity: "info",
  category: "roles",
  for: AWS_VAULT,
  summary: "a session of aws-vault without MFA, with which no IAM call works",
  why:
    "aws-vault makes a session of stored keys (GetSessionToken). Without MFA, AWS lets such a session call nothing of IAM, and of STS only " +
    "AssumeRole and GetCallerIdentity; the answer is that the token is invalid.",
  remedy: "add mfa_serial to the profile, or use `aws-vault exec --no-session` for work on IAM",
  links: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md",
  ],
  errors: [
    "An error occurred (InvalidClientTokenId) when calling the ListUsers operation: The security token included in the request is invalid",
  ],
  needs: ["profiles", "vault", "environment"],
  about: { facts: ["vaultItems"], variables: ["AWS_VAULT", "AWS_VAULT_BACKEND"] },
  *check({ profiles, vault, environment }) {
    const [tool] = profiles.tools.filter(isAwsVault);
    const reading = profiles.readings.get(tool!)!;
    const isBare = (name: string): boolean => {
      const profile = reading.profiles.get(name);
      return profile !== undefined && !profile.has("role_arn") && !profile.has("mfa_serial");
    };
    const inside = environment.get("AWS_VAULT")?.value ?? "";
    if (
      isLive(environment) &&
      environment.get("AWS_ACCESS_KEY_ID")?.hidden?.looksLike === "temporary key" &&
      isBare(inside) &&
      isKeyed(reading, inside)
    ) {
      yield {
        at: variable("AWS_VAULT"),
        says: `this session of '${inside}' was made without MFA: no IAM call works in it`,
        profiles: [inside],
      };
      return;
    }
    for (const name of vault.profiles) {
      if (isBare(name))
        yield {
          at: ownSection(reading.profiles.get(name)!).headerAt,
          says: `sessions of '${name}' are made without MFA: no IAM call works in them`,
          profiles: [name],
        };
    }
  },
});

/** No other source of credentials in the files, so that it was a key of the vault. */
const isKeyed = (reading: Reading, name: string): boolean =>
  !["source_profile", "sso_session", "sso_start_url", "credential_process", "web_identity_token_file"].some((one) =>
    reading.profiles.get(name)!.has(one),
  );
