import { edit, rule, settingsNamed, tell, vaultCommand, within } from "#rule";

export default rule({
  id: "server-flag-with-json",
  severity: "error",
  category: "vault",
  summary: "a credential_process with aws-vault's --json and a server at once",
  why: "With --json aws-vault prints one set of credentials and ends; a server hands them out as long as a command runs. aws-vault refuses both together.",
  remedy: "take --server (or --ecs-server, --ec2-server) out",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md"],
  errors: ["Can't use --server with --json"],
  about: { settings: ["credential_process"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    for (const found of settingsNamed(facts, "credential_process")) {
      const command = vaultCommand(found.setting.value);
      const server = ["--server", "-s", "--ecs-server", "--ec2-server"].find(
        (flag) => command?.flags.has(flag) === true,
      );
      if (server === undefined || !["--json", "-j"].some((flag) => command!.flags.has(flag))) continue;
      const flag = within(found.document, found.setting, new RegExp(`\\s+${server}(?!\\S)`));
      yield* tell(found, facts, {
        says: `aws-vault takes ${server} and --json not together`,
        ...(flag && { fix: { title: `take ${server} out`, safety: "safe", steps: [edit(flag, "")] } }),
      });
    }
  },
});
