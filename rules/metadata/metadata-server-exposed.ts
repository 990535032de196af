import { AWS_VAULT, heldAddress, isAwsVaultProcess, list, rule } from "#rule";

export default rule({
  id: "metadata-server-exposed",
  severity: "info",
  category: "metadata",
  for: AWS_VAULT,
  summary: "aws-vault's EC2 server runs on a machine that has containers or virtual machines",
  why:
    "The server hands its credentials to whoever asks 169.254.169.254, and needs no password for it. Containers and virtual machines on " +
    "this machine may reach that address too, and then act with your role.",
  remedy: "`aws-vault exec --ecs-server` hands out credentials to those alone who know a token",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md#--ec2-server"],
  about: { servers: true },
  needs: ["metadata", "serverPort"],
  *check({ metadata, serverPort }) {
    const server = [...serverPort, ...metadata.listeners].find(isAwsVaultProcess);
    if (server === undefined || metadata.alias === undefined || metadata.bridges.length === 0) return;
    yield {
      at: heldAddress("169.254.169.254:80", server),
      says: `aws-vault's server runs, and ${list(metadata.bridges)} may lead to it from containers and virtual machines`,
    };
  },
});
