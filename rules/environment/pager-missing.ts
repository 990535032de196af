import { activeProfiles, exporting, rule, variable } from "#rule";

export default rule({
  id: "pager-missing",
  severity: "info",
  category: "environment",
  for: ["cli"],
  summary: "the AWS CLI shows its output in `less`, and that is not installed",
  why: "Version 2 hands its output to a pager, `less` unless AWS_PAGER, PAGER or cli_pager says otherwise. In small containers there is none, and each command ends in an error about a file.",
  remedy: '`export AWS_PAGER=""` to have none, or install less',
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html#cli-usage-pagination-clientside"],
  errors: [
    "[Errno 2] No such file or directory: 'less'",
    "Unable to redirect output to pager. Received the following error when opening pager:",
  ],
  about: { programs: ["aws"] },
  needs: ["profiles", "programs", "environment", "startup", "machine"],
  *check({ profiles, programs, environment, startup, machine }) {
    if (machine.os === "win32" || !programs.has("aws") || programs.has("less")) return;
    // Empty is an answer here, too.
    const isExported = (name: string): boolean =>
      startup.some(({ statements }) => statements.some((one) => one.kind === "export" && one.name === name));
    if (["AWS_PAGER", "PAGER"].some((name) => environment.has(name) || isExported(name))) return;
    const profile = [...activeProfiles(profiles)].find(({ tool }) => tool === "cli")?.profile;
    if (profile?.has("cli_pager") === true) return;
    yield {
      at: variable("AWS_PAGER"),
      says: "AWS_PAGER is not set, no setting names another pager, and `less` is not on PATH",
      ...exporting("AWS_PAGER", '""', { environment, startup }),
    };
  },
});
