import type { Call } from "../model/session.ts";
import type { Verified } from "../model/verified.ts";
import { printable } from "./printable.ts";

/**
 * What an error of AWS means at this step, in the terms of this way: who asked, for what, and what AWS leaves open. Undefined
 * where nothing more can be said than AWS does.
 */
export function meaningOf({ failure, steps }: Verified): string | undefined {
  const { operation } = failure ?? {};
  if (failure === undefined || operation === undefined) return undefined;
  const meaning = meaningAnywhere({ ...failure, operation });
  if (meaning !== undefined || `${operation.split(": ")[1]} ${failure.code}` !== "AssumeRole AccessDenied")
    return meaning;
  return denied(failure.call, printable(steps.at(-1)?.identity.arn ?? "the caller"));
}

type Refused = Pick<NonNullable<Verified["failure"]>, "code" | "says" | "isAnswer"> & { readonly operation: string };

/** What it means whatever way led there. */
export function meaningAnywhere({ operation, code, says, isAnswer }: Refused): string | undefined {
  if (!isAnswer) return NETWORK[code] ?? "the call did not get through: a proxy, a firewall, or no network";
  if (/MultiFactorAuthentication failed with invalid/.test(says))
    return "the code was wrong, or used before, or the device is another one, or its clock is off";
  if (/MultiFactorAuthentication failed, unable to validate/.test(says))
    return "mfa_serial names no device of this user";
  if (/DurationSeconds exceeds/.test(says))
    return "the role gives no session of that length: ask for less (--duration, duration_seconds), or raise its maximum in IAM";
  switch (`${operation.split(": ")[1]} ${code}`) {
    case "AssumeRoleWithWebIdentity AccessDenied":
      return "the role's trust policy does not take this token: its issuer, audience or subject is not what the policy names";
    case "GetCallerIdentity InvalidClientTokenId":
    case "GetSessionToken InvalidClientTokenId":
      return "the key was deleted or turned off in IAM, or belongs to another partition of AWS";
    case "GetRoleCredentials ForbiddenException":
      return "whoever signed in is not assigned this permission set in this account, or one of the two names is wrong";
    case "StartDeviceAuthorization InvalidRequestException":
      return "no portal has this sso_start_url in this sso_region";
  }
  return ANSWERS[code];
}

/** AWS gives one answer for all of these. */
function denied(call: Call | undefined, who: string): string {
  if (call?.kind !== "AssumeRole") return `${who} may not do this`;
  const withoutMfa = call.mfa.kind === "no-serial" ? ", or asks for MFA, and no code was sent (mfa_serial)" : "";
  return `the role's trust policy does not name ${who}${withoutMfa}, or asks for another external_id, or no policy of the caller allows sts:AssumeRole on it, or there is no such role: AWS does not say which`;
}

const ANSWERS: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch: "the secret key does not belong to this access key, or the clock here is wrong",
  ExpiredToken: "these credentials have ended",
  RegionDisabledException: "STS is not switched on in this region for the account",
  UnauthorizedException: "the sign-in has ended",
};

const INTERCEPTED =
  "something between here and AWS opens what is sent, or the list of certificates is not AWS's: AWS_CA_BUNDLE (or ca_bundle) names the file with those to believe";

const NETWORK: Readonly<Record<string, string>> = {
  ERR_INVALID_URL: "the address that was set for these calls is none; one is such as http://localhost:4566",
  ECONNREFUSED: "nobody listens at that address",
  ENOTFOUND: "there is no such host: the region or the address is wrong, or there is no network",
  EAI_AGAIN: "names of hosts cannot be looked up: there is no network, or a VPN is in the way",
  TimeoutError: "nobody answered in time: a proxy or a firewall may be in the way",
  ETIMEDOUT: "nobody answered in time: a proxy or a firewall may be in the way",
  SELF_SIGNED_CERT_IN_CHAIN: INTERCEPTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: INTERCEPTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: INTERCEPTED,
  PROXY_REFUSES: "the proxy lets nobody through to that host: NO_PROXY excepts hosts that are reached without it",
  PROXY_LOGIN: "the proxy's variable holds them: http://USER:PASSWORD@HOST:PORT, with signs such as @ written as %40",
};
