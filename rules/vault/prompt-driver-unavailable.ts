import {
  AWS_VAULT,
  didYouMean,
  edit,
  type Fix,
  isSet,
  nearest,
  rule,
  type SettingLine,
  settingsNamed,
  sightings,
  tell,
  vaultCommand,
  within,
} from "#rule";

const DRIVERS = ["terminal", "ykman", "kdialog", "zenity", "osascript", "wincredui"];

export default rule({
  id: "prompt-driver-unavailable",
  severity: "error",
  category: "vault",
  for: AWS_VAULT,
  summary: "AWS_VAULT_PROMPT or --prompt names a way to ask for codes that is not there",
  why: "aws-vault knows a prompt only when its program is on PATH, and refuses every command otherwise. (pass is none any more: it became mfa_process.)",
  remedy: "install the program, or name another: `terminal` is always there",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md"],
  errors: [
    "enum value must be one of terminal,kdialog,osascript,zenity, got 'ykman'",
    "--prompt=pass (or AWS_VAULT_PROMPT=pass) has been removed from aws-vault as using TOTPs without a dedicated device goes against security best practices",
  ],
  about: { settings: ["credential_process"], variables: ["AWS_VAULT_PROMPT"] },
  needs: ["config", "credentials", "profiles", "environment", "startup", "machine", "programs"],
  *check(facts) {
    const { environment, startup, machine, programs } = facts;
    for (const found of settingsNamed(facts, "credential_process")) {
      const driver = vaultCommand(found.setting.value)?.prompt ?? "";
      // Whether its program is there is for the machine to say that the file is for.
      const fault = driver === "" ? undefined : notKnown(driver);
      if (fault !== undefined)
        yield* tell(found, facts, {
          says: `credential_process of '${found.name}' has --prompt=${driver}, ${fault}`,
          ...spelt(found, driver),
        });
    }
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
  const fault = notKnown(driver);
  if (fault !== undefined) return fault;
  if (driver === "wincredui") return os === "win32" ? undefined : "which is for Windows";
  return programs.has(driver) ? undefined : "and that program is not on PATH";
}

function notKnown(driver: string): string | undefined {
  if (driver === "pass") return "which is no longer one: use mfa_process";
  return DRIVERS.includes(driver) ? undefined : `which aws-vault does not know${didYouMean(driver, DRIVERS)}`;
}

function spelt({ document, setting }: SettingLine, driver: string): { fix?: Fix } {
  const [meant] = nearest(driver, DRIVERS);
  const at = within(document, setting, /(?<=--prompt[= ])[a-z]+/);
  if (meant === undefined || at === undefined) return {};
  return { fix: { title: `write ${meant}`, safety: "ask", steps: [edit(at, meant)] } };
}
