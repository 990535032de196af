import { rule, settingsNamed, tell } from "#rule";

export default rule({
  id: "credential-process-bad-quoting",
  severity: "error",
  category: "profiles",
  summary: "a program's path with a blank in it and no quotes around it, or quotes that are not closed",
  why: "A command line is split at its blanks, so that C:\\Program Files\\x is the program C:\\Program. Tools differ in the quotes that they take: double ones are known to all but a few.",
  remedy: "put double quotes around the path, one at each end, or use one without blanks",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html"],
  errors: [
    "'C:\\Program' is not recognized as an internal or external command",
    "/bin/sh: 1: /Applications/My: not found",
    "ValueError: No closing quotation",
  ],
  about: { settings: ["credential_process", "mfa_process"] },
  needs: ["config", "credentials", "profiles"],
  // No fix: where the path ends stands in the part of the command that is not shown to rules.
  *check(facts) {
    for (const found of settingsNamed(facts, "credential_process", "mfa_process")) {
      if (isUnclosed(found.setting.value)) {
        yield* tell(found, facts, { says: "a quotation mark is not closed" });
        continue;
      }
      const program = /^\S*/.exec(found.setting.value)![0];
      if (
        /^(?:[A-Za-z]:[\\/]+(?:Program|Documents|Users[\\/]+[^\\/]+[\\/]+(?:My|Application))|\/Applications\/[A-Z]\w*|\/Library\/Application)$/.test(
          program,
        )
      )
        yield* tell(found, facts, { says: `the path breaks off at a blank: the program is '${program}'` });
      else if (program.startsWith("'"))
        yield* tell(found, facts, { says: "single quotes are no quotes for Windows and some SDKs", severity: "info" });
    }
  },
});

/** As the AWS CLI splits a command line: a backslash takes the next character as it is, but for single quotes. */
const isUnclosed = (line: string): boolean => /["']/.test(line.replaceAll(/\\.|"(?:\\.|[^"\\])*"|'[^']*'/g, ""));
