import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Environment } from "../../src/model/facts.ts";
import type { Reading } from "../../src/model/reading.ts";
import { type Hop, hops, type Route } from "../../src/model/route.ts";
import { chain } from "../../src/routes/chain.ts";
import { routes } from "../../src/routes/route.ts";
import { plainReading } from "../plain-reading.ts";
import { folder, holds, vectors } from "./data.ts";

type Values = Readonly<Record<string, unknown>>;
type Outcome = { readonly chain: readonly Values[] } | { readonly error: string };

interface Vector {
  readonly id: string;
  readonly name: string;
  readonly config?: string;
  readonly credentials?: string;
  readonly configFiles?: readonly string[];
  readonly credentialsFiles?: readonly string[];
  readonly profile: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly dialect: string;
  readonly expect: { readonly chain?: readonly Values[]; readonly errorContaining?: string };
}

const textOf = (files: readonly string[] | undefined, text: string | undefined): string =>
  text ?? (files ?? []).map((file) => `${textOfFile(file)}\n`).join("");

function textOfFile(file: string): string {
  try {
    return readFileSync(folder(file), "utf8");
  } catch {
    return "";
  }
}

const ALL_SEEN = { stored: undefined, seesCredentials: true };

function resolve(tool: "cli" | "sdk", vector: Vector): Outcome {
  const config = textOf(vector.configFiles, vector.config);
  const reading = plainReading(tool, config, textOf(vector.credentialsFiles, vector.credentials));
  const all = routes(reading, ALL_SEEN);
  const route = all.get(vector.profile);
  if (vector.env !== undefined && route !== undefined) {
    const environment: Environment = new Map(
      Object.entries(vector.env).map(([name, value]) => [name, { name, value, hidden: undefined }]),
    );
    const { candidates } = chain({ chosen: { name: vector.profile, by: "flag" }, environment, reading, routes: all });
    const flaw = candidates.find(({ kind }) => kind === "profile")?.because;
    if (flaw !== undefined) return { error: flaw };
  }
  return outcome(route, reading);
}

function outcome(route: Route | undefined, reading: Reading): Outcome {
  if (route === undefined) return { error: "no such profile" };
  return route.found ? { chain: hops(route).map((hop) => told(hop, reading)) } : { error: route.because };
}

/** All that a step may be asked for; what it does not have is undefined. */
function told(hop: Hop, reading: Reading): Values {
  const profile = reading.profiles.get(hop.profile)!;
  const value = (name: string): string | undefined => profile.get(name)?.value;
  switch (hop.kind) {
    case "static": {
      const layer =
        reading.tool === "cli" ? profile.layers.find(({ section }) => section.file === hop.by.at.path) : undefined;
      const own = (name: string): string | undefined => (layer ? layer.section.get(name)?.value : value(name));
      return {
        type: "static",
        accessKeyId: own("aws_access_key_id"),
        secretAccessKey: own("aws_secret_access_key"),
        sessionToken: own("aws_session_token"),
        accountId: own("aws_account_id"),
      };
    }
    case "process":
      return { type: "process", command: hop.by.value };
    case "named-source":
      return { type: "namedSource", source: hop.by.value };
    case "sso":
      return { type: "sso", ...ssoOf(value, reading) };
    case "web-identity":
      return {
        type: "webIdentity",
        roleArn: value("role_arn"),
        tokenFile: value("web_identity_token_file"),
        roleSessionName: value("role_session_name"),
      };
    case "role":
      return {
        type: "assumeRole",
        roleArn: value("role_arn"),
        roleSessionName: value("role_session_name"),
        externalId: value("external_id"),
        mfaSerial: value("mfa_serial"),
        durationSeconds: Number(value("duration_seconds")),
      };
    case "login":
    case "stored":
      return { type: hop.kind };
  }
}

function ssoOf(value: (name: string) => string | undefined, reading: Reading): Values {
  const session = reading.ssoSessions.get(value("sso_session") ?? "");
  return {
    ssoSession: value("sso_session"),
    ssoStartUrl: session?.get("sso_start_url")?.value ?? value("sso_start_url"),
    ssoRegion: session?.get("sso_region")?.value ?? value("sso_region"),
    ssoAccountId: value("sso_account_id"),
    ssoRoleName: value("sso_role_name"),
  };
}

function expectOutcome(ours: Outcome, theirs: Vector["expect"]): void {
  if (theirs.chain === undefined) {
    expect(ours).toHaveProperty("error");
    return;
  }
  expect(ours).toEqual({ chain: theirs.chain.map((step) => expect.objectContaining(step)) });
}

const all = vectors<Vector[]>("resolution-vectors.json", []);

holds(
  "Resolution, as botocore's tests have it",
  all.filter(({ dialect }) => dialect === "botocore"),
  ({ id }) => id,
  (vector) => expectOutcome(resolve("cli", vector), vector.expect),
);

