import { addressOf } from "../aws/address.ts";
import type { Service, Where } from "../aws/asking.ts";
import type { Profile, Reading } from "../model/reading.ts";
import { chosen, profileNamed, vaultSetting } from "../routes/vault-settings.ts";
import { proxyName } from "../system/proxy.ts";
import { type Transport, transportTo } from "../system/transport.ts";
import type { Means } from "./means.ts";
import { failed } from "./trouble.ts";

/**
 * Where the calls of a profile go. An address that is not AWS's own is honoured, as in the SDKs, and always named to the
 * person: whoever can set it gets to see what is sent.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function whereFor(
  service: Service,
  profile: Profile,
  target: string,
  means: Means,
  { arn = "", ssoRegion }: { readonly arn?: string; readonly ssoRegion?: string } = {},
): Where {
  const { system, settings, reading } = means;
  const told = { target, tool: reading.tool, variables: settings.variables };
  const region = ssoRegion ?? chosen(profile, "region", told)?.value;
  const other = endpointOf(service, profile, target, means);
  if (other !== undefined) means.note(`calls to ${NAMES[service]} go to ${tellable(other.url)} (${other.by})`);
  if (region !== undefined && !isRegion(region)) {
    // Part of a host's name is told to the whole way there; and what is no region may be a secret in the wrong line.
    throw failed("NO_REGION", `the region of profile '${profile.name}' is no name of a region`);
  }
  const isLegacy = region === undefined || chosen(profile, "sts_regional_endpoints", told)?.value === "legacy";
  const where = {
    region: region ?? homeRegion(arn),
    endpoint: other?.url,
    // Without a region, STS has one address that always answers, as the AWS CLI knows. In other partitions there is none.
    isLegacy: isLegacy && (region !== undefined || homeRegion(arn) === "us-east-1"),
  };
  const transport = transportFor(addressOf(service, where), NAMES[service], target, means);
  return {
    ...where,
    ...(transport === undefined ? {} : { transport }),
    heard: ({ date }) => {
      if (date !== undefined) means.heard?.(date);
    },
    now: () => system.now(),
  };
}

/** How calls get there. As in the AWS CLI, the profile that was asked for says for all of them whose certificates are believed. */
export function transportFor(
  to: URL,
  name: string,
  target: string,
  { system, reading, note }: Means,
): Transport | undefined {
  const transport = transportTo(to, system, vaultSetting(profileNamed(target, reading), "ca_bundle")?.value);
  if (transport?.proxy !== undefined) note(`calls to ${name} go through ${proxyName(transport.proxy)}`);
  return transport;
}

/** Without the password that stands before the host, as for a proxy. */
const tellable = (url: string): string => url.replace(/^(\w+:\/\/)?.*@/s, "$1…@");

const NAMES: Readonly<Record<Service, string>> = {
  sts: "STS",
  iam: "IAM",
  sso: "IAM Identity Center",
  "sso-oidc": "IAM Identity Center's sign-in",
};

interface Other {
  readonly url: string;
  /** What decided it, in words. */
  readonly by: string;
}

/** The address instead of AWS's own, if there is one. Nothing is told of it: no call may come of it. */
export function endpointOf(service: Service, profile: Profile, target: string, means: Means): Other | undefined {
  const { reading, settings, system } = means;
  const { environment } = system;
  if (/^true$/i.test(environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? "")) return undefined;
  const variable = `AWS_ENDPOINT_URL_${service.toUpperCase().replace("-", "_")}`;
  const own = environment[variable];
  if (own) return { url: own, by: variable };
  const general = chosen(profile, "endpoint_url", { target, tool: reading.tool, variables: settings.variables });
  if (general?.by.kind === "variable") return { url: general.value, by: general.by.variable };
  const ofService = endpointInServices(service, profile, reading);
  if (ofService !== undefined) return ofService;
  return general && { url: general.value, by: `endpoint_url of the profile '${profile.name}'` };
}

/** What the `[services]` section that a profile names says for one service. aws-vault knows nothing of these; the SDKs do. */
function endpointInServices(service: Service, profile: Profile, { services }: Reading): Other | undefined {
  const named = vaultSetting(profile, "services");
  const section = named && services.get(named.value);
  const url = section?.get(service.replace("-", "_"))?.nested?.get("endpoint_url");
  return url ? { url, by: `[services ${named!.value}]` } : undefined;
}

/** As a part of the name of a host. */
export const isRegion = (text: string): boolean => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(text);

/** A region of the partition that an ARN is in. */
function homeRegion(arn: string): string {
  if (arn.startsWith("arn:aws-cn:")) return "cn-north-1";
  if (arn.startsWith("arn:aws-us-gov:")) return "us-gov-west-1";
  if (arn.startsWith("arn:aws-eusc:")) return "eusc-de-east-1";
  return "us-east-1";
}
