import { addressOf } from "../aws/address.ts";
import type { Where } from "../aws/asking.ts";
import { AwsError, secondsAhead } from "../aws/error.ts";
import { readOpenly } from "../awsconfig/document.ts";
import { read } from "../awsconfig/profiles.ts";
import { type Credentials, credentialsFrom } from "../credentials/credentials.ts";
import { UserError } from "../errors.ts";
import type { AskedKey, AwsFile, Online } from "../model/facts.ts";
import type { Place } from "../model/place.ts";
import type { Scope } from "../model/scope.ts";
import { type Seen, seen, unseen } from "../model/seen.ts";
import type { System } from "../system/system.ts";
import { transportTo } from "../system/transport.ts";
import { tried } from "../system/tried.ts";
import { FILE_BYTES_MAX } from "./files.ts";
import type { SeenFacts } from "./probe.ts";

const KEYS_MAX = 20; // Each costs two calls; who has more has other worries.

/** Asks AWS about the keys that stand in the open. What comes of it holds no secret. */
export async function lookOnline(system: System, _: Scope, facts: SeenFacts): Promise<Seen<Online>> {
  const files = facts.files!;
  if (!files.known) return files;
  const found = keysHere(system, files.value.config, files.value.credentials).slice(0, KEYS_MAX);
  if (found.length === 0) return unseen("not-here", "there is no key to ask AWS with");
  let skewSeconds: number | undefined;
  const heard: Where["heard"] = ({ date }) => {
    if (date === undefined) return;
    skewSeconds = secondsAhead(date, system.now());
  };
  const keys = await Promise.all(found.map((key) => ask(key, system, heard)));
  if (skewSeconds === undefined) {
    const [trouble] = keys.flatMap(({ answer }) => (answer.isTaken ? [] : [answer.says]));
    return unseen("failed", `AWS was not reached: ${trouble}`);
  }
  return seen({ keys, skewSeconds });
}

interface FoundKey extends Pick<AskedKey, "at" | "name" | "profiles"> {
  readonly credentials: Credentials;
  readonly region: string | undefined;
  readonly caBundle: string | undefined;
}

/** Each key once, with all the profiles that have it. */
function keysHere(system: System, config: AwsFile, credentials: AwsFile): FoundKey[] {
  const open = (kind: "config" | "credentials", { path }: AwsFile) => readOpenly(path, kind, bytesOf(path, system));
  const { profiles } = read("cli", open("config", config), open("credentials", credentials));
  const byKey = new Map<string, FoundKey>();
  for (const profile of profiles.values()) {
    const valueOf = (name: string): string => profile.get(name)?.value ?? "";
    const [id, secret, token] = [
      valueOf("aws_access_key_id"),
      valueOf("aws_secret_access_key"),
      valueOf("aws_session_token"),
    ];
    if (id === "" || secret === "") continue;
    const key = `${id} ${secret}`;
    const before = byKey.get(key);
    byKey.set(
      key,
      before === undefined
        ? {
            at: profile.get("aws_access_key_id")!.at,
            name: `the key of '${profile.name}'`,
            profiles: [profile.name],
            region: valueOf("region") || undefined,
            caBundle: valueOf("ca_bundle") || undefined,
            credentials: credentialsFrom(id, secret, token),
          }
        : { ...before, profiles: [...before.profiles, profile.name] },
    );
  }
  const { environment } = system;
  const [id, secret] = [environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]];
  const at: Place = { kind: "environment", variable: "AWS_ACCESS_KEY_ID" };
  if (id && secret && !byKey.has(`${id} ${secret}`)) {
    const made = credentialsFrom(id, secret, environment["AWS_SESSION_TOKEN"] ?? "");
    const ofNoProfile = { profiles: [], region: undefined, caBundle: undefined };
    byKey.set("", { at, name: "the exported key", credentials: made, ...ofNoProfile });
  }
  return [...byKey.values()];
}

const bytesOf = (path: string, { files }: System): Uint8Array =>
  tried(() => files.read(path, FILE_BYTES_MAX), new Uint8Array());

async function ask(key: FoundKey, system: System, heard: Where["heard"]): Promise<AskedKey> {
  const { at, name, profiles, credentials } = key;
  const { environment } = system;
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || key.region;
  const where = (service: "sts" | "iam"): Where => {
    const variable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
    const address = {
      region: region !== undefined && /^[a-z\d-]+$/.test(region) ? region : "us-east-1",
      endpoint: environment[variable] || environment["AWS_ENDPOINT_URL"] || undefined,
    };
    const transport = transportTo(addressOf(service, address), system, key.caBundle);
    return {
      ...address,
      ...(transport === undefined ? {} : { transport }),
      now: () => system.now(),
      ...(heard === undefined ? {} : { heard }),
    };
  };
  const { getCallerIdentity } = await import("../aws/sts.ts");
  try {
    const { account, arn } = await getCallerIdentity(where("sts"), credentials);
    const created = credentials.sessionToken === undefined ? await creationOf(credentials, where("iam")) : undefined;
    return { at, name, profiles, answer: { isTaken: true, identity: { account, arn } }, created };
  } catch (error) {
    if (!(error instanceof AwsError || error instanceof UserError)) throw error;
    const says = error instanceof AwsError ? error.says : error.message;
    const { code } = error;
    return { at, name, profiles, answer: { isTaken: false, code, says }, created: undefined };
  }
}

/** Of the key that asks. Undefined where its user may not ask that, as many may not. */
async function creationOf(credentials: Credentials, where: Where): Promise<Date | undefined> {
  const { creationOfOwnKey } = await import("../aws/iam.ts");
  try {
    return await creationOfOwnKey(where, credentials);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
