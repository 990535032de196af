import { type Caller, denied, type FakeState, type IssuedSession, invalid, Refusal } from "./fake-aws-world.ts";

/** STS as strict as the real one, where a set-up can be wrong. */

export type Parameters = ReadonlyMap<string, string>;

export function sts(state: FakeState, action: string, given: Parameters, caller: Caller | undefined): string {
  if (action === "AssumeRoleWithWebIdentity") return assumeRoleWithWebIdentity(state, given);
  if (caller === undefined)
    throw new Refusal(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  switch (action) {
    case "GetCallerIdentity":
      only(given, []);
      return `<Arn>${caller.arn}</Arn><UserId>${caller.userId}</UserId><Account>${caller.account}</Account>`;
    case "GetSessionToken":
      return getSessionToken(state, given, caller);
    case "AssumeRole":
      return assumeRole(state, given, caller);
    case "GetFederationToken":
      return getFederationToken(state, given, caller);
    default:
      throw new Refusal(400, "InvalidAction", `Could not find operation ${action} for version 2011-06-15`);
  }
}

function getSessionToken(state: FakeState, given: Parameters, caller: Caller): string {
  only(given, ["DurationSeconds", "SerialNumber", "TokenCode"]);
  if (caller.kind !== "user") throw denied("Cannot call GetSessionToken with session credentials");
  const seconds = duration(given, 43_200, 129_600);
  const hasMfa = mfa(state, given, caller);
  return credentials(state.issue({ ...caller, kind: "user-session", hasMfa }, seconds));
}

function assumeRole(state: FakeState, given: Parameters, caller: Caller): string {
  only(given, [
    "RoleArn",
    "RoleSessionName",
    "DurationSeconds",
    "ExternalId",
    "SerialNumber",
    "TokenCode",
    "SourceIdentity",
    "Tags",
    "TransitiveTagKeys",
  ]);
  const arn = given.get("RoleArn") ?? "";
  const name = sessionName(given);
  const externalId = given.get("ExternalId");
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw invalid(
      `1 validation error detected: Value '${externalId}' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2`,
    );
  const role = state.roles.find((one) => one.arn === arn);
  const refused = denied(`User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`);
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)) throw invalid(`${arn} is invalid`);
  const hasMfa = mfa(state, given, caller) || caller.hasMfa;
  const isTrusted = role?.trusts.includes(caller.principal) === true;
  if (role === undefined || !isTrusted) throw refused;
  if (role.needsMfa === true && !hasMfa) throw refused;
  if (role.externalId !== undefined && role.externalId !== externalId) throw refused;
  const tags = tagsIn(given);
  if (role.needsTags?.some((tag) => !tags.has(tag)) === true) throw refused;
  const transitive = listIn(given, "TransitiveTagKeys");
  for (const key of transitive)
    if (!tags.has(key))
      throw invalid(`The specified transitive tag key must be included in the requested tags: ${key}`);
  for (const key of tags.keys())
    if (caller.transitiveTags.has(key))
      throw denied(
        `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.`,
      );
  const asked = given.get("SourceIdentity");
  if (asked !== undefined && caller.sourceIdentity !== undefined && asked !== caller.sourceIdentity)
    throw denied("The source identity of a session cannot be changed");
  const seconds = duration(given, 3600, 43_200);
  if (seconds > (role.longest ?? 3600))
    throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  if (caller.kind === "role" && seconds > 3600)
    throw invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
  const passedOn = new Map([...caller.transitiveTags, ...[...tags].filter(([key]) => transitive.includes(key))]);
  const session = state.issue(
    { ...roleCaller(arn, name), sourceIdentity: asked ?? caller.sourceIdentity, transitiveTags: passedOn },
    seconds,
  );
  return `${credentials(session)}<AssumedRoleUser><AssumedRoleId>${session.caller.userId}</AssumedRoleId><Arn>${session.caller.arn}</Arn></AssumedRoleUser>`;
}

