import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { readOpenly } from "../src/awsconfig/document.ts";
import { read } from "../src/awsconfig/profiles.ts";
import type { Means } from "../src/credentials/means.ts";
import { rotate } from "../src/credentials/rotation.ts";
import { main } from "../src/main.ts";
import { Secret } from "../src/secret.ts";
import type { Files } from "../src/system/system.ts";
import { fileStore } from "../src/vault/file-store.ts";
import { listingOf } from "../src/vault/listing.ts";
import { longTermKeyItem, readLongTermKey } from "../src/vault/long-term-key.ts";
import { sessionItem } from "../src/vault/session.ts";
import type { Item, Store } from "../src/vault/store.ts";
import { type FakeSystem, fakeSystem } from "./fake-system.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import type { FakeUser, FakeWorld } from "./support/fake-aws-world.ts";
import { ADMIN, JANE, janesCode, SERIAL, world } from "./support/world.ts";

/** Rotation against a strict stand-in for AWS, also where it is killed: after it there is always a stored key that works. */

const PASSPHRASE = "a passphrase";
const KEYS = "/home/user/.awsvault/keys";
const [OLD] = JANE.keys;
const CONFIG = `
[default]
region = eu-west-1
[profile work]
[profile other]
source_profile = work
[profile jane]
mfa_serial = ${SERIAL}
[profile admin]
role_arn = ${ADMIN}
source_profile = jane
mfa_serial = ${SERIAL}
[profile people]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = ReadOnly
`;

let aws: FakeAws;
afterEach(() => aws?.close());
const jane = (): FakeUser => aws.state.users[0]!;
const ids = (): string[] => jane().keys.map(({ id }) => id);

async function machine(url: string, nodes?: FakeSystem["nodes"]): Promise<FakeSystem> {
  const system = fakeSystem({
    environment: { AWS_ENDPOINT_URL: url, AWS_VAULT_FILE_PASSPHRASE: PASSPHRASE },
    now: new Date(),
    answers: [janesCode(aws)],
    ...(nodes === undefined ? { files: { "/home/user/.aws/config": CONFIG } } : { nodes }),
  });
  if (nodes !== undefined) return system;
  const key = keyOf(OLD!);
  const store = storeOf(system);
  for (const profile of ["work", "jane"]) await store.put(longTermKeyItem(profile, key));
  for (const profile of ["work", "other", "people"]) await store.put(session(profile));
  return system;
}

const session = (profile: string) =>
  sessionItem(
    { type: "sts.GetSessionToken", profile, mfa: "" },
    {
      accessKeyId: Secret.ofText("ASIAEXAMPLE"),
      secretAccessKey: Secret.ofText("x"),
      sessionToken: Secret.ofText("y"),
      expires: new Date("2030-01-01T00:00:00Z"),
    },
  );

const storeOf = (system: FakeSystem) =>
  fileStore(system, KEYS, async () => ({ secret: Secret.ofText(PASSPHRASE), isTyped: false }));

async function storedKey(profile: string, system: FakeSystem) {
  const key = readLongTermKey((await storeOf(system).get(profile))!);
  return { id: key.accessKeyId.reveal(), secret: key.secretAccessKey.reveal() };
}

async function start(more: FakeWorld = {}): Promise<void> {
  aws = await startFakeAws(world(more));
}

const STATE = "/home/user/.local/state/aws-vault-doctor/rotations";
const begun = (system: FakeSystem): string[] => [...system.nodes.keys()].filter((path) => path.startsWith(`${STATE}/`));

/** What has to be so after a rotation that came to its end. */
async function isRotated(profile: string, system: FakeSystem): Promise<void> {
  const stored = await storedKey(profile, system);
  expect(ids()).toEqual([stored.id]);
  expect(stored.id).not.toBe(OLD!.id);
  expect(jane().keys[0]!.secret).toBe(stored.secret);
  expect(begun(system)).toEqual([]);
  expect(await storeOf(system).list()).not.toContain(`${profile} (being rotated)`);
}

