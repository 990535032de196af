import { heldAddress, holder, isAwsVaultProcess, rule } from "#rule";

export default rule({
  id: "server-port-busy",
  severity: "warning",
  category: "metadata",
  summary: "something already listens on port 9099, which aws-vault's server uses",
  why:
    "`aws-vault exec --ec2-server` serves credentials on 127.0.0.1:9099 behind its proxy. When the port is taken, often by an " +
    "aws-vault that was suspended or left running in another terminal, it ends without a word; only --debug shows 'address " +
    "already in use'.",
  remedy: "stop that program, or use `aws-vault exec --ecs-server`, which takes a free port",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md#--ec2-server"],
  errors: ["Failed to start credential server: listen tcp 127.0.0.1:9099: bind: address already in use"],
  about: { servers: true },
  needs: ["serverPort"],
  // No fix: it may be somebody's work that runs there, and no program is ended by us.
  *check({ serverPort }) {
    for (const listener of serverPort) {
      const isOurs = isAwsVaultProcess(listener);
      yield {
        at: heldAddress(`127.0.0.1:${listener.port}`, listener),
        says: isOurs
          ? `an aws-vault server is running: ${holder(listener)}`
          : `${holder(listener)} listens on ${listener.address}:${listener.port}`,
        severity: isOurs ? "info" : "warning",
      };
    }
  },
});
