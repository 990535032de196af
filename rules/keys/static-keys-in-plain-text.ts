import {
  AWS_VAULT,
  dependents,
  type Facts,
  type Fix,
  isAwsVault,
  isPlainName,
  newSection,
  ownSetting,
  profilesWith,
  rule,
  type Section,
  type Setting,
  type Step,
} from "#rule";

export default rule({
  id: "static-keys-in-plain-text",
  severity: "warning",
  category: "keys",
  for: AWS_VAULT,
  summary: "long-term keys in plain text in one of the two files",
  why:
    "A long-term key does not expire. Every program that runs as you can read it from this file, and so can each backup and " +
    "sync of your home folder; npm and pip worms look here first.",
  remedy:
    "move them into the vault, from where `aws-vault exec` hands them to the AWS CLI and the SDKs, and rotate them: they may be " +
    "in backups",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-credentials.md",
  ],
  about: { settings: ["aws_access_key_id"] },
  needs: ["config", "files", "profiles", "shared"],
  *check(facts) {
    const { profiles, shared } = facts;
    const found = new Map<string, { profile: string; section: Section; id: Setting }>();
    const keysOf = new Map<string, number>();
    for (const reading of profiles.readings.values()) {
      for (const profile of profilesWith(reading, "aws_access_key_id")) {
        for (const { section, kind } of profile.layers) {
          const id = kind === "config" || kind === "credentials" ? section.get("aws_access_key_id") : undefined;
          if (id?.hidden?.looksLike !== "long-term key" || shared.includes(id.at.path)) continue;
          const place = `${section.file}:${id.at.span?.start}`;
          if (found.has(place)) continue;
          found.set(place, { profile: profile.name, section, id });
          keysOf.set(profile.name, (keysOf.get(profile.name) ?? 0) + 1);
        }
      }
    }
    for (const { profile, section, id } of found.values()) {
      // The vault has room for one key of a profile, and which one is right only its owner knows.
      const fix = keysOf.get(profile) === 1 ? moving(profile, section, id, facts) : undefined;
      yield {
        at: id.at,
        says: `'${profile}' has a long-term key in plain text`,
        profiles: [profile],
        ...(fix && { fix }),
      };
    }
  },
});

/** What makes aws-vault pass a key of the vault over, or what the key in the file is not used for either. */
const RIVALS = ["source_profile", "credential_process", "sso_session", "sso_start_url", "aws_session_token"];

function moving(profile: string, section: Section, id: Setting, facts: Pick<Facts, "config" | "files" | "profiles">) {
  const secret = section.get("aws_secret_access_key");
  const { readings, tools } = facts.profiles;
  const ours = tools.filter(isAwsVault).map((tool) => readings.get(tool)!);
  const own = [...readings.values()].flatMap((reading) => reading.profiles.get(profile) ?? []);
  const isRivalled = own.some((one) =>
    RIVALS.some((name) => ![undefined, profile].includes(ownSetting(one, name)?.value)),
  );
  const isKnown = ours.every((reading) => reading.profiles.has(profile));
  const header = isKnown ? undefined : sectionFor(profile, facts);
  if (secret === undefined || isRivalled || (!isKnown && header === undefined)) return undefined;
  const starting = [...readings.values()].flatMap((reading) => [...dependents(reading, profile)]);
  return {
    title: `move the keys of '${profile}' into the vault`,
    safety: "ask",
    steps: [
      {
        kind: "move-to-vault",
        profile,
        path: id.at.path,
        accessKeyId: { value: id.at.span!, lines: id.linesAt.span! },
        secretAccessKey: { value: secret.at.span!, lines: secret.linesAt.span! },
        dependents: [...new Set(starting)].filter((name) => name !== profile).sort(),
      },
      ...(header === undefined ? [] : [header]),
    ],
  } satisfies Fix;
}

/** aws-vault has a key in its vault for what is a profile in the config file, and for nothing else. */
function sectionFor(profile: string, { config, files }: Pick<Facts, "config" | "files">): Step | undefined {
  const canBeMade = config.text !== "" || (files.config.state === "missing" && files.folder !== undefined);
  if (!canBeMade || !isPlainName(profile)) return undefined;
  return newSection(config, profile === "default" ? "default" : `profile ${profile}`, []);
}
