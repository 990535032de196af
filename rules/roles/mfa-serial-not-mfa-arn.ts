import { edit, rule, tell, wrongSettings } from "#rule";

export default rule({
  id: "mfa-serial-not-mfa-arn",
  severity: "error",
  category: "roles",
  summary: "mfa_serial is the ARN of a user, and not of the user's device",
  why:
    "The ARN of a user looks nearly like that of a virtual MFA device, which has ':mfa/' in place of ':user/'. AWS looks for a " +
    "device of that name, finds none, and refuses every code.",
  remedy:
    "write ':mfa/' and the device's name, which need not be the user's: the console shows it with the user's security credentials",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html"],
  errors: [
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
  ],
  about: { values: ["mfa_serial"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of wrongSettings(facts, "mfa_serial", (value) => !/^arn:[^:]*:iam::\d+:user\//.test(value))) {
      const meant = found.value.replace(/:user\/(?:.*\/)?/, ":mfa/");
      yield* tell(found, facts, {
        says: "mfa_serial is the ARN of a user, and not of an MFA device",
        fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] },
      });
    }
  },
});
