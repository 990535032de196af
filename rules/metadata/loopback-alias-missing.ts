import { AWS_VAULT, heldAddress, holder, isAwsVaultProcess, rule } from "#rule";

export default rule({
  id: "loopback-alias-missing",
  severity: "warning",
  category: "metadata",
  for: AWS_VAULT,
  summary: "aws-vault's EC2 server runs, and no interface has the address that it should answer at",
  why: "`aws-vault exec --ec2-server` listens at port 9099 and has a proxy at 169.254.169.254:80. Without that address on the loopback interface nobody reaches it, and SDKs wait until they give up.",
  remedy: "`sudo ip addr add 169.254.169.254/32 dev lo`, or `aws-vault exec --ecs-server`, which needs no such address",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md#--ec2-server"],
  errors: ["Local instance role server running", "Unable to locate credentials"],
  about: { servers: true },
  needs: ["metadata", "serverPort"],
  *check({ metadata, serverPort }) {
    const server = serverPort.find(isAwsVaultProcess);
    if (server === undefined || metadata.alias !== undefined) return;
    yield {
      at: heldAddress(`127.0.0.1:${server.port}`, server),
      says: `${holder(server)} serves credentials, and no interface carries 169.254.169.254`,
    };
  },
});