holds(
  "Resolution, as the SDKs' tests have it",
  all.filter(({ dialect }) => dialect !== "botocore"),
  ({ id }) => id,
  (vector) => expectOutcome(resolve("sdk", vector), vector.expect),
  {
    r027: "the Rust SDK plans this, and then says that the profile resolves to a token instead of credentials",
    r106: "the Ruby SDK alone takes both halves of a key from one file; the others mix the two files, or refuse",
    r121: "the Go SDK alone also reads AWS_ACCESS_KEY and AWS_SECRET_KEY",
    r126: "the Go SDK alone takes a role with the credential_process of the same profile",
  },
);

interface PeerReading {
  readonly chain?: readonly Values[];
  readonly error?: string;
  readonly reached?: string;
}

interface Peers {
  readonly id: string;
  readonly readings: Readonly<Record<"botocore" | "aws_sdk_js_v3" | "go_sdk_v2", PeerReading>>;
}

const byId = new Map(all.map((vector) => [vector.id, vector]));
const peers = vectors<Peers[]>("resolution-vectors-peers.json", []);

/** What stands after the profile in a default chain is no route of the profile. */
const fallsThrough = ({ chain: steps }: PeerReading): boolean =>
  steps?.length === 1 && (steps[0]!["type"] === "default" || steps[0]!["source"] === "Ec2InstanceMetadata");

holds(
  "Resolution, as botocore does it",
  peers,
  ({ id }) => id,
  ({ id, readings }) => {
    const vector = byId.get(id)!;
    const ours = resolve("cli", vector);
    const theirs = readings.botocore;
    if (fallsThrough(theirs)) expect(ours).toEqual({ error: "nothing" });
    else expectOutcome(ours, theirs.chain ? { chain: theirs.chain } : {});
  },
);

/** One tool agrees when it does what we say; a token that is not there is no news about the profile. */
function agrees(ours: Outcome, theirs: PeerReading): boolean {
  const hasReachedSso = theirs.reached === "sso" && /session.*(?:invalid|not found)/.test(theirs.error ?? "");
  if (hasReachedSso) return "chain" in ours && ours.chain.some(({ type }) => type === "sso");
  if (fallsThrough(theirs) && "error" in ours) return true;
  // The JavaScript SDK was asked what it sends, and does not say that a key came out of a program.
  const comparable = (steps: readonly Values[]): readonly Values[] =>
    steps.map((step) => (step["type"] === "process" || step["type"] === "static" ? { type: "key" } : step));
  try {
    expectOutcome(
      "chain" in ours ? { chain: comparable(ours.chain) } : ours,
      theirs.chain ? { chain: comparable(theirs.chain) } : {},
    );
    return true;
  } catch {
    return false;
  }
}

holds(
  "Resolution, as most SDKs do it",
  peers,
  ({ id }) => id,
  ({ id, readings }) => {
    const vector = byId.get(id)!;
    const ours = resolve("sdk", vector);
    const { dialect, expect: expected } = vector;
    const own = expected.chain ? { chain: expected.chain } : { error: "expected" };
    // The Go SDK's plan was measured before it checks what it planned; its tests say what comes of it.
    const votes = [readings.aws_sdk_js_v3, dialect === "go-v2" ? own : readings.go_sdk_v2];
    if (dialect !== "botocore" && dialect !== "go-v2") votes.push(own);
    const yes = votes.filter((vote) => agrees(ours, vote)).length;
    expect(yes, JSON.stringify({ ours, votes })).toBeGreaterThan(votes.length / 2);
  },
  {
    r018: "a loop for Rust, Kotlin and botocore; JavaScript and Go reach the keys of the profile that was asked for",
    r027: "a plan for Rust and Go, which ends without credentials, as JavaScript and botocore say at once",
    r048: "a loop for Rust, Kotlin and botocore; JavaScript and Go reach the keys of the profile that was asked for",
    r065: "the JavaScript SDK's reading does not name where the keys for the role come from",
    r068: "the Go SDK alone plans with a credential_source that nobody knows, and fails when it gets there",
    r071: "the Go SDK alone takes the role of a source that has keys of its own",
    r078: "the Go SDK alone takes a token for credential_source = Environment",
    r088: "the Go SDK alone takes a bare role with the machine's credentials",
    r103: "Ruby, Rust and botocore take the token, JavaScript the source_profile, and Go refuses",
    r121: "the Go SDK alone also reads AWS_ACCESS_KEY and AWS_SECRET_KEY",
    r126: "Go takes the role with the process's credentials, JavaScript forgets the role, and all others refuse",
    r134: "the JavaScript SDK alone prefers the process to single sign-on",
    r137: "Go and botocore refuse; the JavaScript SDK looks for the session's token first",
  },
);
