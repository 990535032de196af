import type { Service, Where } from "./asking.ts";

/**
 * The address that the library makes of a region (test/proxy.test.ts), before it is loaded: which proxy a call goes through,
 * turns on it.
 */
export function addressOf(service: Service, { region, endpoint, isLegacy }: AddressParts): URL {
  // What is no address at all, the library refuses.
  if (endpoint !== undefined && URL.canParse(endpoint)) return new URL(endpoint);
  const host = service === "sts" && isLegacy === true ? "sts" : HOSTS[service](region);
  return new URL(`https://${host}.${suffixOf(region)}`);
}

type AddressParts = Pick<Where, "region" | "endpoint" | "isLegacy">;

const HOSTS: Readonly<Record<Service, (region: string) => string>> = {
  sts: (region) => `sts.${region}`,
  iam: (region) =>
    region.startsWith("us-gov-") ? "iam.us-gov" : /^(?:cn|eusc)-/.test(region) ? `iam.${region}` : "iam",
  sso: (region) => `portal.sso.${region}`,
  "sso-oidc": (region) => `oidc.${region}`,
};

function suffixOf(region: string): string {
  if (region.startsWith("cn-")) return "amazonaws.com.cn";
  return region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
}
