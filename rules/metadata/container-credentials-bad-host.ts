import { isMasked, rule, sightings } from "#rule";

// The path behind the host is masked.
const ALLOWED =
  /^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\])(?=[:/·]|$)/i;

export default rule({
  id: "container-credentials-bad-host",
  severity: "error",
  category: "metadata",
  summary: "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to a host that SDKs do not ask",
  why: "Credentials come back in plain text, so that over http the SDKs ask nobody but this machine and the addresses of ECS and EKS. Another host has to be asked over https.",
  remedy: "use https, or forward the port to 127.0.0.1",
  links: ["https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"],
  errors: [
    "Unsupported host '…'.  Can only retrieve metadata from a loopback address or one of these hosts: …",
    "Unsupported host '…'.",
  ],
  about: { variables: ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] },
  needs: ["environment", "startup"],
  *check({ environment, startup }) {
    for (const { at, value, also } of sightings("AWS_CONTAINER_CREDENTIALS_FULL_URI", environment, startup)) {
      if (value.startsWith("http://") && !isMasked(value.slice(0, 8)) && !ALLOWED.test(value))
        yield { at, says: `the SDKs ask no such host over http: ${/^http:\/\/[^/]*/.exec(value)![0]}`, also };
    }
  },
});