function assumeRoleWithWebIdentity(state: FakeState, given: Parameters): string {
  only(given, ["RoleArn", "RoleSessionName", "DurationSeconds", "WebIdentityToken"]);
  const arn = given.get("RoleArn") ?? "";
  const token = given.get("WebIdentityToken") ?? "";
  const name = sessionName(given);
  if (token.trim() !== token || token === "")
    throw new Refusal(
      400,
      "InvalidIdentityToken",
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  const role = state.roles.find((one) => one.arn === arn);
  if (role?.trusts.includes(token) !== true) throw denied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
  const seconds = duration(given, 3600, 43_200);
  if (seconds > (role.longest ?? 3600))
    throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  const session = state.issue(roleCaller(arn, name), seconds);
  return `${credentials(session)}<AssumedRoleUser><AssumedRoleId>${session.caller.userId}</AssumedRoleId><Arn>${session.caller.arn}</Arn></AssumedRoleUser>`;
}

function getFederationToken(state: FakeState, given: Parameters, caller: Caller): string {
  only(given, ["Name", "DurationSeconds", "Policy"]);
  if (caller.kind !== "user") throw denied("Cannot call GetFederationToken with session credentials");
  const name = given.get("Name") ?? "";
  if (!/^[\w+=,.@-]{2,32}$/.test(name)) throw invalid("Value at 'name' failed to satisfy constraint");
  const seconds = duration(given, 43_200, 129_600);
  const arn = `arn:aws:sts::${caller.account}:federated-user/${name}`;
  const federated: Caller = { ...caller, kind: "federated", arn, principal: arn, userId: `${caller.account}:${name}` };
  return credentials(state.issue(federated, seconds));
}

/** A session of a role: the path of its ARN is not part of that of the session. */
export function roleCaller(arn: string, name: string): Caller {
  const [, partition, , , account, resource] = arn.split(":");
  const role = resource!.slice(resource!.lastIndexOf("/") + 1);
  return {
    kind: "role",
    account: account!,
    principal: arn,
    arn: `arn:${partition}:sts::${account}:assumed-role/${role}/${name}`,
    userId: `AROAEXAMPLE:${name}`,
    hasMfa: false,
    user: undefined,
    sourceIdentity: undefined,
    transitiveTags: new Map(),
  };
}

function mfa(state: FakeState, given: Parameters, caller: Caller): boolean {
  const serial = given.get("SerialNumber");
  const code = given.get("TokenCode");
  if (serial === undefined && code === undefined) return false;
  if (serial === undefined || code === undefined)
    throw denied("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");
  if (!/^\d{6}$/.test(code))
    throw invalid(
      "1 validation error detected: Value at 'tokenCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\d]*",
    );
  state.checkCode(caller.user, serial, code);
  return true;
}

function duration(given: Parameters, byDefault: number, most: number): number {
  const text = given.get("DurationSeconds");
  if (text === undefined) return byDefault;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > most)
    throw invalid(
      `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${seconds > most ? `less than or equal to ${most}` : "greater than or equal to 900"}`,
    );
  return seconds;
}

function sessionName(given: Parameters): string {
  const name = given.get("RoleSessionName") ?? "";
  if (!/^[\w+=,.@-]{2,64}$/.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  return name;
}

function tagsIn(given: Parameters): Map<string, string> {
  const tags = new Map<string, string>();
  for (let at = 1; given.has(`Tags.member.${at}.Key`); at++)
    tags.set(given.get(`Tags.member.${at}.Key`)!, given.get(`Tags.member.${at}.Value`) ?? "");
  return tags;
}

function listIn(given: Parameters, name: string): string[] {
  const all: string[] = [];
  for (let at = 1; given.has(`${name}.member.${at}`); at++) all.push(given.get(`${name}.member.${at}`)!);
  return all;
}

/** A parameter that the real one does not know is our mistake. */
function only(given: Parameters, names: readonly string[]): void {
  for (const name of given.keys())
    if (!["Action", "Version", ...names].includes(name.split(".")[0]!))
      throw new Refusal(400, "MalformedInput", `unknown parameter ${name}`);
}

const credentials = ({ id, secret, token, expires }: IssuedSession): string =>
  `<Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>${expires.toISOString().replace(".000", "")}</Expiration></Credentials>`;
