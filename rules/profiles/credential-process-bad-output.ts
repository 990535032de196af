import { edit, type Fix, rule, type SettingLine, settingsNamed, tell, vaultCommand, within } from "#rule";

export default rule({
  id: "credential-process-bad-output",
  severity: "error",
  category: "profiles",
  summary: "a credential_process with a flag that makes it print something else than JSON",
  why:
    "The tool that calls it reads one JSON document from standard output. `aws-vault exec` without --json starts a shell, `aws-vault export` " +
    "without --format=json prints variables, `aws sts assume-role` prints JSON of another form, and --verbose or --debug of other helpers print lines of their own.",
  remedy:
    "take the flag out; with aws-vault write `aws-vault export --format=json PROFILE` or `aws-vault exec --json PROFILE`",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html"],
  errors: [
    "Expecting value: line 1 column 1 (char 0)",
    "Error parsing credential_process output",
    "Unsupported version 'None' for credential process provider",
    'invalid JSON format from command "…": …',
    'JSON credential from command "…" missing the following fields: [Expiration SessionToken]',
    'running command "…": …',
  ],
  about: { settings: ["credential_process"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of settingsNamed(facts, "credential_process")) {
      const fault = faultOf(found.setting.value);
      if (fault !== undefined)
        yield* tell(found, facts, {
          says: `this command does not print JSON alone: ${fault.says}`,
          severity: fault.severity,
          ...put(found, fault.mend),
        });
    }
  },
});

/** What a pattern finds in the command, and what comes in its place. */
interface Mend {
  readonly title: string;
  readonly what: RegExp;
  readonly by: string;
}

function put({ document, setting }: SettingLine, mend: Mend | undefined): { fix?: Fix } {
  const at = mend && within(document, setting, mend.what);
  return at === undefined ? {} : { fix: { title: mend!.title, safety: "ask", steps: [edit(at, mend!.by)] } };
}

interface Fault {
  readonly says: string;
  readonly severity: "error" | "warning";
  readonly mend?: Mend;
}

const JSON_EXEC: Mend = { title: "add --json", what: /(?<=\sexec)(?=\s)/, by: " --json" };
const JSON_EXPORT: Mend = { title: "add --format=json", what: /(?<=\sexport)(?=\s)/, by: " --format=json" };
const JSON_EXPORT_ANEW: Mend = {
  title: "make it --format=json",
  what: /(?<=\s)--format(?:=|\s+)\S+/,
  by: "--format=json",
};

const PROCESS_FORMAT: Mend = {
  title: "make it --format process",
  what: /(?<=\s)--format(?:=|\s+)[a-z-]+/,
  by: "--format process",
};

function faultOf(line: string): Fault | undefined {
  const command = vaultCommand(line);
  if (
    command?.command === "exec" &&
    !command.flags.has("--json") &&
    !command.flags.has("-j") &&
    command.profile !== undefined &&
    !command.hasCommand &&
    !command.isPartial
  )
    return { says: "`aws-vault exec` without --json starts a shell", severity: "error", mend: JSON_EXEC };
  if (
    command?.command === "export" &&
    !command.flags.has("--format=json") &&
    command.profile !== undefined &&
    !command.isPartial
  )
    return {
      says: "`aws-vault export` without --format=json prints variables",
      severity: "error",
      mend: JSON_EXPORT_ANEW.what.test(line) ? JSON_EXPORT_ANEW : JSON_EXPORT,
    };
  if (command?.command === "login") return { says: "`aws-vault login` opens a browser", severity: "error" };
  if (command?.flags.has("--debug") === true) return { says: "--debug prints what happens, too", severity: "warning" };
  if (command !== undefined) return undefined;
  const other = awsFault(line);
  if (other !== undefined) {
    const isFormat = other.includes("--format");
    return { says: other, severity: "error", ...(isFormat ? { mend: PROCESS_FORMAT } : {}) };
  }
  const format = /(?<!\S)--(?:format(?:=|\s+)(?:env-var|bash)|shell(?:=|\s+)\w+)(?!\S)/.exec(line)?.[0];
  if (format !== undefined) return { says: `${format} asks for variables`, severity: "error" };
  const flag = /(?<!\S)--(?:verbose|debug|environment)(?!\S)/.exec(line)?.[0];
  return flag === undefined
    ? undefined
    : {
        says: `${flag} makes most helpers print more, or something else`,
        severity: "warning",
        mend: { title: `take ${flag} out`, what: new RegExp(`\\s+${flag}(?!\\S)`), by: "" },
      };
}

/** What the AWS CLI is told to print, where that is no answer to a credential_process. */
function awsFault(line: string): string | undefined {
  if (!/^"?(?:\S*[\\/])?aws(?:\.exe)?"?\s/.test(line)) return undefined;
  const format = /\sexport-credentials\s(?:.*\s)?--format(?:=|\s+)(?!process\b)([a-z-]+)/.exec(line)?.[1];
  if (format !== undefined) return `\`aws configure export-credentials --format ${format}\` prints variables`;
  const call = /\s(sts\s+(?:assume-role|get-session-token|get-federation-token)|sso\s+get-role-credentials)(?!\S)/.exec(
    line,
  );
  return call === null
    ? undefined
    : `\`aws ${call[1]!.replace(/\s+/, " ")}\` prints JSON of another form, without Version`;
}
