import { inWords, rule } from "#rule";

/** AWS takes five minutes, some of its services fifteen; and a clock that is set by the network is right to the second. */
const SECONDS_MAX = 60;
const REFUSED_SECONDS = 300;

export default rule({
  id: "clock-differs-from-aws",
  severity: "error",
  category: "environment",
  summary: "this machine's clock and that of AWS tell different times",
  why: "AWS refuses a request whose time is more than five minutes off, as somebody else's that was recorded. WSL, virtual machines and Docker lose time while the computer sleeps.",
  remedy: "set the clock: `sudo hwclock -s` in WSL, and switch on time synchronisation elsewhere",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"],
  about: { settings: ["aws_access_key_id"], variables: ["AWS_ACCESS_KEY_ID"] },
  needs: ["online"],
  *check({ online: { skewSeconds } }) {
    const seconds = Math.abs(skewSeconds);
    if (seconds < SECONDS_MAX) return;
    const way = skewSeconds > 0 ? "behind" : "ahead of";
    yield {
      at: { kind: "system", system: "clock" },
      says: `the clock is ${inWords(Math.round(seconds / 60) * 60)} ${way} AWS's`,
      ...(seconds < REFUSED_SECONDS ? { severity: "warning" as const } : {}),
    };
  },
});
