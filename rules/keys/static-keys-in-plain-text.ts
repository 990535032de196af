import { AWS_VAULT, type FilePlace, type Finding, profilesWith, rule, type Section, type Setting } from "#rule";

export default rule({
  id: "static-keys-in-plain-text",
  severity: "warning",
  category: "keys",
  for: AWS_VAULT,
  summary: "long-term keys in plain text in one of the two files",
  why:
    "A long-term key does not expire. Every program that runs as you can read it from this file, and so can each backup and " +
    "sync of your home folder; npm and pip worms look here first.",
  remedy: "move them into the vault (`aws-vault add <profile>`), take them out of the file, and rotate them",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-credentials.md",
  ],
  about: { settings: ["aws_access_key_id"] },
  needs: ["profiles"],
  *check({ profiles }) {
    const found = new Map<string, { profile: string; section: Section; id: Setting }>();
    const keysOf = new Map<string, number>();
    for (const reading of profiles.readings.values()) {
      for (const profile of profilesWith(reading, "aws_access_key_id")) {
        for (const { section, kind } of profile.layers) {
          const id = kind === "config" || kind === "credentials" ? section.get("aws_access_key_id") : undefined;
          if (id?.hidden?.looksLike !== "long-term key") continue;
          const place = `${section.file}:${id.at.span?.start}`;
          if (found.has(place)) continue;
          found.set(place, { profile: profile.name, section, id });
          keysOf.set(profile.name, (keysOf.get(profile.name) ?? 0) + 1);
        }
      }
    }
    // The vault has room for one key of a profile, and which one is right only its owner knows.
    for (const { profile, section, id } of found.values()) yield judge(profile, section, id, keysOf.get(profile) === 1);
  },
});

function judge(profile: string, section: Section, id: Setting, isOnly: boolean): Finding {
  const secret = section.get("aws_secret_access_key");
  return {
    at: id.at,
    says: `'${profile}' has a long-term key in plain text`,
    profiles: [profile],
    ...(secret === undefined || !isOnly
      ? {}
      : {
          fix: {
            title: `move the keys of '${profile}' into the vault`,
            safety: "ask",
            steps: [
              { kind: "move-to-vault", profile, path: id.at.path, lines: [spanOf(id.linesAt), spanOf(secret.linesAt)] },
            ],
          },
        }),
  };
}

const spanOf = (place: FilePlace) => place.span!;
