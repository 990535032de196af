import { rule, settingsNamed, tell, vaultCommand } from "#rule";

const SERVERS = ["--server", "-s", "--ec2-server"];

export default rule({
  id: "windows-server-needs-admin",
  severity: "warning",
  category: "vault",
  for: ["aws-vault-byteness", "aws-vault-99designs"],
  summary: "on Windows, aws-vault's EC2 server is asked for and does not run",
  why:
    "`aws-vault exec --ec2-server` answers at 169.254.169.254 through a proxy, which needs a route to that address, and on Windows the " +
    "rights of an administrator. Without them it ends with a message, or hands out nothing.",
  remedy: "`aws-vault exec --ecs-server` needs neither; else start `aws-vault proxy` once as administrator",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md#--ec2-server"],
  errors: ["The credential proxy server isn't running. Run aws-vault server as Administrator"],
  about: { settings: ["credential_process"], programs: ["aws-vault"] },
  needs: ["config", "credentials", "profiles", "machine", "serverPort", "startup", "programs"],
  *check(facts) {
    if (facts.machine.os !== "win32" || facts.serverPort.length > 0) return;
    const asks = (line: string): string | undefined => {
      const flags = vaultCommand(line)?.flags;
      return SERVERS.find((flag) => flags?.has(flag) === true);
    };
    for (const found of settingsNamed(facts, "credential_process")) {
      const flag = asks(found.setting.value);
      if (flag !== undefined) yield* tell(found, facts, { says: `${flag} needs an administrator, and no server runs` });
    }
    for (const { statements } of facts.startup) {
      for (const { kind, name, value, at } of statements) {
        const flag = kind === "alias" ? asks(value) : undefined;
        if (flag !== undefined)
          yield { at, says: `'${name}' starts aws-vault with ${flag}, which needs an administrator` };
      }
    }
  },
});
