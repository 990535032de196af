import { heldAddress, holder, isAwsVaultProcess, rule } from "#rule";

export default rule({
  id: "metadata-address-busy",
  severity: "warning",
  category: "metadata",
  summary: "something already serves 169.254.169.254:80",
  why:
    "`aws-vault exec --ec2-server` has to listen there and fails when somebody else does; until then the SDKs take what that " +
    "program answers for the credentials of this machine.",
  remedy: "stop that program, or use `aws-vault exec --ecs-server`, which needs neither this address nor more rights",
  links: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md#--ec2-server",
  ],
  errors: [
    "aws-vault: error: Server failed: exit status 2",
    "listen tcp 169.254.169.254:80: bind: address already in use",
  ],
  about: { servers: true },
  needs: ["metadata", "serverPort"],
  // No fix: it may be somebody's work that runs there, and no program is ended by us.
  *check({ metadata, serverPort }) {
    for (const listener of metadata.listeners) {
      // aws-vault starts its proxy with sudo, and then it is a process of root that has no name for others.
      const isProxy = !listener.process.known && serverPort.some(isAwsVaultProcess);
      const isOurs = isAwsVaultProcess(listener) || isProxy;
      yield {
        at: heldAddress("169.254.169.254:80", listener),
        says: isProxy
          ? "an aws-vault server is running, and this seems to be its proxy"
          : isOurs
            ? `an aws-vault server is running: ${holder(listener)}`
            : `${holder(listener)} listens on ${listener.address}:${listener.port}, where aws-vault's EC2 server has to`,
        severity: isOurs ? "info" : "warning",
      };
    }
  },
});
