import {
  activeProfiles,
  type Facts,
  type Finding,
  isMasked,
  isSet,
  neighbour,
  rule,
  type Setting,
  tell,
  variable,
  wrongSettings,
} from "#rule";

export default rule({
  id: "partition-mismatch",
  severity: "error",
  category: "roles",
  summary: "a role or MFA device of one partition, and a region of another",
  why:
    "The commercial regions, China and GovCloud are three worlds: accounts, keys and roles of one do not exist in the others, and " +
    "the region decides which of them is asked. The answer is that the token or the ARN is not valid.",
  remedy: "set a region of the ARN's partition (arn:aws-cn: cn-…, arn:aws-us-gov: us-gov-…), or correct the ARN",
  links: ["https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html"],
  errors: [
    'Partition "aws" is not valid for resource',
    "Credential should be scoped to a valid region",
    "The security token included in the request is invalid",
    "InvalidClientTokenId: The security token included in the request is invalid",
  ],
  about: { values: ["role_arn", "mfa_serial", "region"], variables: ["AWS_REGION", "AWS_DEFAULT_REGION"] },
  needs: ["config", "credentials", "profiles", "environment"],
  // No fix: which region of the other partition, or whether the ARN is what is wrong, cannot be seen.
  *check(facts) {
    for (const name of ["role_arn", "mfa_serial"]) {
      // Nearly everybody is in the commercial partition: the others are looked at one by one.
      for (const found of wrongSettings(facts, name, (value) => partitionIn(value) === "aws")) {
        const region = neighbour(found, "region");
        if (region === undefined || isMasked(region.value)) continue;
        const partition = partitionOf(region.value);
        const own = partitionIn(found.value);
        if (own !== undefined && partition !== undefined && partition !== own)
          yield* tell(found, facts, told(name, own, found.setting, region));
      }
    }
    yield* ofVariable(facts);
    for (const found of wrongSettings(facts, "region", (value) => [undefined, "aws"].includes(partitionOf(value)))) {
      for (const name of ["role_arn", "mfa_serial"]) {
        const arn = neighbour(found, name);
        if (arn !== undefined && partitionIn(arn.value) === "aws")
          yield* tell(found, facts, told(name, "aws", arn, found.setting));
      }
    }
  },
});

/** A variable wins over the profile's region. */
function* ofVariable({ profiles, environment }: Pick<Facts, "profiles" | "environment">): Iterable<Finding> {
  const name = ["AWS_REGION", "AWS_DEFAULT_REGION"].find((one) => isSet(environment, one));
  const { value: region } = environment.get(name ?? "") ?? { value: "" };
  const partition = partitionOf(region);
  for (const { profile } of activeProfiles(profiles)) {
    const arn = ["role_arn", "mfa_serial"].map((one) => profile.get(one)).find((one) => one !== undefined);
    const own = partitionIn(arn?.value ?? "");
    if (name === undefined || arn === undefined || own === undefined || partition === undefined || own === partition)
      continue;
    yield {
      at: variable(name),
      says: `${name} is '${region}', and ${arn.name} of '${profile.name}' is of the partition '${own}'`,
      also: [{ at: arn.at, says: "this one does not exist there" }],
      profiles: [profile.name],
    };
    return;
  }
}

const told = (name: string, own: string, arn: Setting, region: Setting) => ({
  at: region.at,
  says: `${name} is of the partition '${own}', and the region '${region.value}' is not`,
  also: [{ at: arn.at, says: "this one does not exist there" }],
});

const partitionIn = (arn: string): string | undefined => /^arn:(aws(?:-[a-z]+)*):/.exec(arn)?.[1];

function partitionOf(region: string): string | undefined {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  const [, isolated] = /^(?:us|eu)-(iso[a-z]?)-/.exec(region) ?? [];
  if (isolated !== undefined) return isolated === "iso" ? "aws-iso" : `aws-iso-${isolated.at(-1)!}`;
  if (region.startsWith("eusc-")) return "aws-eusc";
  return /^[a-z]{2}-[a-z]+-\d+$/.test(region) ? "aws" : undefined;
}
