import { AWS_VAULT, didYouMean, isSet, rule, sightings } from "#rule";

const DRIVERS = ["terminal", "ykman", "kdialog", "zenity", "osascript", "wincredui"];

export default rule({
  id: "prompt-driver-unavailable",
  severity: "error",
  category: "vault",
  for: AWS_VAULT,
  summary: "AWS_VAULT_PROMPT names a way to ask for codes that is not there",
  why: "aws-vault knows a prompt only when its program is on PATH, and refuses every command otherwise. (pass is none any more: it became mfa_process.)",
  remedy: "install the program, or name another: `terminal` is always there",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md"],
  errors: [
    "enum value must be one of terminal,kdialog,osascript,zenity, got 'ykman'",
    "--prompt=pass (or AWS_VAULT_PROMPT=pass) has been removed from aws-vault as using TOTPs without a dedicated device goes against security best practices",
  ],
  about: { variables: ["AWS_VAULT_PROMPT"] },
  needs: ["environment", "startup", "machine", "programs"],
  *check({ environment, startup, machine, programs }) {
    for (const { at, value, hidden, also } of sightings("AWS_VAULT_PROMPT", environment, startup)) {
      if (hidden !== undefined || value === "" || value === "terminal") continue;
      const fault = faultOf(value, machine.os, programs);
      if (fault !== undefined) yield { at, says: `AWS_VAULT_PROMPT is '${value}', ${fault}`, also };
      else if (
        /^(?:kdialog|zenity)$/.test(value) &&
        !["DISPLAY", "WAYLAND_DISPLAY"].some((name) => isSet(environment, name))
      )
        yield {
          at,
          says: `AWS_VAULT_PROMPT is '${value}', and there is no graphical session to show it in`,
          also,
          severity: "warning",
        };
    }
  },
});

function faultOf(driver: string, os: string, programs: ReadonlyMap<string, string>): string | undefined {
  if (driver === "pass") return "which is no longer one: use mfa_process";
  if (!DRIVERS.includes(driver)) return `which aws-vault does not know${didYouMean(driver, DRIVERS)}`;
  if (driver === "wincredui") return os === "win32" ? undefined : "which is for Windows";
  return programs.has(driver) ? undefined : "and that program is not on PATH";
}
