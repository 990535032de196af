import { firstOf, isOlder, rule, settingsNamed } from "#rule";

export default rule({
  id: "cli-v1-instead-of-v2",
  severity: "warning",
  category: "sso",
  for: ["cli"],
  summary: "profiles that sign on, and `aws` is version 1, which cannot",
  why:
    "`aws sso login` and `aws configure sso` came with version 2 of the AWS CLI. Version 1, often from `pip` or the system's " +
    "packages, reads tokens that are there and makes none; where both are installed, PATH decides.",
  remedy: "install version 2, or put its folder in front of the other in PATH",
  links: [
    "https://docs.aws.amazon.com/cli/latest/userguide/cliv2-migration.html",
    "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  ],
  errors: [
    "aws: error: argument operation: Invalid choice, valid choices are:",
    "aws: error: argument subcommand: Invalid choice, valid choices are:",
    "aws: error: argument command: Invalid choice, valid choices are:",
  ],
  about: { settings: ["sso_session", "sso_start_url"] },
  needs: ["config", "credentials", "profiles", "versions"],
  *check(facts) {
    const cli = firstOf(facts.versions, "aws");
    if (cli === undefined || !isOlder(cli.version, "2")) return;
    const signsOn = [...settingsNamed(facts, "sso_session", "sso_start_url")].filter(({ kind }) => kind === "profile");
    if (signsOn.length === 0) return;
    const newer = facts.versions.get("aws")!.find(({ version }) => version !== undefined && !isOlder(version, "2"));
    yield {
      at: { kind: "program", program: cli.path },
      says:
        newer === undefined
          ? `'aws' is version ${cli.version}, which has no \`aws sso login\``
          : `'aws' is version ${cli.version}, and stands in front of version ${newer.version} in PATH`,
      also: [
        ...(newer === undefined
          ? []
          : [{ at: { kind: "program" as const, program: newer.path }, says: `version ${newer.version}` }]),
        { at: signsOn[0]!.setting.at, says: "the first profile that signs on" },
      ],
      profiles: [...new Set(signsOn.map(({ name }) => name))],
      tools: ["cli"],
    };
  },
});
