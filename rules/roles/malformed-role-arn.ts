import { edit, hasPlaceholder, isForeign, rule, sightings, tell, wrongSettings } from "#rule";

const ROLE = /^arn:aws(?:-[a-z]+)*:iam::\d+:role\/[\w+=,.@/-]+$/;
const OTHER_KIND = /^arn:aws[a-z-]*:(?:iam|sts)::\d*:(user|group|policy|instance-profile|mfa|assumed-role|root)\b/;

export default rule({
  id: "malformed-role-arn",
  severity: "error",
  category: "roles",
  summary: "role_arn is not the ARN of a role",
  why:
    "STS takes nothing but arn:aws:iam::ACCOUNT:role/NAME. With a colon too few the account stands in the place of the region, and " +
    "the ARN of a user, a group or an instance profile names nothing that can be assumed.",
  remedy:
    "copy the role's ARN from the IAM console: two colons behind `iam`, twelve digits, `role/` and the name with its path",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  ],
  errors: [
    "An error occurred (ValidationError) when calling the AssumeRole operation: … is invalid",
    "Member must satisfy regular expression pattern: arn:aws:iam::\\d{12}:role/?…",
    "Invalid length for parameter RoleArn, value: …, valid min length: 20",
  ],
  about: { values: ["role_arn"], variables: ["AWS_ROLE_ARN"] },
  needs: ["config", "credentials", "profiles", "environment", "startup"],
  *check(facts) {
    for (const found of wrongSettings(facts, "role_arn", (value) => ROLE.test(value) || isForeign(value))) {
      const meant = repaired(found.value);
      yield* tell(found, facts, {
        says: `role_arn is not the ARN of a role: ${fault(found.value)}`,
        ...(meant === undefined
          ? {}
          : { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(found.setting.at, meant)] } }),
      });
    }
    for (const { at, value, hidden, also } of sightings("AWS_ROLE_ARN", facts.environment, facts.startup)) {
      if (value === "" || hidden !== undefined || ROLE.test(value) || isForeign(value)) continue;
      yield { at, says: `AWS_ROLE_ARN is not the ARN of a role: ${fault(value)}`, also };
    }
  },
});

function fault(arn: string): string {
  const [, kind] = OTHER_KIND.exec(arn) ?? [];
  if (kind === "assumed-role") return "an assumed-role is a session of a role, and not the role";
  if (kind !== undefined) return `${/^[aeio]/.test(kind) ? "an" : "a"} ${kind} cannot be assumed`;
  if (hasPlaceholder(arn)) return "a placeholder is still in it";
  if (/\s/.test(arn)) return "a blank stands in it";
  if (!arn.startsWith("arn:")) return "it does not start with 'arn:'";
  if (/^arn:[^:]*:iam:\d+:/.test(arn)) return "a colon is missing behind 'iam', for the region that IAM does not have";
  if (!/^arn:aws(?:-[a-z]+)*:/.test(arn)) return "there is no such partition";
  if (!/^arn:[^:]*:iam:/.test(arn)) return "it belongs to another service than IAM";
  if (/^arn:[^:]*:iam:[^:]+:/.test(arn)) return "IAM has no regions, so that nothing may stand there";
  if (/^arn:[^:]*:iam::\d+:[^/]*$/.test(arn)) return "'role/' is missing before the name";
  if (/^arn:[^:]*:iam::\d+\//.test(arn) || /^arn:[^:]*:iam::\d+role/.test(arn))
    return "a colon is missing behind the account";
  if (!/^arn:[^:]*:iam::\d+:/.test(arn)) return "the account is no number";
  if (arn.endsWith(":role/")) return "the role's name is missing";
  if (!/:role\//.test(arn)) return "what follows the account is no 'role/'";
  return "a character in it is not allowed";
}

/** The one ARN that may be meant, where there is one. */
function repaired(arn: string): string | undefined {
  const parts = /^(?:arn:)?(aws[a-z-]*):?:?iam:{1,3}(\d{12})[:/]{1,2}(?:role[:/]{1,2})([\w+=,.@/-]+)$/.exec(
    arn.replaceAll(/\s/g, ""),
  );
  if (parts === null) return undefined;
  const meant = `arn:${parts[1]}:iam::${parts[2]}:role/${parts[3]}`;
  return ROLE.test(meant) ? meant : undefined;
}
