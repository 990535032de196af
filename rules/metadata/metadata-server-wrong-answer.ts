import { heldAddress, rule } from "#rule";

export default rule({
  id: "metadata-server-wrong-answer",
  severity: "warning",
  category: "metadata",
  summary: "what answers at 169.254.169.254 is no server of credentials",
  why:
    "SDKs that find no credentials elsewhere ask 169.254.169.254 for them, as on a machine of EC2. Where something else " +
    "listens there, they fail with its errors, wait for it, or take what it says for an answer.",
  remedy:
    "unless it is meant to serve credentials, stop it or give it another address; `AWS_EC2_METADATA_DISABLED=true` keeps SDKs " +
    "from asking; `aws-vault exec --ecs-server` does without the address",
  links: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html",
  ],
  errors: ["404 page not found", "request to EC2 IMDS failed"],
  about: { servers: true },
  needs: ["metadata", "metadataServer"],
  *check({ metadata, metadataServer }) {
    const [listener] = metadata.listeners;
    if (listener === undefined || metadataServer === undefined) return;
    const { kind, name } = metadataServer;
    const at = heldAddress("169.254.169.254:80", listener);
    if (kind === "silent")
      yield { at, says: `what listens there is ${name}, and SDKs that ask it for credentials wait` };
    else if (kind === "other") yield { at, says: `what listens there is ${name}: SDKs that ask it get no credentials` };
    else yield { at, says: `by its answer, it is ${name}`, severity: "info" };
  },
});
