import { isSet, rule, variable } from "#rule";

const NAMES = ["AWS_CREDENTIAL_EXPIRATION", "AWS_SESSION_EXPIRATION", "AWSUME_EXPIRATION"];

export default rule({
  id: "exec-session-expired",
  severity: "error",
  category: "vault",
  summary: "the exported session has expired",
  why:
    "What aws-vault exec and other helpers export is valid until the time that stands in a variable beside it. Nothing renews it in " +
    "a shell that stays open: every call fails once that time is past.",
  remedy: "leave this shell and start `aws-vault exec` again; `aws-vault exec --ecs-server` renews by itself",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md"],
  errors: [
    "An error occurred (ExpiredToken) when calling the … operation: The security token included in the request is expired",
    "ExpiredTokenException: The security token included in the request is expired",
    "An error occurred (ExpiredToken) when calling the … operation: The provided token has expired.",
  ],
  about: { variables: NAMES },
  needs: ["environment", "clock"],
  *check({ environment, clock }) {
    // Without the session itself, its end is no matter.
    if (!isSet(environment, "AWS_ACCESS_KEY_ID") && !isSet(environment, "AWS_VAULT")) return;
    for (const name of NAMES) {
      const text = (environment.get(name)?.value ?? "").trim();
      // Some write seconds since 1970.
      const end = new Date(/^\d{10}$/.test(text) ? Number(text) * 1000 : text.replace(" ", "T"));
      const minutes = Math.floor((clock.getTime() - end.getTime()) / 60_000);
      if (Number.isNaN(minutes) || minutes < 0) continue;
      const ago =
        minutes < 120
          ? `${minutes} minutes`
          : minutes < 2880
            ? `${Math.floor(minutes / 60)} hours`
            : `${Math.floor(minutes / 1440)} days`;
      yield { at: variable(name), says: `the session in this environment ended ${ago} ago` };
      return;
    }
  },
});