test("a key is made, proved, stored, and only then the old one deleted", async () => {
  await start({ settling: 3 });
  const system = await machine(aws.url);
  expect(await main(["vault", "rotate", "work"], system), system.written.errors).toBe(0);
  await isRotated("work", system);
  expect(await storedKey("jane", system)).toEqual(await storedKey("work", system));
  const { id } = jane().keys[0]!;
  expect(
    system.written.out,
  ).toBe(`Rotating credentials stored for profile 'work' using master credentials (takes 10-20 seconds)
Creating a new access key
Created new access key ****************${id.slice(-4)}
Stored it for 'jane' too, which had the old one
Deleted 1 sessions for work
Deleted 1 sessions for other
Deleting old access key ****************MPLE
Deleted old access key ****************MPLE
Finished rotating access key
`);
  expect(system.written.out + system.written.errors).not.toContain(OLD!.secret);
  expect((await listingOf(storeOf(system))).sessions.map(({ profile }) => profile)).toEqual(["people"]);
  const { calls } = aws;
  expect(calls.indexOf("iam:DeleteAccessKey")).toBeGreaterThan(calls.lastIndexOf("sts:GetCallerIdentity"));
});

test.each([
  ["jane", 1],
  ["admin", 1],
])("with MFA in '%s', a code is asked for once, and the cache is not used", async (profile, asked) => {
  await start();
  const system = await machine(aws.url);
  const code = await main(["vault", "rotate", profile], system);
  expect(system.asked).toHaveLength(asked);
  if (profile === "admin") {
    // This role is in another account, where there is no such user.
    expect(code).toBe(1);
    expect(await storedKey("jane", system)).toEqual({ id: OLD!.id, secret: OLD!.secret });
    expect(ids()).toEqual([OLD!.id]);
    expect(begun(system)).toEqual([]);
    return;
  }
  expect(code, system.written.errors).toBe(0);
  await isRotated("jane", system);
});

test("--no-session of a role rotates the key that it starts from", async () => {
  await start();
  const system = await machine(aws.url);
  expect(await main(["vault", "rotate", "--no-session", "admin"], system), system.written.errors).toBe(0);
  expect(system.asked).toEqual([]);
  await isRotated("jane", system);
});

describe("nothing changes, and why is told,", () => {
  const told = async (args: readonly string[], change: () => void = () => {}, more: FakeWorld = {}) => {
    await start(more);
    const system = await machine(aws.url);
    change();
    expect(await main(["vault", "rotate", ...args], system)).toBe(1);
    expect(await storedKey("work", system)).toEqual({ id: OLD!.id, secret: OLD!.secret });
    expect(begun(system)).toEqual([]);
    expect((await storeOf(system).list()).filter((key) => key.includes("rotated"))).toEqual([]);
    return system.written.errors;
  };

  test("where the user has two keys already", async () => {
    const second = {
      id: "AKIAIOSFODNN7EXAMPL2",
      secret: "x",
      isActive: false,
      created: new Date("2021-02-03T00:00:00Z"),
    };
    const errors = await told(["work"], () => jane().keys.push(second));
    expect(errors).toContain("IAM allows two, and arn:aws:iam::111122223333:user/jane has both");
    expect(errors).toMatch(
      /\*MPLE \(in the vault, active, made 2020-01-01, last used 20..-..-..\), \*+MPL2 \(inactive, made 2021-02-03, never used\)/,
    );
    expect(ids()).toHaveLength(2);
  });

  test("where the key does not work", async () => {
    const errors = await told(["work"], () => {
      jane().keys[0]!.isActive = false;
    });
    expect(errors).toContain(
      "the stored key ****************MPLE of 'work' does not work: STS: GetCallerIdentity: InvalidClientTokenId",
    );
  });

  test("where the profile starts from no key", async () => {
    expect(await told(["people"])).toContain(
      "Error determining credential name for 'people': No master credentials found",
    );
    expect(await (async () => (await aws.close(), told(["wrok"])))()).toContain(
      "profile 'wrok' not found in ~/.aws/config",
    );
  });

  test("where the user may not make one", async () => {
    const errors = await told(["work"], undefined, {
      users: [{ ...JANE, keys: [{ ...OLD! }], denied: ["iam:CreateAccessKey"] }],
    });
    expect(errors).toContain("Error creating a new access key: IAM: CreateAccessKey: AccessDenied");
  });

  test("where AWS is out of reach", async () => {
    const errors = await told(["work"], () => void aws.close());
    expect(errors).toMatch(/The rotation was broken off: STS: GetCallerIdentity: ECONN/);
    expect(errors).toContain("`aws-vault-doctor vault rotate work` goes on from here");
  });

  test("where the store cannot be written", async () => {
    await start();
    const system = await machine(aws.url);
    const before = aws.calls.length;
    const environment = { ...system.environment, AWS_VAULT_FILE_PASSPHRASE: "another" };
    expect(await main(["vault", "rotate", "work"], { ...system, environment })).toBe(1);
    expect(aws.calls.slice(before)).not.toContain("iam:CreateAccessKey");
  });
});

