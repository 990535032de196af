import { exportedAt, isSet, rule, variable } from "#rule";

const NAME = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

export default rule({
  id: "container-credentials-endpoint-dead",
  severity: "error",
  category: "metadata",
  summary: "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to this machine, and nobody listens there",
  why:
    "A helper such as `aws-vault exec --ecs-server` hands out credentials at an address of this machine as long as it runs. When it has " +
    "ended, or from inside a container, where localhost is another one, every call waits and then says 'connection refused'.",
  remedy: "leave the shell or unset the variable, and start the helper again",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html",
    "https://github.com/ByteNess/aws-vault/blob/main/docs/content/docs/managing-sessions.md",
  ],
  errors: [
    "dial tcp 127.0.0.1:…: connect: connection refused",
    "Error when retrieving credentials from container-role: Error retrieving metadata: Received error when attempting to retrieve container metadata",
    "connect ECONNREFUSED 127.0.0.1:…",
  ],
  about: { variables: [NAME] },
  needs: ["endpoint", "environment", "startup"],
  *check({ endpoint, environment, startup }) {
    if (endpoint === undefined || endpoint.isServed) return;
    // What stands before it in the chain decides.
    const isOverruled = isSet(environment, "AWS_ACCESS_KEY_ID") && isSet(environment, "AWS_SECRET_ACCESS_KEY");
    yield {
      at: variable(NAME),
      says: `credentials should come from ${endpoint.address}, and nobody listens there`,
      also: exportedAt(startup, NAME),
      ...(isOverruled ? { severity: "warning" as const } : {}),
    };
  },
});
