import { assert } from "vitest";
import { childEnvironment } from "../../src/run/child-environment.ts";
import { serve } from "../../src/serve/serve.ts";
import type { HttpAnswer, HttpRequest } from "../../src/system/system.ts";
import { fakeSystem } from "../fake-system.ts";
import { temporary } from "../support/credentials.ts";
import { holds, vectors } from "./data.ts";

/**
 * Whom clients ask and for what, by their own tests. In an environment that leads them elsewhere, what a served command is
 * told leads them to our server all the same; and that answers at every path that they ask for.
 */
interface Vector {
  readonly kind: string;
  readonly name: string;
  readonly dialect: string;
  readonly uri?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A setting there leads elsewhere whatever a command is told. */
  readonly files?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly allowed?: boolean;
    readonly uri?: string;
    readonly requestPath?: string;
    readonly tokenUri?: string;
    readonly disabled?: boolean;
  };
}

const all = vectors<readonly Vector[]>("container-imds-vectors.json", []).filter(
  ({ files = {} }) => Object.keys(files).length === 0,
);
const idOf = ({ kind, dialect, name, uri = "" }: Vector): string => `${kind}, ${dialect}: ${name} ${uri}`.trim();

type Answers = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;

/** A server, and the environment of the command that it serves, started in that of a vector. */
async function served(kind: "ecs" | "ec2", parent: Readonly<Record<string, string>>) {
  let answers: Answers | undefined;
  const system = fakeSystem();
  const servers = {
    ...system.servers,
    serve: (address: string, port: number, given: Answers) => system.servers.serve(address, port, (answers = given)),
  };
  const first = temporary(0, new Date(system.now().getTime() + 3_600_000));
  const source = { own: async () => first, role: async () => first };
  const settings = { source, first, region: "eu-west-1", tokenInFile: false, allowsV1: false, tell: () => {} };
  const { variables } = await serve(kind, settings, { ...system, servers });
  const about = { profile: "work", region: "eu-west-1", endpointUrl: undefined };
  const environment = childEnvironment(parent, about, Object.entries(variables));
  const ask = async (method: string, target: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> =>
    answers!({ method, target, headers: new Map(Object.entries(headers)), peer: "127.0.0.1" });
  return { environment, ask };
}

const CONTAINER = ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN"];

holds(
  "paths at which containers are asked for credentials",
  all.filter(({ kind, expect }) => kind === "container-request" && (expect.uri ?? expect.requestPath) !== undefined),
  idOf,
  async ({ environment: parent = {}, expect }) => {
    const { environment, ask } = await served("ecs", parent);
    const told = Object.keys(environment).filter((name) => name.startsWith("AWS_CONTAINER_"));
    assert.sameMembers(told, CONTAINER, "nothing of the container around us is left");
    const path = expect.requestPath ?? expect.uri!.replace(/^http:\/\/[^/]*/, "");
    const host = new URL(environment[CONTAINER[0]!]!).host;
    const { status, body } = await ask("GET", path, { host, authorization: environment[CONTAINER[1]!]! });
    assert.equal(status, 200);
    assert.containsAllKeys(JSON.parse(body!), ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"]);
  },
);

holds(
  "hosts that clients ask for credentials",
  all.filter(({ kind, uri = "" }) => kind === "container-full-uri-host" && uri.startsWith("http://127.0.0.1/")),
  idOf,
  async ({ uri, expect }) => {
    const { environment } = await served("ecs", {});
    assert.equal(new URL(environment[CONTAINER[0]!]!).hostname, new URL(uri!).hostname, "ours is such a host");
    assert.isTrue(expect.allowed);
  },
);

holds(
  "where machines of EC2 are asked for a token",
  all.filter(
    ({ kind, expect }) => kind === "imds-disabled" || (kind === "imds-endpoint" && expect.tokenUri !== undefined),
  ),
  idOf,
  async ({ environment: parent = {}, expect }) => {
    const { environment, ask } = await served("ec2", parent);
    assert.notInclude(Object.keys(environment).join(), "AWS_EC2_METADATA", "nothing leads away from the usual address");
    const headers = { host: "169.254.169.254", "x-aws-ec2-metadata-token-ttl-seconds": "21600" };
    const { status, body } = await ask(
      "PUT",
      new URL(expect.tokenUri ?? "http://x/latest/api/token").pathname,
      headers,
    );
    assert.equal(status, 200);
    const list = "/latest/meta-data/iam/security-credentials/";
    const named = await ask("GET", list, { host: headers.host, "x-aws-ec2-metadata-token": body! });
    assert.equal(named.body, "local-credentials");
  },
);
