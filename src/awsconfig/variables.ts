import type { Traits } from "../model/reading.ts";
import { dotted } from "./mask.ts";
import { holdsSecret, traitsOf } from "./traits.ts";

/** The variables that carry long-term or session credentials. */
export const KEY_VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_TOKEN",
] as const;

/**
 * Variables whose value may be shown. All others that matter are masked: proxies and endpoints can hold a password, and
 * a misspelt name can hold a key.
 */
const PUBLIC = new Set([
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_DEFAULT_OUTPUT",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_SDK_LOAD_CONFIG",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_SESSION_EXPIRATION",
  "AWSUME_EXPIRATION",
  "AWSUME_PROFILE",
  "GRANTED_SSO",
  "AWS_CA_BUNDLE",
  "AWS_EC2_METADATA_DISABLED",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
  "AWS_MAX_ATTEMPTS",
  "AWS_RETRY_MODE",
  "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
  "AWS_METADATA_SERVICE_TIMEOUT",
  "AWS_MFA_SERIAL",
  "AWS_PAGER",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_SOURCE_IDENTITY",
  "AWS_STS_REGIONAL_ENDPOINTS",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_ASSUME_ROLE_TTL",
  "AWS_SESSION_TOKEN_TTL",
  "AWS_CHAINED_SESSION_TOKEN_TTL",
  "AWS_FEDERATION_TOKEN_TTL",
  "AWS_MIN_TTL",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_CLI_AUTO_PROMPT",
  "AWS_VAULT",
  "AWS_VAULT_BACKEND",
  "AWS_VAULT_PROMPT",
  "AWS_VAULT_KEYCHAIN_NAME",
  "AWS_VAULT_FILE_DIR",
  "AWS_VAULT_PASS_CMD",
  "AWS_VAULT_PASS_PREFIX",
  "AWS_VAULT_PASS_PASSWORD_STORE_DIR",
  "AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME",
  "AWS_VAULT_DISABLE_HELP_MESSAGE",
  "AWS_VAULT_YKMAN_VERSION",
  "AWS_VAULT_BIOMETRICS",
  "AWS_VAULT_DURATION",
  "GPG_TTY",
  "PAGER",
  "PASSWORD_STORE_DIR",
  "SHELL",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "DISABLE_KWALLET",
  "NO_PROXY",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
]);

/** Variables whose value is never shown, and which are known all the same. */
const KNOWN_HIDDEN = [
  ...KEY_VARIABLES,
  "AWS_ENDPOINT_URL",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT",
  "AWS_EC2_METADATA_V1_DISABLED",
  "AWS_EXECUTION_ENV",
  "AWS_VAULT_FILE_PASSPHRASE",
  "AWS_SESSION_TAGS",
  "AWS_TRANSITIVE_TAGS",
];

/** The names that tools read, for who looks for a near one. */
export const KNOWN_VARIABLES: readonly string[] = [...PUBLIC, ...KNOWN_HIDDEN].filter((name) => name.startsWith("AWS"));

/** Addresses: where they lead may be shown, and neither who asks nor what for. */
const ADDRESSES = /^(?:AWS_ENDPOINT_URL(?:_.*)?|AWS_CONTAINER_CREDENTIALS_FULL_URI|AWS_EC2_METADATA_SERVICE_ENDPOINT)$/;
const PROXIES = new Set(["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"]);
const HOST = /^(?:[a-z]+:\/\/)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?=$|\/)/;

const ALSO = new Set(["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "SSH_CONNECTION", "SUDO_USER"]);

/** Whether a variable has to do with AWS credentials. */
export const matters = (name: string): boolean =>
  /^(?:AWS|YKMAN_)/i.test(name) || PUBLIC.has(name) || ALSO.has(name) || PROXIES.has(name);

/** A variable's value as it may be shown, and what is known of it when it may not. */
export function show(name: string, value: string): { value: string; hidden: Traits | undefined } {
  if (PUBLIC.has(name) && !holdsSecret(value)) return { value, hidden: undefined };
  const host = (ADDRESSES.test(name) || PROXIES.has(name)) && !value.includes("@") ? (HOST.exec(value)?.[0] ?? "") : "";
  if (host === "" || holdsSecret(host)) return { value: dotted(value), hidden: traitsOf(value) };
  const rest = value.slice(host.length);
  return {
    value: host + (rest === "/" ? rest : dotted(rest)),
    hidden: rest === "" || rest === "/" ? undefined : traitsOf(value),
  };
}
