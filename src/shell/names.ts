/** The names of variables and commands: which of them matter, and which may be shown. */
import { holdsSecret } from "../awsconfig/traits.ts";

export const VARIABLE = /^[A-Za-z_]\w*$/;

const OTHERS = new Set([
  "GPG_TTY",
  "PASSWORD_STORE_DIR",
  "DISABLE_KWALLET",
  "SSL_CERT_FILE",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
]);
/** `AWSUME_` variables begin with AWS, too. */
const FAMILIES = /^(?:AWS|YKMAN_|(?:HTTP|HTTPS|NO)_PROXY$)/i;

/** Whether a variable has to do with AWS credentials, so that its statements are kept. */
export const matters = (name: string): boolean => FAMILIES.test(name) || OTHERS.has(name);

export const NAME_LENGTH_MAX = 64;
/** Random characters are seldom of one case. */
const CONVENTIONAL = /^(?:[A-Z_][A-Z0-9_]*|[a-z_][a-z0-9_]*)$/;

export const isConventional = (name: string): boolean =>
  name.length <= NAME_LENGTH_MAX && CONVENTIONAL.test(name) && !holdsSecret(name);
