import { EXIT, UserError } from "../errors.ts";
import { type Proxy, proxyFor } from "./proxy.ts";
import { FileTrouble, type System } from "./system.ts";

/** How a call leaves this machine, if not straight and by Node's own certificates. */
export interface Transport {
  readonly proxy: Proxy | undefined;
  /** The certificates that are believed, in PEM; undefined: those that Node brings along, and NODE_EXTRA_CA_CERTS. */
  readonly authorities: string | undefined;
}

/**
 * As the AWS CLI has it: its list of certificates takes the place of those that a program brings along, and AWS_CA_BUNDLE goes
 * before the profile's `ca_bundle`, and that before REQUESTS_CA_BUNDLE. Throws a UserError.
 * https://docs.aws.amazon.com/cli/latest/topic/config-vars.html
 */
export function transportTo(to: URL, system: System, caBundle: string | undefined): Transport | undefined {
  const proxy = proxyFor(to, system.environment);
  const authorities = to.protocol === "https:" ? authoritiesOf(system, caBundle) : undefined;
  return proxy === undefined && authorities === undefined ? undefined : { proxy, authorities };
}

function authoritiesOf(system: System, caBundle: string | undefined): string | undefined {
  const { AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE } = system.environment;
  if (AWS_CA_BUNDLE) return certificatesAt(AWS_CA_BUNDLE, "AWS_CA_BUNDLE", system);
  if (caBundle) return certificatesAt(caBundle, "ca_bundle of the profile", system);
  return REQUESTS_CA_BUNDLE ? certificatesAt(REQUESTS_CA_BUNDLE, "REQUESTS_CA_BUNDLE", system) : undefined;
}

const BUNDLE_BYTES_MAX = 4 * 1024 * 1024; // The public list has a quarter of a megabyte.

function certificatesAt(path: string, by: string, { files }: System): string {
  const cannot = (why: string, cause?: unknown): UserError =>
    new UserError("BAD_CA_BUNDLE", `the certificates in ${path} (${by}) cannot be used: ${why}`, {
      exitCode: EXIT.failed,
      cause,
    });
  try {
    const text = new TextDecoder().decode(files.read(path, BUNDLE_BYTES_MAX));
    if (!/-----BEGIN (?:TRUSTED )?CERTIFICATE-----/.test(text)) throw cannot("the file holds no certificate");
    return text;
  } catch (error) {
    throw error instanceof FileTrouble ? cannot(error.message, error) : error;
  }
}
