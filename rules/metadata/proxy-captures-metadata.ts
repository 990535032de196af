import { activeProfiles, appending, type Facts, type Fix, hops, isSet, list, rule, variable } from "#rule";

/** Of EC2 and ECS. */
const METADATA = ["169.254.169.254", "169.254.170.2"];
const PROXIES = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

export default rule({
  id: "proxy-captures-metadata",
  severity: "error",
  category: "metadata",
  summary: "a proxy that is asked for the machine's credentials",
  why:
    "Credentials of an instance or a container come from a link-local address, 169.254.169.254 or 169.254.170.2. With HTTP_PROXY set, and " +
    "without these addresses in NO_PROXY, the question goes to the proxy, which knows nothing of them.",
  remedy: "add both addresses to NO_PROXY and no_proxy: 169.254.169.254,169.254.170.2",
  links: [
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html",
    "https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html",
  ],
  errors: [
    "EC2RoleRequestError: no EC2 instance role found caused by: EC2MetadataError: failed to make EC2Metadata request",
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    "NoCredentialProviders: no valid providers in chain",
  ],
  about: { variables: PROXIES },
  needs: ["profiles", "environment", "startup"],
  *check({ profiles, environment, startup }) {
    const proxy = PROXIES.find((name) => isSet(environment, name));
    if (proxy === undefined) return;
    const excepted = ["NO_PROXY", "no_proxy"]
      .flatMap((name) => (environment.get(name)?.value ?? "").split(/[\s,]+/))
      .filter((one) => one !== "");
    const asked = new Set<string>();
    if (isSet(environment, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) asked.add("169.254.170.2");
    const address = /^http:\/\/(169\.254\.170\.\d+)(?![\d.])/.exec(
      environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")?.value ?? "",
    )?.[1];
    if (address !== undefined) asked.add(address);
    const names = new Set<string>();
    for (const { name, route } of activeProfiles(profiles)) {
      const start = route.found ? hops(route)[0] : undefined;
      if (start?.kind !== "named-source") continue;
      names.add(name);
      if (start.by.value === "Ec2InstanceMetadata") asked.add("169.254.169.254");
      if (start.by.value === "EcsContainer") asked.add("169.254.170.2");
    }
    const caught = [...asked].filter((one) => !excepted.some((entry) => covers(entry, one)));
    if (caught.length === 0) return;
    yield {
      at: variable(proxy),
      says: `the proxy is asked for ${list(caught)}, which NO_PROXY does not except`,
      also: ["NO_PROXY", "no_proxy"]
        .filter((name) => environment.has(name))
        .map((name) => ({ at: variable(name), says: "what goes past the proxy" })),
      ...(names.size > 0 ? { profiles: [...names] } : {}),
      ...excepting({ environment, startup }),
    };
  },
});

function covers(entry: string, address: string): boolean {
  if (entry === "*" || entry === address) return true;
  const [network, bits] = entry.split("/");
  if (bits === "16" || bits === "8")
    return address.startsWith(
      network!
        .split(".")
        .slice(0, Number(bits) / 8)
        .join("."),
    );
  return entry.endsWith("*")
    ? address.startsWith(entry.slice(0, -1))
    : address.startsWith(`${entry}.`) || address.endsWith(entry.replace(/^\*/, ""));
}

/** For new shells, unless their start-up files do so already, and this is an old one. */
function excepting(facts: Pick<Facts, "environment" | "startup">): { fix?: Fix } {
  const addresses = METADATA.join();
  const isDone = facts.startup.some(({ text }) => text.includes(addresses));
  return isDone
    ? {}
    : appending(
        "except both addresses in the start-up file of your shell",
        {
          sh: `export NO_PROXY="\${NO_PROXY:+$NO_PROXY,}${addresses}" no_proxy="\${no_proxy:+$no_proxy,}${addresses}"`,
        },
        facts,
      );
}
