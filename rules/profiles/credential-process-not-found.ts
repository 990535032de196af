import { hops, type Profiles, programOf, rule, type SettingLine, settingsNamed, tell } from "#rule";

/** What may be installed on the machine that the file is for, and is named without a path. */
const COMMON =
  /^(?:pass|gopass|ykman|security|sh|bash|okta-aws-cli|gimme-aws-creds|aws_signing_helper|aws-vault|aws-vault-doctor|aws|granted|aws-sso|saml2aws|awsume|op|aws-vault\.exe|aws\.exe)$/;

export default rule({
  id: "credential-process-not-found",
  severity: "error",
  category: "profiles",
  summary: "credential_process names a program that is not there",
  why: "The AWS CLI starts the program without a shell, by its path or by way of PATH, and takes ~ and $HOME for names of folders. Where it is not found, some SDKs say so and others go on to another source without a word.",
  remedy: "write the program's whole path, or install it",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html"],
  errors: [
    "[Errno 2] No such file or directory: '…'",
    'exec: "…": executable file not found in $PATH',
    "error in credential_process: exit status 127",
  ],
  about: { settings: ["credential_process", "mfa_process"] },
  needs: ["config", "credentials", "profiles", "named"],
  *check(facts) {
    for (const name of ["credential_process", "mfa_process"]) {
      for (const found of settingsNamed(facts, name)) {
        if (/^(?:"[^"]*|'[^']*)$/.test(found.setting.value)) continue; // Nobody can say where it ends.
        const program = programOf(found.setting.value);
        if (name === "credential_process" && /^~[\\/]|^\$/.test(program)) {
          yield* tell(found, facts, {
            says: `credential_process of '${found.name}' starts '${program}', and the AWS CLI replaces no ${program.startsWith("~") ? "'~'" : "variable"}`,
            severity: "warning",
          });
          continue;
        }
        if (
          name === "credential_process" &&
          /^\.{0,2}[^\\/·]*\//.test(program) &&
          !program.startsWith("/") &&
          !isWindows(program)
        ) {
          const says = `credential_process of '${found.name}' starts '${program}', a path that leads somewhere else from each folder`;
          yield* tell(found, facts, { says, severity: "warning" });
          continue;
        }
        const state = facts.named.commands.get(program);
        if (state === undefined || state === "program" || isWindows(program)) continue;
        yield* tell(found, facts, {
          says: `${name} of '${found.name}' starts '${program}', ${state === "missing" ? "which is not there" : "which may not be executed"}`,
          because: `program ${program}`,
          ...(COMMON.test(program) ||
          (name === "mfa_process" && !program.includes("/")) ||
          isPassedBy(found, facts.profiles)
            ? { severity: "info" as const }
            : {}),
        });
      }
    }
  },
});

/** The command stands beside something that comes before it in every tool, such as a role with a source. */
function isPassedBy({ setting, name }: SettingLine, { routes }: Profiles): boolean {
  if (setting.name !== "credential_process") return false;
  const found = [...routes.values()].flatMap((ofTool) => ofTool.get(name) ?? []);
  return found.length > 0 && found.every((route) => route.found && hops(route).every(({ kind }) => kind !== "process"));
}

const isWindows = (program: string): boolean => /^[A-Za-z]:/.test(program);
