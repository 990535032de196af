import { AwsError, secondsAhead } from "../aws/error.ts";
import { UserError } from "../errors.ts";
import type { Call } from "../model/session.ts";
import type { CallerIdentity, Failure, Verified, VerifiedStep } from "../model/verified.ts";
import { profileNamed } from "../routes/vault-settings.ts";
import { FileTrouble } from "../system/system.ts";
import type { Credentials } from "./credentials.ts";
import { wrongAccount } from "./expected.ts";
import type { Means } from "./means.ts";
import { Walk } from "./walk.ts";
import { lostInAws, type Ways, wayTo } from "./ways.ts";
import { whereFor } from "./where.ts";

/**
 * Goes the way to a profile's credentials for real, and asks AWS at every step whose they are. What fails is told, and
 * not thrown, but for a profile that is not there.
 */
export async function verify(profile: string, ways: Ways, expected: string | undefined): Promise<Verified> {
  const steps: VerifiedStep[] = [];
  let tool = ways.vault?.reading.tool ?? "cli";
  let skewSeconds: number | undefined;
  const told = (failure?: Failure): Verified => ({
    profile,
    tool,
    steps,
    identity: failure === undefined ? steps.at(-1)?.identity : undefined,
    expected,
    failure,
    skewSeconds,
  });
  let walk: Walk | undefined;
  try {
    const way = await wayTo(profile, ways);
    ({ tool } = way.means.reading);
    const { system } = way.means;
    const heard = (date: Date): void => {
      skewSeconds = secondsAhead(date, system.now());
    };
    const means: Means = { ...way.means, heard };
    walk = new Walk(profile, way.plan, means, async ({ call, credentials, isFromCache, milliseconds }) => {
      const identity = await identityOf(call, credentials, profile, means);
      steps.push({ call, isFromCache, milliseconds, expires: credentials.expires, identity });
    });
    await walk.credentials();
    const account = steps.at(-1)!.identity.account;
    if (expected !== undefined && account !== expected)
      return told(failureIn(wrongAccount(profile, account, expected)));
    return told();
  } catch (error) {
    if (error instanceof UserError && ["NO_PROFILE", "INTERRUPTED"].includes(error.code)) throw error;
    const failure = failureIn(error, walk?.current);
    return told(failure.code === "NO_ROUTE" ? { ...failure, lost: lostInAws(profile, ways) } : failure);
  }
}

async function identityOf(
  { profile }: Call,
  credentials: Credentials,
  target: string,
  means: Means,
): Promise<CallerIdentity> {
  const { getCallerIdentity } = await import("../aws/sts.ts");
  const where = whereFor("sts", profileNamed(profile, means.reading), target, means);
  const { account, arn } = await means.during("GetCallerIdentity", () => getCallerIdentity(where, credentials));
  return { account, arn };
}

function failureIn(error: unknown, call?: Call): Failure {
  if (error instanceof AwsError) {
    const { operation, code, says, status } = error;
    return { call, operation, code, says, hint: undefined, isAnswer: status !== undefined };
  }
  if (error instanceof UserError)
    return { call, operation: undefined, code: error.code, says: error.message, hint: error.hint, isAnswer: false };
  if (error instanceof FileTrouble)
    return { call, operation: undefined, code: "FILE", says: error.inFull, hint: undefined, isAnswer: false };
  throw error;
}
