import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readOpenly } from "../src/awsconfig/document.ts";
import { read } from "../src/awsconfig/profiles.ts";
import type { Credentials } from "../src/credentials/credentials.ts";
import type { Means } from "../src/credentials/means.ts";
import { credentialsOf } from "../src/credentials/resolve.ts";
import { credentialSource } from "../src/credentials/source.ts";
import { Secret } from "../src/secret.ts";
import { keptFresh } from "../src/serve/fresh.ts";
import { thisMachine } from "../src/system/node.ts";
import { longTermKeyItem } from "../src/vault/long-term-key.ts";
import { readSession, sessionItem } from "../src/vault/session.ts";
import type { Item, Store } from "../src/vault/store.ts";
import { type FakeOptions, type FakeSystem, fakeSystem } from "./fake-system.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import type { FakeWorld } from "./support/fake-aws-world.ts";
import { ADMIN, DEEP, JANE, janesCode, SERIAL, WEB_TOKEN, world } from "./support/world.ts";

/** Whole journeys from a config file to credentials, against a strict stand-in for AWS. */

let aws: FakeAws;
const start = async (more: FakeWorld = {}): Promise<void> => {
  aws = await startFakeAws(world(more));
};
beforeEach(() => start());
afterEach(() => aws.close());

const CONFIG = `
[default]
region = eu-west-1
[profile jane]
mfa_serial = ${SERIAL}
[profile plain]
[profile admin]
role_arn = ${ADMIN}
source_profile = jane
mfa_serial = ${SERIAL}
[profile deep]
role_arn = ${DEEP}
source_profile = admin
external_id = x-1
session_tags = team=red, cost = 1
transitive_session_tags = team
source_identity = jane
role_session_name = jane@example.com
[profile long]
role_arn = ${ADMIN}
source_profile = jane
mfa_serial = ${SERIAL}
duration_seconds = 7200
[profile web]
role_arn = ${ADMIN}
web_identity_token_file = /tmp/token
[profile webprocess]
role_arn = ${ADMIN}
web_identity_token_process = print-token --now
[profile people]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = ReadOnly
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile process]
credential_process = print-credentials
[profile asked]
mfa_serial = ${SERIAL}
mfa_process = print-code
`;

function memoryStore(items: readonly Item[] = []): Store & { readonly items: Map<string, Item> } {
  const all = new Map(items.map((item) => [item.key, item]));
  return {
    items: all,
    name: "memory",
    list: async () => [...all.keys()].sort(),
    get: async (key) => all.get(key),
    put: async (item) => void all.set(item.key, item),
    remove: async (key) => all.delete(key),
  };
}

const key = {
  accessKeyId: Secret.ofText(JANE.keys[0]!.id),
  secretAccessKey: Secret.ofText(JANE.keys[0]!.secret),
};
const stored = () => memoryStore(["jane", "plain", "asked"].map((name) => longTermKeyItem(name, key)));

interface Wishes extends Partial<Omit<Means, "settings" | "system">> {
  readonly system?: FakeSystem;
  readonly config?: string;
  readonly duration?: number;
  readonly noSession?: boolean;
}

function means(wishes: Wishes = {}): Means & { readonly notes: string[]; readonly system: FakeSystem } {
  const { system = machine(), config = CONFIG, duration, noSession = false, ...more } = wishes;
  const bytes = new TextEncoder().encode(config);
  const nothing = readOpenly("", "credentials", new Uint8Array());
  const notes: string[] = [];
  return {
    reading: read("aws-vault-byteness", readOpenly("/home/user/.aws/config", "config", bytes), nothing),
    store: stored(),
    settings: { noSession, duration, caching: true, variables: system.environment },
    mfa: { token: undefined, prompt: undefined, avoidsTerminal: false },
    opensBrowser: true,
    signsInByRedirect: false,
    note: (line) => notes.push(line),
    log: () => {},
    during: (_, act) => act(),
    ...more,
    system,
    notes,
  };
}

