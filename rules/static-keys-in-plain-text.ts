import { AWS_VAULT, type FilePlace, type Finding, rule, type Section, type Setting } from "#rule";

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
    "https://github.com/ByteNess/aws-vault/blob/main/USAGE.md",
  ],
  needs: ["profiles"],
  *check({ profiles }) {
    const seen = new Set<number>();
    for (const { profiles: all } of profiles.readings.values()) {
      for (const profile of all.values()) {
        for (const { section, kind } of profile.layers) {
          const id = kind === "config" || kind === "credentials" ? section.get("aws_access_key_id") : undefined;
          if (id?.hidden?.looksLike !== "long-term key") continue;
          const start = (id.at.span?.start ?? 0) * 2 + (section.file === "config" ? 0 : 1);
          if (seen.has(start)) continue;
          seen.add(start);
          yield judge(profile.name, section, id);
        }
      }
    }
  },
});

function judge(profile: string, section: Section, id: Setting): Finding {
  const secret = section.get("aws_secret_access_key");
  return {
    at: id.at,
    says: `'${profile}' has a long-term key in plain text`,
    profiles: [profile],
    ...(secret === undefined
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
