import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { show } from "../../src/awsconfig/variables.ts";
import type { Candidate } from "../../src/model/chain.ts";
import type { Environment } from "../../src/model/facts.ts";
import type { Reading } from "../../src/model/reading.ts";
import { hops, type Route } from "../../src/model/route.ts";
import { chain } from "../../src/routes/chain.ts";
import { routes } from "../../src/routes/route.ts";
import { plainReading } from "../plain-reading.ts";
import { folder, holds, isHere } from "./data.ts";

/**
 * Recorded scenarios of the Rust SDK: an environment, a file system, every request, and the credentials that came of
 * them. Nothing is sent here: what we plan must be what was sent.
 */
interface Scenario {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly config: string;
  readonly credentials: string;
  readonly requests: readonly Request[];
  readonly result: { readonly Ok?: { readonly access_key_id: string }; readonly ErrorContains?: string };
}

interface Request {
  readonly asks: "sso" | "sts" | "container" | "instance";
  readonly answered: boolean;
}

interface Event {
  readonly action: {
    readonly Request?: { readonly request: { readonly method: string; readonly uri: string } };
    readonly Response?: { readonly response: { readonly Ok?: { readonly status: number } } };
  };
}

const read = (...path: string[]): string => (existsSync(join(...path)) ? readFileSync(join(...path), "utf8") : "");

function scenarios(group: string): Scenario[] {
  if (!isHere) return [];
  return readdirSync(folder("smithy-rs", group))
    .sort()
    .map((name) => {
      const at = folder("smithy-rs", group, name);
      const json = <T>(file: string, none: T): T => {
        const text = read(at, file);
        return text === "" ? none : (JSON.parse(text) as T);
      };
      return {
        path: `${group}/${name}`,
        environment: json<Record<string, string>>("env.json", {}),
        config: read(at, "fs", "home", ".aws", "config"),
        credentials: read(at, "fs", "home", ".aws", "credentials"),
        requests: requestsIn(json<{ events: Event[] }>("http-traffic.json", { events: [] }).events),
        result: json<Scenario["result"] & { result?: Scenario["result"] }>("test-case.json", {}).result ?? {},
      };
    });
}

function requestsIn(events: readonly Event[]): Request[] {
  const all: Request[] = [];
  for (const { action } of events) {
    if (action.Request) all.push({ asks: askedBy(action.Request.request), answered: false });
    const status = action.Response?.response.Ok?.status;
    if (status !== undefined && status < 400) all[all.length - 1] = { ...all.at(-1)!, answered: true };
  }
  return all;
}

function askedBy({ method, uri }: { readonly method: string; readonly uri: string }): Request["asks"] {
  if (uri.startsWith("http://169.254.169.254/")) return "instance";
  if (uri.startsWith("http://169.254.170.")) return "container";
  return method === "GET" ? "sso" : "sts";
}

/** One question each: an instance is asked in three requests, and a request is repeated until it is answered. */
function questions(requests: readonly Request[]): string[] {
  const all: string[] = [];
  let last: Request | undefined;
  for (const one of requests) {
    const isTheSame = one.asks === last?.asks && (one.asks === "instance" || !last.answered);
    if (!isTheSame) all.push(one.asks);
    last = one;
  }
  return all;
}

const NAMED: Readonly<Record<string, string[]>> = {
  Environment: [],
  EcsContainer: ["container"],
  Ec2InstanceMetadata: ["instance"],
};

function plannedFor(route: Route): string[] {
  return hops(route).flatMap((hop) => {
    switch (hop.kind) {
      case "named-source":
        return NAMED[hop.by.value]!;
      case "sso":
        return ["sso"];
      case "web-identity":
      case "role":
        return ["sts"];
      case "static":
      case "process":
      case "login":
      case "stored":
        return [];
    }
  });
}

function planned(end: Candidate | undefined): string[] | undefined {
  if (end === undefined || end.standing === "fails") return undefined;
  switch (end.kind) {
    case "environment-keys":
      return [];
    case "environment-token":
      return ["sts"];
    case "profile":
      return plannedFor(end.route!);
    case "container":
      return ["container"];
    case "instance-metadata":
      return ["instance"];
  }
}

const activeIn = ({
  environment,
}: Scenario): { name: string; by: { kind: "environment"; variable: string } | undefined } => {
  const name = environment["AWS_PROFILE"];
  return name ? { name, by: { kind: "environment", variable: "AWS_PROFILE" } } : { name: "default", by: undefined };
};

const ALL_SEEN = { stored: undefined, seesCredentials: true };

const readingOf = ({ config, credentials }: Scenario): Reading => plainReading("sdk", config, credentials);

function expectTraffic(plan: string[] | undefined, { requests, result }: Scenario): void {
  const asked = questions(requests);
  if (result.Ok !== undefined) expect(plan).toEqual(asked);
  // What fails on the way has asked for less than was planned.
  else expect((plan ?? []).slice(0, asked.length)).toEqual(asked);
}

holds(
  "The default chain, as the Rust SDK recorded it",
  scenarios("default-credential-provider-chain"),
  ({ path }) => path,
  (scenario) => {
    const environment: Environment = new Map(
      Object.entries(scenario.environment).map(([name, value]) => [name, { name, ...show(name, value) }]),
    );
    const reading = readingOf(scenario);
    const { end } = chain({ chosen: activeIn(scenario), environment, reading, routes: routes(reading, ALL_SEEN) });
    expectTraffic(planned(end), scenario);
    const { Ok: ok } = scenario.result;
    if (ok !== undefined && scenario.requests.length === 0 && end?.kind === "environment-keys")
      expect(scenario.environment["AWS_ACCESS_KEY_ID"]).toBe(ok.access_key_id);
    if (ok !== undefined && scenario.requests.length === 0 && end?.kind === "profile")
      expect(keyOf(end.route!, reading)).toBe(ok.access_key_id);
    if (ok === undefined && scenario.requests.length === 0) expect(planned(end)).toBeUndefined();
  },
  {
    "default-credential-provider-chain/eks_pod_identity_no_token_file":
      "what stops it is a file with a token, which is not there; a plan looks at no such file",
    "default-credential-provider-chain/sso_no_token_file":
      "what stops it is a cached token, which is not there; a plan looks at no cache",
    "default-credential-provider-chain/profile_overrides_web_identity":
      "Rust, JavaScript and C++ ask the profile before the token of the environment; Java, Go, Kotlin, Ruby and PHP do not",
  },
);

function keyOf(route: Route, reading: Reading): string | undefined {
  const [start] = hops(route);
  return reading.profiles.get(start!.profile)!.get("aws_access_key_id")?.value;
}

holds(
  "Routes, as the Rust SDK recorded them",
  scenarios("profile-provider"),
  ({ path }) => path,
  (scenario) => {
    const route = routes(readingOf(scenario), ALL_SEEN).get(activeIn(scenario).name);
    expectTraffic(route?.found ? plannedFor(route) : undefined, scenario);
    const canFail = scenario.path.startsWith("profile-provider/credential_process_");
    if (scenario.result.Ok === undefined && !canFail) expect(route?.found ?? false).toBe(false);
  },
);
