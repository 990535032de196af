import { rule, tell, wrongSettings } from "#rule";

export default rule({
  id: "mfa-serial-is-u2f",
  severity: "error",
  category: "roles",
  summary: "mfa_serial names a security key, which STS cannot ask",
  why:
    "A FIDO security key or passkey signs what a browser shows it, and gives no six digits. STS takes digits alone, so that " +
    "neither the AWS CLI nor aws-vault can use such a device: the code is always wrong.",
  remedy:
    "register a second MFA device that shows codes (an app, or the OATH codes of a YubiKey), and name that one here",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_fido.html"],
  errors: ["MultiFactorAuthentication failed with invalid MFA one time pass code."],
  about: { values: ["mfa_serial"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of wrongSettings(facts, "mfa_serial", (value) => !/:u2f\/|:fido/.test(value)))
      yield* tell(found, facts, { says: "mfa_serial names a security key, and AWS takes no codes from one" });
  },
});
