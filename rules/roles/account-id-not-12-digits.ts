import { edit, type Fix, rule, type SettingLine, tell, wrongSettings } from "#rule";

const LENGTH = 12;
/** The documentation's own examples are 9, 11 and 13 digits long at times. */
const EXAMPLE = /^(?:0?1234567890?1?2?3?4?|(\d)\1*)$/;

export default rule({
  id: "account-id-not-12-digits",
  severity: "error",
  category: "roles",
  summary: "an account id that does not have twelve digits",
  why:
    "An AWS account id is twelve digits, leading zeros included. A spreadsheet or a YAML file takes the zeros away, and a " +
    "copied id loses a digit; AWS then says that access is denied, or that there is no such role.",
  remedy: "write all twelve digits; put the zeros back that a spreadsheet took away",
  links: ["https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html"],
  errors: [
    "An error occurred (ValidationError) when calling the AssumeRole operation: … is invalid",
    "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access",
    "Invalid length for parameter accountId",
    "ForbiddenException: No access",
  ],
  about: { values: ["role_arn", "mfa_serial"], settings: ["sso_account_id"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const [name, digits] of [
      ["role_arn", /^arn:[^:]*:iam::(\d+):/],
      ["mfa_serial", /^arn:[^:]*:iam::(\d+):/],
      ["sso_account_id", /^([^:\s]+)$/],
    ] as const) {
      const idIn = (value: string): string | undefined => digits.exec(value)?.[1];
      for (const found of wrongSettings(
        facts,
        name,
        (value) => idIn(value) === undefined || /^\d{12}$/.test(idIn(value)!),
      )) {
        const id = idIn(found.value)!;
        const bare = id.replaceAll("-", "");
        const isNumber = /^\d*$/.test(bare);
        const isExample = EXAMPLE.test(bare) && bare.length !== LENGTH;
        yield* tell(found, facts, {
          because: `account ${id}`,
          says:
            isNumber && bare.length === LENGTH
              ? `the account id in ${name} is written with dashes`
              : !isNumber
                ? `${name} is '${id}', and no number`
                : `the account id in ${name} has ${bare.length} digits, and not twelve`,
          ...(isExample ? { severity: "info" as const } : {}),
          ...padded(found, id, isExample),
        });
      }
    }
  },
});

function padded({ setting }: SettingLine, id: string, isExample: boolean): { fix?: Fix } {
  const bare = id.replaceAll("-", "");
  if (isExample || !/^\d+$/.test(bare) || bare.length > LENGTH || bare.length < LENGTH - 2) return {};
  const meant = setting.value.replace(id, bare.padStart(LENGTH, "0"));
  const title = bare.length === LENGTH ? "take the dashes out" : "put the leading zeros back";
  return { fix: { title, safety: "ask", steps: [edit(setting.at, meant)] } };
}
