import { rule } from "#rule";

/** Before this program was written. */
const EARLIEST = Date.UTC(2025, 5, 1);

export default rule({
  id: "clock-skew",
  severity: "error",
  category: "environment",
  summary: "this machine's clock is wrong",
  why: "AWS refuses a request whose time is more than five minutes off, as somebody else's that was recorded. WSL, virtual machines and Docker lose time while the computer sleeps.",
  remedy: "set the clock: `sudo hwclock -s` in WSL, and switch on time synchronisation elsewhere",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"],
  errors: [
    "SignatureDoesNotMatch: Signature expired: … is now earlier than … (… - 15 min.)",
    "Signature not yet current: … is still later than …",
    "RequestTimeTooSkewed: The difference between the request time and the current time is too large.",
    "An error occurred (AuthFailure) when calling the … operation: AWS was not able to validate the provided access credentials",
  ],
  needs: ["clock", "machine"],
  *check({ clock }) {
    if (clock.getTime() < EARLIEST)
      yield {
        at: { kind: "system", system: "clock" },
        says: `the clock says ${clock.toISOString().slice(0, 10)}, which is before this program was written`,
      };
  },
});
