import { edit, neighbour, rule, settingsNamed, tell } from "#rule";

export default rule({
  id: "keys-in-both-files",
  severity: "warning",
  category: "keys",
  summary: "one profile with keys in the config file and in the credentials file",
  why:
    "The keys of the credentials file win, so that a key that is rotated in the other file is never used, and nobody sees why. Two " +
    "places for one secret are also twice as easily forgotten.",
  remedy: "take the keys out of the config file",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"],
  errors: ["The security token included in the request is invalid"],
  about: { settings: ["aws_access_key_id"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const inConfig = new Set(
      [...settingsNamed(facts, "aws_access_key_id")].filter(({ file }) => file === "config").map(({ name }) => name),
    );
    if (inConfig.size === 0) return;
    const losing = new Map(
      [...settingsNamed(facts, "aws_access_key_id")]
        .filter(({ file }) => file === "config")
        .map((one) => [one.name, one]),
    );
    for (const winner of settingsNamed(facts, "aws_access_key_id")) {
      const loser = winner.file === "credentials" ? losing.get(winner.name) : undefined;
      if (loser === undefined) continue;
      const secret = neighbour(loser, "aws_secret_access_key");
      yield* tell(
        loser,
        facts,
        {
          says: `'${loser.name}' has keys in both files, and those of the credentials file are used`,
          also: [{ at: winner.setting.at, says: "the ones that are used" }],
          ...(secret === undefined
            ? {}
            : {
                fix: {
                  title: "take the keys out of the config file",
                  safety: "ask",
                  steps: [edit(loser.setting.linesAt, ""), edit(secret.linesAt, "")],
                },
              }),
        },
        ["cli", "sdk"],
      );
    }
  },
});
