import { edit, hasPlaceholder, isForeign, rule, sightings, tell, wrongSettings } from "#rule";

const DEVICE = /^arn:aws(?:-[a-z]+)*:iam::\d+:(?:mfa|u2f|user|sms-mfa)\/[\w+=,.@/-]+$/;
/** What is printed on a device. */
const HARDWARE = /^[A-Za-z0-9_-]{6,256}$/;

export default rule({
  id: "malformed-mfa-serial",
  severity: "error",
  category: "roles",
  summary: "mfa_serial is neither the ARN of a device nor a serial number",
  why:
    "STS looks for a device of exactly this name. A virtual device is named by its ARN, arn:aws:iam::ACCOUNT:mfa/NAME, and a " +
    "hardware token by the number printed on it; a colon, a blank or a part too few names no device, and the code is refused.",
  remedy: "copy the identifier from the console: IAM, your user, security credentials, MFA",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-mfa",
  ],
  errors: [
    "MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial number is valid and associated with this user.",
    "Value '…' at 'serialNumber' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=/:,.@-]*",
    "No valid credential sources found",
  ],
  about: { values: ["mfa_serial"], variables: ["AWS_MFA_SERIAL"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    const isRight = (value: string): boolean =>
      isForeign(value) || DEVICE.test(value) || (HARDWARE.test(value) && !/^(?:arn|mfa)/i.test(value));
    for (const found of wrongSettings(facts, "mfa_serial", isRight)) {
      const meant = repaired(found.value);
      yield* tell(found, facts, {
        says: `mfa_serial names no device: ${fault(found.value)}`,
        ...(meant === undefined
          ? {}
          : { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] } }),
      });
    }
    for (const { at, value, hidden, also } of sightings("AWS_MFA_SERIAL", facts.environment, facts.startup)) {
      if (value !== "" && hidden === undefined && !isRight(value))
        yield { at, says: `AWS_MFA_SERIAL names no device: ${fault(value)}`, also };
    }
  },
});

function fault(serial: string): string {
  if (hasPlaceholder(serial)) return "a placeholder is still in it";
  if (/\s/.test(serial)) return "a blank stands in it";
  if (/^arn:[^:]*:iam:\d+:/.test(serial))
    return "a colon is missing behind 'iam', for the region that IAM does not have";
  if (/:role\//.test(serial)) return "this is the ARN of a role";
  if (serial.startsWith("arn:")) return "this is no arn:aws:iam::ACCOUNT:mfa/NAME";
  return "it is neither an ARN with ':mfa/' nor the number on a token";
}

/** The one device that may be meant, where there is one. */
function repaired(serial: string): string | undefined {
  const parts = /^(?:arn:)?(aws[a-z-]*):iam:{1,3}(\d{12})[:/]{1,2}mfa[:/]([\w+=,.@/-]+)$/.exec(
    serial.replaceAll(/\s/g, ""),
  );
  return parts === null ? undefined : `arn:${parts[1]}:iam::${parts[2]}:mfa/${parts[3]}`;
}