test("without leave to list keys or to delete them, the new key is stored, and the next run deletes the old one", async () => {
  const user = { ...JANE, keys: [{ ...OLD! }], denied: ["iam:ListAccessKeys", "iam:DeleteAccessKey"] };
  await start({ users: [user] });
  const system = await machine(aws.url);
  expect(await main(["vault", "rotate", "work"], system)).toBe(1);
  expect(system.written.errors).toContain(
    "Can't delete old access key ****************MPLE: IAM: DeleteAccessKey: AccessDenied",
  );
  expect(system.written.errors).toContain("`aws-vault-doctor vault rotate work` goes on from here");
  const made = await storedKey("work", system);
  expect(ids()).toEqual([OLD!.id, made.id]);
  user.denied.length = 0;
  const again = await machine(aws.url, system.nodes);
  expect(await main(["vault", "rotate", "work"], again), again.written.errors).toBe(0);
  expect(await storedKey("work", again)).toEqual(made);
  await isRotated("work", again);
});

test("a key that somebody stored in between is left as it is", async () => {
  await start({ users: [{ ...JANE, keys: [{ ...OLD! }], denied: ["iam:DeleteAccessKey"] }] });
  const system = await machine(aws.url);
  await main(["vault", "rotate", "work"], system);
  const [, made] = jane().keys;
  const third = { id: "AKIAIOSFODNN7EXAMPL3", secret: "third", isActive: true, created: new Date() };
  jane().keys.splice(0, 1, third);
  await storeOf(system).put(longTermKeyItem("work", keyOf(third)));
  const again = await machine(aws.url, system.nodes);
  expect(await main(["vault", "rotate", "work"], again)).toBe(1); // Two keys are there already.
  expect(again.written.out).toContain(
    `Access key ****************${made!.id.slice(-4)}, which was made then, stays in IAM`,
  );
  expect((await storedKey("work", again)).id).toBe(third.id);
  expect(ids()).toHaveLength(2);
});

/* ─────────────────────────────── the kills ────────────────────────────── */

class Killed extends Error {}

/** Counts what changes something, here or at AWS. At the moment that it is to die, nothing has an effect any more. */
class Life {
  readonly #until: number;
  count = 0;
  constructor(until: number) {
    this.#until = until;
  }
  get isOver(): boolean {
    return this.count >= this.#until;
  }
  /** Dies before it, or right after it. */
  through<T>(act: () => T): T {
    this.#pass();
    const done = act();
    this.#pass();
    return done;
  }
  #pass(): void {
    if (this.isOver) throw new Killed();
    this.count++;
    if (this.isOver) throw new Killed();
  }
}

