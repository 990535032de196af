import type { Call } from "../model/session.ts";
import { isAwsVault, TOOL_NAMES } from "../model/tool.ts";
import type { Failure, Verified, VerifiedStep } from "../model/verified.ts";
import { durationText } from "./duration.ts";
import { lostText } from "./lost.ts";
import { meaningOf } from "./meaning.ts";
import type { Paint } from "./paint.ts";
import { placeName } from "./place.ts";
import { printable } from "./printable.ts";
import { type TreeNode, tree } from "./tree.ts";

export interface VerifiedStyle {
  readonly width: number;
  readonly paint: Paint;
  readonly now: Date;
  readonly home: string;
}

/** What an error may come from: a rule, and where this machine has what it is about. */
export interface LikelyCause {
  readonly id: string;
  readonly summary: string;
  readonly remedy: string;
  /** `~/.aws/config:3:1 …` */
  readonly here: readonly string[];
}

/** The way to one profile's credentials, step by step, and whose they are or where it broke off. */
export function verified(told: Verified, causes: readonly LikelyCause[], style: VerifiedStyle): string {
  const { profile, steps, failure, identity, expected, skewSeconds } = told;
  const { width, paint } = style;
  const nodes: TreeNode[] = steps.map((step) => stepNode(step, style.now));
  if (failure !== undefined) nodes.push(failureNode(told, failure, causes, style));
  if (identity !== undefined) {
    const account = `account ${identity.account}${expected === undefined ? "" : ", as expected"}`;
    nodes.push({ says: `${printable(identity.arn)}, ${account}` });
  }
  const skew = skewText(skewSeconds);
  if (skew !== undefined) nodes.push({ says: skew });
  const mark = failure === undefined ? paint.green("works") : paint.red("fails");
  const next = causes[0] === undefined ? `check --profile ${printable(profile)}` : `explain ${causes[0].id}`;
  return [
    `${paint.bold(printable(profile))} ${mark}${isAwsVault(told.tool) ? "" : ` in ${TOOL_NAMES[told.tool]}`}`,
    ...tree(nodes, width, paint),
    ...(failure === undefined ? [] : [`next: aws-vault-doctor ${next}`]),
    "",
  ].join("\n");
}

function stepNode({ call, isFromCache, milliseconds, expires, identity }: VerifiedStep, now: Date): TreeNode {
  const life =
    expires === undefined ? "does not expire" : `expires in ${roughly((expires.getTime() - now.getTime()) / 1000)}`;
  const took = isFromCache ? "from the cache" : `${Math.round(milliseconds)} ms`;
  return {
    says: callText(call),
    at: took,
    below: [{ says: `${life}, account ${identity.account}: ${printable(identity.arn)}` }],
  };
}

/** Nobody counts the seconds of an hour. */
const roughly = (seconds: number): string => durationText(seconds < 60 ? seconds : Math.round(seconds / 60) * 60);

function failureNode(
  told: Verified,
  failure: Failure,
  causes: readonly LikelyCause[],
  { home }: VerifiedStyle,
): TreeNode {
  const { operation, code, says, hint, lost } = failure;
  const meaning = meaningOf(told);
  const inCli = isAwsVault(told.tool) ? `in ${TOOL_NAMES.cli}: ` : "";
  return {
    says: failureText(failure),
    below: [
      { says: operation === undefined ? printable(says) : `${code}: ${printable(says)}` },
      ...(lost === undefined ? [] : [{ says: inCli + lostText(lost), at: placeName(lost.at, home) }]),
      ...(meaning === undefined ? [] : [{ says: `means: ${meaning}` }]),
      ...(hint === undefined ? [] : [{ says: printable(hint) }]),
      ...causes.map(({ id, summary, remedy, here }) => ({
        says: here.length > 0 ? `here: ${summary}` : `maybe: ${summary}`,
        at: id,
        below: [...here.map((place) => ({ says: place })), { says: `do: ${remedy}` }],
      })),
    ],
  };
}

function failureText({ call, code, operation, isAnswer }: Failure): string {
  if (code === "WRONG_ACCOUNT") return "not the account that is expected";
  if (call === undefined) return "there is no way to credentials";
  if (operation !== undefined && !isAnswer) return `${callText(call)}: AWS was not reached`;
  const isNotTaken = operation?.includes("GetCallerIdentity") === true;
  return `${callText(call)} ${isNotTaken ? "gives credentials that AWS does not take" : "fails"}`;
}

function callText(call: Call): string {
  const name = `'${printable(call.profile)}'`;
  switch (call.kind) {
    case "stored-keys":
      return `the key of ${name} in the vault`;
    case "GetSessionToken":
      return `GetSessionToken for ${name}${call.mfa.kind === "sent" ? ", with MFA" : ""}`;
    case "AssumeRole":
      return `AssumeRole ${printable(call.role.value)} for ${name}${call.mfa.kind === "sent" ? ", with MFA" : ""}`;
    case "AssumeRoleWithWebIdentity":
      return `AssumeRoleWithWebIdentity ${printable(call.role?.value ?? "")} for ${name}`;
    case "GetRoleCredentials":
      return `GetRoleCredentials ${printable(call.role?.value ?? "")} of ${printable(call.account?.value ?? "")} for ${name}`;
    case "credential_process":
      return `the credential_process of ${name}`;
    case "written-keys":
      return `the key of ${name} in ~/.aws/${call.file}`;
    case "named-source":
      return `credential_source = ${printable(call.source.value)} of ${name}`;
    case "login":
      return `the sign-in of 'aws login' for ${name}`;
  }
}

const SKEW_TOLD_SECONDS = 60; // AWS takes five minutes; a minute is a clock that nobody sets.

function skewText(seconds: number | undefined): string | undefined {
  if (seconds === undefined || Math.abs(seconds) < SKEW_TOLD_SECONDS) return undefined;
  return `the clock here is ${durationText(Math.abs(seconds))} ${seconds > 0 ? "behind" : "ahead of"} AWS's`;
}
