import {
  edit,
  type Facts,
  type Fix,
  isAwsVault,
  rule,
  type SettingLine,
  settingsNamed,
  tell,
  vaultCommand,
  within,
} from "#rule";

const NO_SESSION = ["-n", "--no-session"];

export default rule({
  id: "credential-process-needs-prompt",
  severity: "warning",
  category: "profiles",
  summary: "a credential_process for which aws-vault has to ask for an MFA code on the terminal",
  why:
    "A credential_process has no terminal: what asks for a code there is not seen, or waits for ever, and a YubiKey is not touched in time. " +
    "Only a prompt in a window of its own works.",
  remedy: "add --prompt=osascript, --prompt=zenity or --prompt=kdialog, or an mfa_process",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/mfa.md",
  ],
  errors: ["Touch account timed out!", "Enter MFA code for arn:aws:iam::…:mfa/…:"],
  about: { settings: ["credential_process"] },
  needs: ["config", "credentials", "profiles", "environment", "machine", "programs"],
  *check(facts) {
    const { profiles, environment } = facts;
    const tool = profiles.tools.find(isAwsVault);
    if (tool === undefined) return;
    for (const found of settingsNamed(facts, "credential_process")) {
      const command = vaultCommand(found.setting.value);
      if (command?.profile === undefined) continue;
      const asked = profiles.readings.get(tool)!.profiles.get(command.profile);
      // The stored key itself takes no code; a role does, with its own device.
      if (NO_SESSION.some((flag) => command.flags.has(flag)) && asked?.has("role_arn") !== true) continue;
      const prompt = command.prompt ?? environment.get("AWS_VAULT_PROMPT")?.value ?? "";
      if (asked?.has("mfa_serial") !== true || asked.has("mfa_process") || !["", "terminal", "ykman"].includes(prompt))
        continue;
      yield* tell(found, facts, {
        says: `'${command.profile}' needs an MFA code, and a credential_process cannot ask for one on the terminal`,
        also: [{ at: asked.get("mfa_serial")!.at, says: "this device's code" }],
        ...(command.prompt === undefined ? asking(found, facts.programs) : {}),
      });
    }
  },
});

/** With the first of those that open a window here. */
function asking({ document, setting }: SettingLine, programs: Facts["programs"]): { fix?: Fix } {
  const driver = ["osascript", "zenity", "kdialog"].find((name) => programs.has(name));
  const at = within(document, setting, /(?<=^\S*aws-vault(?:\.exe)?"?)(?=\s)/);
  if (driver === undefined || at === undefined) return {};
  return { fix: { title: `ask in a window of ${driver}`, safety: "ask", steps: [edit(at, ` --prompt=${driver}`)] } };
}
