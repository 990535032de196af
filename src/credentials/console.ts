import type { Identity } from "../aws/sts.ts";
import { federationDuration } from "../routes/session-durations.ts";
import { profileNamed } from "../routes/vault-settings.ts";
import { proxyName } from "../system/proxy.ts";
import type { Credentials } from "./credentials.ts";
import type { Means } from "./means.ts";
import { failed, forProfile } from "./trouble.ts";
import { transportFor, whereFor } from "./where.ts";

/**
 * The AWS console's sign-in for credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */

export interface ConsolePage {
  /** Undefined is the console's own start page. */
  readonly region: string | undefined;
  /** Within the console, such as `s3/buckets`. */
  readonly path: string | undefined;
  /** Whoever is signed in already is signed out first. */
  readonly logsOut: boolean;
}

interface Partition {
  readonly signIn: string;
  readonly console: string;
}

const PARTITIONS: readonly (readonly [region: RegExp, arn: string, partition: Partition])[] = [
  [/^cn-/, "aws-cn", { signIn: "https://signin.amazonaws.cn", console: "console.amazonaws.cn" }],
  [
    /^us-gov-/,
    "aws-us-gov",
    { signIn: "https://signin.amazonaws-us-gov.com", console: "console.amazonaws-us-gov.com" },
  ],
  [/^eusc-/, "aws-eusc", { signIn: "https://signin.amazonaws-eusc.eu", console: "console.amazonaws-eusc.eu" }],
];
const COMMERCIAL: Partition = { signIn: "https://us-east-1.signin.aws.amazon.com", console: "console.aws.amazon.com" };

/** By the region; without one, by whom the credentials belong to. */
function partitionOf(region: string | undefined, arn: string): Partition {
  const found = PARTITIONS.find(([start, name]) =>
    region === undefined ? arn.startsWith(`arn:${name}:`) : start.test(region),
  );
  return found?.[2] ?? COMMERCIAL;
}

const NAME_MAX = 32; // Of a federated user.
const EVERYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

/**
 * Credentials that the console takes, and whose they are. It takes those of roles as they are; a user's keys are traded for
 * a session that may do what the user may. Throws a UserError.
 */
export async function consoleCredentials(
  profile: string,
  credentials: Credentials,
  means: Means,
): Promise<{ readonly credentials: Credentials; readonly arn: string }> {
  const { getCallerIdentity, getFederationToken } = await import("../aws/sts.ts");
  const where = whereFor("sts", profileNamed(profile, means.reading), profile, means);
  try {
    const identity = await getCallerIdentity(where, credentials);
    const { arn } = identity;
    const kind = resourceOf(identity).split("/")[0];
    if (kind === "assumed-role" || kind === "federated-user") return { credentials, arn };
    if (credentials.sessionToken !== undefined) throw isSession(arn);
    const name = resourceOf(identity).split("/").at(-1)!.slice(0, NAME_MAX);
    const seconds = Math.floor(federationDuration(means.settings).seconds);
    return { credentials: await getFederationToken(where, credentials, { name, seconds, policy: EVERYTHING }), arn };
  } catch (error) {
    throw forProfile(profile, error);
  }
}

/** `assumed-role/Admin/jane` of `arn:aws:sts::111122223333:assumed-role/Admin/jane`. */
function resourceOf({ arn }: Identity): string {
  const resource = arn.split(":").slice(5).join(":");
  if (resource === "") throw failed("BAD_ARN", `unable to parse ARN: ${arn}`);
  return resource;
}

const isSession = (arn: string): Error =>
  failed(
    "IS_SESSION",
    `these credentials are a session of ${arn}, and AWS's console takes none of those`,
    "a user's key signs in without a session, and a role with one",
  );

const LIMITS = { milliseconds: 30_000, bytes: 64 * 1024 };

/** An address that signs in whoever opens it, within a quarter of an hour. Throws a UserError. */
export async function consoleUrl(
  { credentials, arn }: { readonly credentials: Credentials; readonly arn: string },
  page: ConsolePage,
  profile: string,
  means: Means,
): Promise<string> {
  const { system, log } = means;
  const partition = partitionOf(page.region, arn);
  const federation = `${partition.signIn}/federation`;
  log(`signing in at ${federation}`);
  const session = JSON.stringify({
    sessionId: credentials.accessKeyId.reveal(),
    sessionKey: credentials.secretAccessKey.reveal(),
    sessionToken: credentials.sessionToken?.reveal() ?? "",
  });
  const question = new URLSearchParams({ Action: "getSigninToken", Session: session });
  const transport = transportFor(new URL(federation), "the AWS console's sign-in", profile, means);
  const agent = transport && (await import("../aws/tunnel.ts")).agentFor(transport, LIMITS.milliseconds);
  const heard = await system.network.fetch(`${federation}?${question.toString()}`, { ...LIMITS, agent });
  if (!heard.ended) {
    const asked = transport?.proxy === undefined ? federation : `${federation} through ${proxyName(transport.proxy)}`;
    throw failed("NO_SIGN_IN", `the AWS console's sign-in, ${asked}, ${heard.trouble}`);
  }
  if (heard.status !== 200) {
    log(heard.body);
    const hint = "the console takes no credentials that are expired, or a user's own session";
    throw failed("NO_SIGN_IN", `Call to getSigninToken failed with ${heard.status}`, hint);
  }
  const token = signinTokenIn(heard.body);
  if (token === undefined) throw failed("NO_SIGN_IN", "Expected a response with SigninToken");
  const login = new URLSearchParams({
    Action: "login",
    Issuer: "aws-vault",
    Destination: destination(partition, page),
    SigninToken: token,
  });
  const url = `${federation}?${login.toString()}`;
  if (!page.logsOut) return url;
  const logout = new URLSearchParams({ Action: "logout", redirect_uri: url });
  return `${partition.signIn}/oauth?${logout.toString()}`;
}

function signinTokenIn(body: string): string | undefined {
  try {
    const { SigninToken } = JSON.parse(body) as { readonly SigninToken?: unknown };
    return typeof SigninToken === "string" && SigninToken !== "" ? SigninToken : undefined;
  } catch {
    return undefined; // Its message would quote from the answer.
  }
}

function destination({ console }: Partition, { region, path = "" }: ConsolePage): string {
  const base = `https://${region === undefined ? "" : `${region}.`}${console}/`;
  const url = new URL(base + (path.replace(/^\/+/, "") || (region === undefined ? "" : "console/home")));
  if (region !== undefined) url.searchParams.set("region", region);
  return url.href;
}
