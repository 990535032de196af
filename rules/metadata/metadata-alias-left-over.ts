import { rule } from "#rule";

export default rule({
  id: "metadata-alias-left-over",
  severity: "warning",
  category: "metadata",
  summary: "169.254.169.254 is an address of this machine, and nobody serves it",
  why:
    "aws-vault's EC2 server adds the address to the loopback interface and takes it away when it ends; after a crash it stays. " +
    "While it is there, no other metadata service can be reached, the real one of EC2 neither, and the next " +
    "`aws-vault exec --ec2-server` fails with 'RTNETLINK answers: File exists'.",
  remedy:
    "`aws-vault-doctor vault proxy --stop` takes it away, and so does the end of the next `aws-vault-doctor vault exec --ec2-server`; " +
    "by hand: `sudo ip addr flush dev lo to 169.254.169.254` on Linux, `sudo ifconfig lo0 -alias 169.254.169.254` on macOS",
  links: ["https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md#--ec2-server"],
  about: { servers: true },
  needs: ["metadata", "serverPort"],
  *check({ metadata, serverPort }) {
    if (metadata.alias?.loopback !== true || metadata.listeners.length > 0 || serverPort.length > 0) return;
    yield {
      at: { kind: "network", address: "169.254.169.254:80" },
      says: `the interface '${metadata.alias.name}' has the address 169.254.169.254, and nothing listens on its port 80`,
    };
  },
});
