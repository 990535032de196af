import { activeProfiles, hops, inSome, rule, someOf, suffering, type Tool } from "#rule";

export default rule({
  id: "metadata-unreachable-slow",
  severity: "info",
  category: "metadata",
  summary: "the profile in use takes its credentials from a machine of EC2, and this is none",
  why:
    "credential_source = Ec2InstanceMetadata asks 169.254.169.254, which answers on machines of EC2 alone. Elsewhere each command waits until it " +
    "gives up. (Inside a container on EC2, the hop limit of the instance has to be 2.)",
  remedy: "use another profile here; where none is to be had, AWS_EC2_METADATA_DISABLED=true ends the waiting",
  links: [
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html",
  ],
  errors: [
    "Connection to 169.254.169.254 timed out",
    "Error when retrieving credentials from Ec2InstanceMetadata: No credentials found in credential_source referenced in profile …",
    "Caught retryable HTTP exception while making metadata service request to http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    "EC2MetadataError: failed to make EC2Metadata request",
  ],
  about: { settings: ["credential_source"] },
  needs: ["profiles", "machine", "hardware", "metadata", "environment"],
  *check({ profiles, machine, hardware, metadata, environment }) {
    // Only Linux says what hardware it is on, and a container may not see it.
    if (hardware.ec2 || machine.container || hardware.maker === undefined) return;
    if (metadata.alias !== undefined || environment.has("AWS_EC2_METADATA_SERVICE_ENDPOINT")) return;
    const tools = new Set<Tool>();
    let found: { at: { kind: "file"; path: string }; names: string[] } | undefined;
    for (const { tool, name, route } of activeProfiles(profiles)) {
      const start = route.found ? hops(route)[0] : undefined;
      if (start?.kind !== "named-source" || start.by.value !== "Ec2InstanceMetadata") continue;
      tools.add(tool);
      found = { at: start.by.at, names: [...new Set([start.profile, name])] };
    }
    if (found === undefined) return;
    yield {
      at: found.at,
      says: `${inSome(someOf(tools, profiles))}credentials should come from this machine's role, and it is no machine of EC2 but of '${hardware.maker}'`,
      profiles: found.names,
      ...suffering(tools, profiles),
    };
  },
});