const machine = (more: FakeOptions = {}): FakeSystem =>
  fakeSystem({ now: new Date(), ...more, environment: { AWS_ENDPOINT_URL: aws.url, ...more.environment } });

const idOf = async (made: Promise<Credentials>): Promise<string> => {
  const session = aws.state.sessions.get((await made).accessKeyId.reveal());
  return session?.caller.arn ?? "none";
};

describe("a profile comes to its credentials", () => {
  test("with a session of its own keys, for a code that is asked for", async () => {
    const its = means({ system: machine({ answers: [janesCode(aws)] }) });
    expect(await idOf(credentialsOf("jane", its))).toBe("arn:aws:iam::111122223333:user/jane");
    expect(its.system.asked).toEqual([`Enter MFA code for ${SERIAL}:`]);
    expect(Object.fromEntries(aws.asked[0]!)).toMatchObject({ DurationSeconds: "3600", SerialNumber: SERIAL });
    expect([...new Set(its.notes)]).toEqual([`calls to STS go to ${aws.url} (AWS_ENDPOINT_URL)`]);
    // And again, from the cache.
    await credentialsOf("jane", its);
    expect(aws.calls).toEqual(["sts:GetSessionToken"]);
  });

  test("with roles, one after the other, and one code for both", async () => {
    const its = means({ system: machine({ answers: [janesCode(aws)] }) });
    expect(await idOf(credentialsOf("deep", its))).toBe("arn:aws:sts::777788889999:assumed-role/Deep/jane@example.com");
    expect(aws.calls).toEqual(["sts:GetSessionToken", "sts:AssumeRole", "sts:AssumeRole"]);
    expect(Object.fromEntries(aws.asked[0]!)).toMatchObject({ DurationSeconds: "28800" });
    expect(Object.fromEntries(aws.asked[2]!)).toMatchObject({
      ExternalId: "x-1",
      "Tags.member.1.Key": "team",
      "Tags.member.2.Value": "1",
      "TransitiveTagKeys.member.1": "team",
      SourceIdentity: "jane",
      RoleSessionName: "jane@example.com",
    });
  });

  test("with a role for longer than an hour, straight from the keys", async () => {
    const its = means({ system: machine({ answers: [janesCode(aws)] }) });
    await credentialsOf("long", its);
    expect(aws.calls).toEqual(["sts:AssumeRole"]);
    expect(Object.fromEntries(aws.asked[0]!)).toMatchObject({ DurationSeconds: "7200", SerialNumber: SERIAL });
  });

  test("with the stored keys alone, where no session is wanted: nobody is asked", async () => {
    const made = await credentialsOf("jane", means({ noSession: true }));
    expect([made.accessKeyId.reveal(), made.expires, aws.calls]).toEqual([JANE.keys[0]!.id, undefined, []]);
  });

  test("with a web identity, whose file ends with a line end", async () => {
    const system = machine({
      files: { "/tmp/token": `${WEB_TOKEN}\n` },
      says: { "print-token --now": `${WEB_TOKEN}\r\n` },
    });
    expect(await idOf(credentialsOf("web", means({ system })))).toContain("assumed-role/Admin/");
    expect(await idOf(credentialsOf("webprocess", means({ system })))).toContain("assumed-role/Admin/");
    await expect(credentialsOf("web", means())).rejects.toThrow(
      "unable to read file at /tmp/token: there is no such file",
    );
  });

  test("with what a command of the config prints", async () => {
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    const printed = { Version: 1, AccessKeyId: "ASIAEXAMPLE", SecretAccessKey: "s", SessionToken: "t", Expiration };
    const from = (output: object | string) =>
      credentialsOf(
        "process",
        means({
          system: machine({
            says: { "print-credentials": typeof output === "string" ? output : JSON.stringify(output) },
          }),
        }),
      );
    expect((await from(printed)).accessKeyId.reveal()).toBe("ASIAEXAMPLE");
    await expect(from({ ...printed, SessionToken: "" })).rejects.toThrow(
      "JSON credential from credential_process missing the following fields: [SessionToken]",
    );
    await expect(from({ ...printed, Expiration: "2020-01-01T00:00:00Z" })).rejects.toThrow("have expired already");
    await expect(from({ ...printed, SecretAccessKey: "hunter2\nAWS_REGION=x" })).rejects.toThrow(
      /^a value from credential_process has a character in it that no key has$/,
    );
    await expect(from("hunter2canary")).rejects.toThrow(/^invalid JSON format from credential_process$/);
    await expect(credentialsOf("process", means())).rejects.toThrow("running credential_process: exit status 127");
  });

  test.each(["people", "plain"])("and never by a region that is no part of a host's name: %s", async (profile) => {
    const config = CONFIG.replaceAll(/region = eu-west-1/g, "region = hunter2/");
    await expect(credentialsOf(profile, means({ config }))).rejects.toThrow(
      /^[^/]*region[^/]* is no name of a region$/,
    );
  });

  test.each([
    ["http://user:hunter2@x@localhost:1/", "http://…@localhost:1/"],
    ["user:hunter2@localhost", "…@localhost"],
  ])("at an address whose password is not told: %s", async (url, told) => {
    const its = means({ system: machine({ environment: { AWS_ENDPOINT_URL: url } }) });
    await credentialsOf("plain", its).catch(() => {});
    expect(its.notes).toEqual([`calls to STS go to ${told} (AWS_ENDPOINT_URL)`]);
  });

  test("with a sign-in, whose token serves the next time too", async () => {
    const its = means();
    expect(await idOf(credentialsOf("people", its))).toContain("AWSReservedSSO_ReadOnly");
    expect(its.system.written.errors).toContain(
      "https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH\nIt must show the code ABCD-EFGH\n",
    );
    await (its.store as ReturnType<typeof memoryStore>).remove(
      [...(await its.store.list())].find((one) => one.startsWith("sso."))!,
    );
    const before = aws.calls.length;
    await credentialsOf("people", its);
    expect(aws.calls.slice(before)).toEqual(["sso:GET /federation/credentials"]);
    // An administrator has ended the sign-in: it is made again.
    aws.sso.signOut();
    await its.store.remove([...(await its.store.list())].find((one) => one.startsWith("sso."))!);
    expect(await idOf(credentialsOf("people", its))).toContain("AWSReservedSSO_ReadOnly");
  });

  test("with the sign-in of the AWS CLI", async () => {
    const first = means();
    await credentialsOf("people", first);
    const token = JSON.parse((await first.store.get("oidc:https://corp.awsapps.com/start"))!.data.reveal());
    const path = `/home/user/.aws/sso/cache/${first.system.sha1("corp")}.json`;
    const text = JSON.stringify({
      startUrl: "https://corp.awsapps.com/start",
      accessToken: token.Token.AccessToken,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const its = means({ system: machine({ files: { [path]: text } }) });
    const before = aws.calls.length;
    await credentialsOf("people", its);
    expect(aws.calls.slice(before)).toEqual(["sso:GET /federation/credentials"]);
  });
});

describe("a sign-in that comes back to this machine", () => {
  const real = thisMachine("/opt");
  const signIn = () => {
    const base = machine();
    const system = {
      ...base,
      servers: real.servers,
      pause: (milliseconds: number) => real.pause(milliseconds),
      random: (count: number) => real.random(count),
    };
    const its = means({ system, signsInByRedirect: true });
    const made = credentialsOf("people", its);
    const page = async (): Promise<string> => {
      for (;;) {
        const found = /http:\S+\/authorize\S+/.exec(base.written.errors)?.[0];
        if (found !== undefined) return found;
        await real.pause(10);
      }
    };
    return { made, page };
  };

  test("gives credentials for the code that the browser brings, and heeds nobody else", async () => {
    const { made, page } = signIn();
    const back = new URL(aws.sso.approve(await page()));
    const stranger = new URL(back);
    stranger.searchParams.set("state", "another");
    expect((await fetch(stranger)).status).toBe(400);
    expect((await fetch(back.href.replace("/callback", "/elsewhere"))).status).toBe(400);
    expect((await fetch(back.href.replace("127.0.0.1", "localhost")).catch(() => ({ status: 400 }))).status).toBe(400);
    expect(await (await fetch(back)).text()).toContain("You are signed in");
    expect(await idOf(made)).toContain("AWSReservedSSO_ReadOnly");
  });

  test("is refused where the person says no", async () => {
    const { made, page } = signIn();
    const told = expect(made).rejects.toThrow("the sign-in was refused in the browser");
    const asked = new URL(await page()).searchParams;
    await fetch(`${asked.get("redirect_uri")}?error=access_denied&state=${asked.get("state")}`);
    await told;
  });
});

describe("a code", () => {
  test("comes from the profile's own command, or from the flag", async () => {
    const code = janesCode(aws);
    await credentialsOf("asked", means({ system: machine({ says: { "print-code": `${code}\n` } }) }));
    const mfa = { token: Secret.ofText(janesCode(aws)), prompt: undefined, avoidsTerminal: false };
    await credentialsOf("asked", means({ mfa }));
    expect(aws.calls).toHaveLength(2);
  });

  test("comes from a dialog where the terminal is none, and from a Yubikey by name", async () => {
    const files = {
      "/usr/bin/zenity": { text: "", mode: 0o755 },
      "/usr/bin/ykman": { text: "", mode: 0o755 },
    };
    const says = {
      [`/usr/bin/ykman oath accounts code --single ${SERIAL}`]: janesCode(aws),
      [`/usr/bin/zenity --entry --title=aws-vault-doctor --text=Enter MFA code for ${SERIAL}:`]: janesCode(aws),
    };
    const away = { token: undefined, prompt: undefined, avoidsTerminal: true };
    await credentialsOf("jane", means({ system: machine({ files, says }), mfa: away }));
    await credentialsOf("jane", means({ system: machine({ files, says }), mfa: { ...away, prompt: "zenity" } }));
    await expect(credentialsOf("jane", means({ mfa: { ...away, prompt: "zenty" } }))).rejects.toThrow(
      "--prompt value must be one of terminal, got 'zenty'",
    );
  });

  test("that was used is told before it is sent, and another one asked for", async () => {
    const [first, second] = [janesCode(aws), janesCode(aws)];
    const system = machine({ answers: ["12345", first, first, second] });
    await credentialsOf("jane", means({ system }));
    await credentialsOf("jane", means({ system }));
    expect(system.written.errors).toContain("this code was sent 0 s ago already, and AWS takes each one once");
    expect(system.written.errors).toContain("that is no code of six digits");
    expect(aws.calls).toHaveLength(2);
    const mfa = { token: Secret.ofText(second), prompt: undefined, avoidsTerminal: false };
    await expect(credentialsOf("jane", means({ system, mfa }))).rejects.toThrow("--mfa-token: this code was sent");
    expect(aws.calls).toHaveLength(2);
  });

  test("that nobody has answered is as good as before", async () => {
    const code = janesCode(aws);
    const away = machine({ answers: [code], environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" } });
    await expect(credentialsOf("jane", means({ system: away }))).rejects.toThrow("ECONNREFUSED");
    await credentialsOf("jane", means({ system: machine({ answers: [code], nodes: away.nodes }) }));
  });

  test("of a program that has no other one is given up after a while", async () => {
    const code = janesCode(aws);
    const system = machine({ says: { "print-code": code } });
    await credentialsOf("asked", means({ system }));
    await expect(credentialsOf("asked", means({ system }))).rejects.toThrow("mfa_process: this code was sent 0 s ago");
  });

  test("that is wrong is AWS's error, in one line and without a secret", async () => {
    await expect(credentialsOf("jane", means({ system: machine({ answers: ["000000"] }) }))).rejects.toMatchObject({
      message:
        "Failed to get credentials for jane: STS: GetSessionToken: AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code.",
      exitCode: 1,
    });
  });
});

describe("the cache", () => {
  test("serves no session that was made for another role or another time", async () => {
    const store = stored();
    const config = (role: string, more = ""): string =>
      `${CONFIG}\n[profile r]\nregion=eu-west-1\nrole_arn=${role}\nsource_profile=plain\nmfa_serial=${SERIAL}\n${more}`;
    const ask = (text: string, duration?: number) =>
      credentialsOf(
        "r",
        means({
          store,
          config: text,
          ...(duration === undefined ? {} : { duration }),
          system: machine({ answers: [janesCode(aws)] }),
        }),
      );
    const one = await ask(config(ADMIN));
    expect((await ask(config(ADMIN))).accessKeyId.reveal()).toBe(one.accessKeyId.reveal());
    expect(aws.calls).toHaveLength(1);
    await ask(config(ADMIN), 7200);
    expect(aws.calls).toHaveLength(2);
    await expect(ask(config(DEEP), 7200)).rejects.toThrow("AccessDenied");
    expect(aws.calls).toHaveLength(3);
  });

  test("takes what aws-vault has put there as far as it cannot be wrong", async () => {
    const sessionFor = (type: "sts.GetSessionToken" | "sts.AssumeRole", profile: string, seconds: number): Item =>
      sessionItem(
        { type, profile, mfa: SERIAL },
        { ...key, sessionToken: Secret.ofText("t"), expires: new Date(Date.now() + seconds * 1000) },
      );
    const store = stored();
    await store.put(sessionFor("sts.GetSessionToken", "jane", 3000));
    expect((await credentialsOf("jane", means({ store }))).sessionToken?.reveal()).toBe("t");
    await store.put(sessionFor("sts.AssumeRole", "long", 3000));
    await credentialsOf("long", means({ store, system: machine({ answers: [janesCode(aws)] }) }));
    expect(aws.calls).toEqual(["sts:AssumeRole"]);
    // What we write, aws-vault reads: a name more is nothing to it.
    const [item] = [...store.items.values()].filter(({ key: name }) => name.startsWith("sts.AssumeRole"));
    expect(item!.data.reveal()).toMatch(
      /^\{"AccessKeyId":"[^"]+","Expiration":"[^"]+","SecretAccessKey":"[^"]+","SessionToken":"[^"]+","MadeFor":"[0-9a-f]{40} 7200"\}$/,
    );
    expect(readSession(item!)!.madeFor).toMatch(/^[0-9a-f]{40} 7200$/);
    expect([...store.items.keys()].filter((name) => name.startsWith("sts.AssumeRole"))).toHaveLength(1);
  });
});

test("a source for servers asks again when its credentials end, and once for all who ask at once", async () => {
  let now = Date.now();
  const system = { ...machine({ answers: [janesCode(aws)] }), now: () => new Date(now) };
  const fresh = keptFresh(credentialSource("admin", means({ system }), new Map()), system.now);
  const source = async (arn?: string) => fresh(arn);
  const all = await Promise.all([source(), source(), source(), source(DEEP).catch((error: Error) => error.message)]);
  expect(new Set(all.slice(0, 3)).size).toBe(1);
  expect(all[3]).toContain("is not authorized to perform: sts:AssumeRole");
  expect(aws.calls).toEqual(["sts:GetSessionToken", "sts:AssumeRole", "sts:AssumeRole"]);
  now += 3600 * 1000;
  await source();
  expect(aws.calls.slice(3)).toEqual(["sts:AssumeRole"]);
});
