import type { Call } from "../model/session.ts";
import { Secret } from "../secret.ts";
import { FileTrouble, type Heard } from "../system/system.ts";
import { type Credentials, credentialsFrom } from "./credentials.ts";
import { handedOut } from "./handed-out.ts";
import type { Means } from "./means.ts";
import { failed } from "./trouble.ts";

type NamedCall = Extract<Call, { kind: "named-source" }>;

/**
 * The credentials that `credential_source` names: those of the place where this program runs. Throws a UserError where there
 * are none. https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export async function namedSource({ profile, source }: NamedCall, means: Means): Promise<Credentials> {
  switch (source.value) {
    case "Environment":
      return inEnvironment(profile, means);
    case "EcsContainer":
      return ofContainer(profile, means);
    default:
      return ofInstance(profile, means);
  }
}

/** As the AWS CLI, this takes half a key for a mistake, and the older name of the token first. */
function inEnvironment(profile: string, { system: { environment } }: Means): Credentials {
  const half = (name: string): string => {
    const value = environment[name];
    if (value) return value;
    throw nothing(profile, "Environment", `${name} is not set`, "its keys are those of the shell that starts this");
  };
  const token = environment["AWS_SECURITY_TOKEN"] || environment["AWS_SESSION_TOKEN"];
  const expires = new Date(environment["AWS_CREDENTIAL_EXPIRATION"] ?? "");
  const end = Number.isNaN(expires.getTime()) ? undefined : expires;
  return credentialsFrom(half("AWS_ACCESS_KEY_ID"), half("AWS_SECRET_ACCESS_KEY"), token, end);
}

/** What the SDKs wait for an answer of either endpoint, and more than either says. */
const LIMITS = { milliseconds: 2000, bytes: 64 * 1024 };

const RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const CONTAINER_HOSTS = ["localhost", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "[::1]"];
const TOKEN_BYTES_MAX = 64 * 1024;

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
async function ofContainer(profile: string, { system }: Means): Promise<Credentials> {
  const { environment } = system;
  const relative = environment[RELATIVE];
  const full = environment[FULL];
  if (!relative && !full)
    throw nothing(profile, "EcsContainer", `neither ${RELATIVE} nor ${FULL} is set`, "ECS and EKS set one of them");
  const by = relative ? RELATIVE : FULL;
  const url = containerUrl(relative ? `http://169.254.170.2${relative}` : full!, by);
  const token = containerToken(profile, system);
  const headers = { Accept: "application/json", ...(token === undefined ? {} : { Authorization: token.reveal() }) };
  const from = `the container's endpoint (${by})`;
  const body = bodyOf(await system.network.fetch(url, { ...LIMITS, headers }), from, profile);
  return handedOut(body, from, system.now());
}

/** Where no secret may be sent in the open, the way has to be this machine's own. */
function containerUrl(text: string, by: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url !== undefined && (CONTAINER_HOSTS.includes(url.hostname) || /^127\.[\d.]+$/.test(url.hostname));
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isHere)) return url.href;
  throw failed("BAD_VARIABLE", `${by} is no address that credentials are taken from: https, or a host of this machine`);
}

function containerToken(profile: string, { environment, files }: Means["system"]): Secret | undefined {
  const path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  let token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"];
  if (path) {
    try {
      token = new TextDecoder().decode(files.read(path, TOKEN_BYTES_MAX));
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      throw nothing(profile, "EcsContainer", `its token cannot be read at ${path}: ${error.message}`);
    }
  }
  if (token !== undefined && !isHeader(token))
    throw nothing(
      profile,
      "EcsContainer",
      "its token has a line end in it, or another character that no header may have",
    );
  return token ? Secret.ofText(token) : undefined;
}

const WHERE = "it is there on EC2 alone, and in a container where the instance's hop limit is 2";
const ROLES = "/latest/meta-data/iam/security-credentials/";

/**
 * By the second version of the protocol alone, as the AWS CLI asks first.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
async function ofInstance(profile: string, { system }: Means): Promise<Credentials> {
  const { environment, network } = system;
  const source = "Ec2InstanceMetadata";
  if (/^true$/i.test(environment["AWS_EC2_METADATA_DISABLED"] ?? ""))
    throw nothing(profile, source, "AWS_EC2_METADATA_DISABLED says that nobody shall be asked");
  const isIpv6 = /^ipv6$/i.test(environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] ?? "");
  const usual = isIpv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
  const own = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"];
  if (own && !/^https?:/.test(URL.canParse(own) ? own : ""))
    throw failed("BAD_VARIABLE", "AWS_EC2_METADATA_SERVICE_ENDPOINT is no address of the web");
  const endpoint = (own || usual).replace(/\/+$/, "");
  const from = own ? "the metadata service at AWS_EC2_METADATA_SERVICE_ENDPOINT" : "EC2's metadata service";
  const ask = async (path: string, headers: Readonly<Record<string, string>>, method?: "PUT"): Promise<Heard> => {
    const heard = await network.fetch(`${endpoint}${path}`, { ...LIMITS, headers, ...(method && { method }) });
    if (!heard.ended) throw failed("NO_KEYS", `profile ${profile}: ${from} ${heard.trouble}`, WHERE);
    return heard;
  };
  const token = bodyOf(
    await ask("/latest/api/token", { "x-aws-ec2-metadata-token-ttl-seconds": "21600" }, "PUT"),
    from,
    profile,
  );
  // As of a page with which some proxy answers.
  if (!isHeader(token)) throw failed("BAD_ANSWER", `${from} answers with something else than a token`);
  const headers = { "x-aws-ec2-metadata-token": token };
  const roles = await ask(ROLES, headers);
  const [role = ""] = roles.ended && roles.status === 404 ? [] : bodyOf(roles, from, profile).split("\n");
  if (role.trim() === "") throw nothing(profile, source, "the instance has no role");
  const answer = await ask(`${ROLES}${encodeURIComponent(role.trim())}`, headers);
  return handedOut(bodyOf(answer, from, profile), from, system.now());
}

function bodyOf(heard: Heard, from: string, profile: string): string {
  const trouble = heard.ended ? `answers ${heard.status}` : heard.trouble;
  if (!heard.ended || heard.status !== 200) throw failed("NO_KEYS", `profile ${profile}: ${from} ${trouble}`);
  return heard.body;
}

/** No line end is in it, and no other character that no header may have. */
const isHeader = (text: string): boolean => !/[^\t\x20-\x7e]/.test(text);

const nothing = (profile: string, source: string, because: string, hint?: string) =>
  failed("NO_KEYS", `profile ${profile}: credential_source = ${source} has no credentials: ${because}`, hint);