const NOTHING = readOpenly("", "credentials", new Uint8Array());
const READING = read("aws-vault-byteness", readOpenly("", "config", new TextEncoder().encode(CONFIG)), NOTHING);

/** All that it takes, with a store in memory: what is sealed takes time to open. */
function meansOf(system: FakeSystem, store: Store): Means {
  return {
    system,
    store,
    reading: READING,
    settings: { noSession: false, caching: false, variables: system.environment },
    mfa: { token: undefined, prompt: undefined, avoidsTerminal: false },
    opensBrowser: false,
    signsInByRedirect: false,
    note: () => {},
    log: () => {},
    during: (_, act) => act(),
  };
}

function memoryStore(items: Map<string, Item>, life: Life): Store {
  return {
    name: "memory",
    list: async () => [...items.keys()],
    get: async (key) => items.get(key),
    put: async (item) => life.through(() => void items.set(item.key, item)),
    remove: async (key) => life.through(() => items.delete(key)),
  };
}

function mortal(system: FakeSystem, life: Life): FakeSystem {
  const { files } = system;
  const dying: Files = {
    ...files,
    replace: (...what) => life.through(() => files.replace(...what)),
    remove: (...what) => life.through(() => files.remove(...what)),
  };
  return { ...system, files: dying };
}

/** Stands before AWS, and hands nothing on for the dead: neither the question nor the answer. */
async function gate(life: { current: Life }) {
  const server = createServer((question, answer) => {
    const drop = () => question.socket.destroy();
    try {
      life.current.through(() => {});
    } catch {
      return drop();
    }
    const { port } = new URL(aws.url);
    const { method, url, headers } = question;
    const onward = request({ host: "127.0.0.1", port, method, path: url, headers }, (reply) => {
      try {
        life.current.through(() => {});
      } catch {
        return drop();
      }
      answer.writeHead(reply.statusCode!, reply.headers);
      reply.pipe(answer);
    });
    question.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}

test("killed at any step, it leaves a stored key that works, and the next run comes to the end", {
  timeout: 60_000,
}, async () => {
  let lost = 0;
  let until = 0;
  for (let isOver = true; isOver; until++) {
    await start();
    const life = { current: new Life(until) };
    const door = await gate(life);
    const system = fakeSystem({ environment: { AWS_ENDPOINT_URL: door.url }, now: new Date() });
    const items = new Map([["work", longTermKeyItem("work", keyOf(OLD!))]]);
    const stored = () => idOf(items.get("work")!);
    const first = rotate("work", meansOf(mortal(system, life.current), memoryStore(items, life.current)), () => {});
    isOver = (await first.catch(() => "broken off")) === "broken off";
    expect(life.current.isOver, `at ${until} it was broken off by something else`).toBe(isOver);
    expect(ids(), `killed at ${until}, the stored key is none of IAM's`).toContain(stored());
    life.current = new Life(Infinity);
    const told: string[] = [];
    if (isOver) await rotate("work", meansOf(system, memoryStore(items, life.current)), (line) => told.push(line));
    if (told.some((line) => line.includes("never stored"))) lost++;
    expect(ids(), `killed at ${until}, the next run: ${told.join("; ")}`).toEqual([stored()]);
    expect([...items.keys()]).toEqual(["work"]);
    expect(begun(system)).toEqual([]);
    await aws.close();
    door.close();
  }
  expect(until).toBeGreaterThan(25);
  expect(lost).toBeGreaterThan(0);
});

const keyOf = ({ id, secret }: { readonly id: string; readonly secret: string }) => ({
  accessKeyId: Secret.ofText(id),
  secretAccessKey: Secret.ofText(secret),
});
/** Only of a key whose secret is that of IAM. */
function idOf(item: Item): string {
  const { accessKeyId, secretAccessKey } = readLongTermKey(item);
  return jane().keys.find(({ secret }) => secret === secretAccessKey.reveal())?.id === accessKeyId.reveal()
    ? accessKeyId.reveal()
    : "";
}
