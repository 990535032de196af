import {
  between,
  type Environment,
  isAwsVault,
  isKnownSetting,
  isSet,
  KNOWN_VARIABLES,
  lineOf,
  nearest,
  type Profile,
  profilesWith,
  rule,
  type SettingLine,
  suffering,
  tell,
  variable,
} from "#rule";

const HALVES = ["aws_access_key_id", "aws_secret_access_key"] as const;
const VARIABLES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

export default rule({
  id: "partial-credentials",
  severity: "error",
  category: "keys",
  summary: "an access key id without its secret, or the other way round",
  why:
    "A key is a pair. With one half the AWS CLI stops, and other tools look elsewhere without a word, which may end in another " +
    "account. The AWS CLI takes both halves from one file.",
  remedy:
    "add the other half, in the same file, or take this one out; a lost secret cannot be had again, only a new key",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  ],
  errors: [
    "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key",
    "Partial credentials found in config-file, missing: aws_secret_access_key",
    "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
  ],
  about: { settings: HALVES, variables: VARIABLES },
  needs: ["config", "credentials", "profiles", "environment"],
  *check(facts) {
    const { profiles, environment } = facts;
    const told = new Set<string>();
    for (const reading of profiles.readings.values()) {
      if (isAwsVault(reading.tool)) continue;
      for (const profile of new Set(HALVES.flatMap((name) => profilesWith(reading, name)))) {
        const [id, secret] = HALVES.map((name) => profile.get(name));
        const isSplit = reading.tool === "cli" && id && secret && !hasPair(profile);
        if ((id && secret && !isSplit) || told.has(profile.name)) continue;
        const here = (id ?? secret)!;
        const found = lineOf(facts, here);
        if (found === undefined || (!isSplit && isMisspelt(found))) continue;
        told.add(profile.name);
        yield* tell(
          found,
          facts,
          {
            at: between(found.document.lineAt(found.section.first), here.at),
            says: isSplit
              ? `'${profile.name}' has ${id.name} in one file and ${secret.name} in the other, and the AWS CLI takes both from one`
              : `'${profile.name}' has ${here.name} without ${HALVES.find((name) => name !== here.name)!}`,
            ...(isSplit ? { also: [{ at: secret.at, says: "the other half" }] } : {}),
          },
          isSplit ? ["cli"] : ["cli", "sdk"],
        );
      }
    }
    const set = VARIABLES.filter((name) => isSet(environment, name));
    const [only] = set;
    if (set.length !== 1 || hasNear(environment, only === VARIABLES[0] ? VARIABLES[1] : VARIABLES[0])) return;
    const other = VARIABLES.find((name) => name !== only)!;
    if (environment.has(other)) return;
    yield { at: variable(only!), says: `${only} is set without ${other}`, ...suffering(["cli", "sdk"], profiles) };
  },
});

const hasPair = ({ layers }: Profile): boolean =>
  layers.some(({ section }) => HALVES.every((name) => section.has(name)));

/** The other half may be there under another name, which is told of there. */
const isMisspelt = ({ document, section }: SettingLine): boolean => {
  for (let line = section.first; line < section.last; line++) {
    const name = document.setting(line)?.name ?? "";
    if (!isKnownSetting(name) && /key|secret|access/.test(name)) return true;
  }
  return false;
};

const hasNear = (environment: Environment, name: string): boolean =>
  nearest(
    name,
    [...environment.keys()].filter((one) => !KNOWN_VARIABLES.includes(one)),
    1,
    4,
  ).length > 0;
