import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import type { System } from "../src/system/system.ts";
import { type FakeFile, type FakeOptions, type FakeSystem, fakeSystem } from "./fake-system.ts";
import { HOME } from "./fixtures.ts";

/** `check FILE`, as in CI: what is judged, as what, and what is left alone. */

const ROOT = `${HOME}/src/team`;
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

function repository(files: Record<string, FakeFile>, more: FakeOptions = {}): FakeSystem {
  const inRoot = Object.entries(files).map(([name, file]) => [name.startsWith("/") ? name : `${ROOT}/${name}`, file]);
  return fakeSystem({
    folder: ROOT,
    files: { [`${ROOT}/.git/HEAD`]: "ref: refs/heads/main\n", ...Object.fromEntries(inRoot) },
    ...more,
  });
}

async function run(system: System & Pick<FakeSystem, "written">, ...words: string[]) {
  const code = await main(["check", ...words, "--format", "concise"], system);
  return { code, out: system.written.out, errors: system.written.errors };
}

const CONFIG = "[dev]\nregion = eu-west-1\n"; // An error in a config file, and none in a credentials file.

describe("the kind of a file", () => {
  test.each([
    [["aws/config"], true],
    [["shared"], true],
    [["aws/credentials"], false],
    [["credentials.ini"], false],
    [["aws-credentials"], false],
    [["aws/credentials", "--as-config"], true],
    [["shared", "--as-credentials"], false],
  ])("%j", async (words, isConfig) => {
    const { code, out } = await run(repository({ [words[0]!]: CONFIG }), ...words);
    expect(out.includes("config-missing-profile-prefix")).toBe(isConfig);
    expect(code).toBe(isConfig ? 1 : 0);
  });

  test("both at once is nothing", async () => {
    const { code, errors } = await run(repository({ a: CONFIG }), "a", "--as-config", "--as-credentials");
    expect([code, errors]).toEqual([2, expect.stringContaining("not both")]);
  });

  test("and without a file neither is", async () => {
    const { code, errors } = await run(repository({}), "--as-config");
    expect([code, errors]).toEqual([2, expect.stringContaining("none is named")]);
  });
});

describe("what is piped in", () => {
  test("is judged like a file", async () => {
    const { out, code } = await run(repository({}, { input: CONFIG }), "-");
    expect(out).toBe(
      "<stdin>:1:1: error: [dev] is not read as a profile: it has to be [profile dev] [config-missing-profile-prefix]\n",
    );
    expect(code).toBe(1);
  });

  test("may be a credentials file, and its secret is an error and not shown", async () => {
    const input = `[dev]\naws_access_key_id = ASIAIOSFODNN7EXAMPLX\naws_secret_access_key = ${SECRET}\naws_session_token = ${SECRET}X\n`;
    const { out, code } = await run(repository({}, { input }), "-", "--as-credentials");
    expect(out).toContain("<stdin>:4:21: error: [dev] gives its aws_session_token");
    expect(out).not.toContain(SECRET.slice(0, 10));
    expect(code).toBe(1);
  });

  test.each([["--fix"], ["--diff"]])("is not changed by %s", async (flag) => {
    const { errors, code } = await run(repository({}, { input: CONFIG }), "-", flag);
    expect([code, errors]).toEqual([2, expect.stringContaining("name a file")]);
  });
});

test("suppressions count, unless nobody wants them to", async () => {
  const config = `# aws-vault-doctor: ignore[config-missing-profile-prefix] -- somebody else's file\n${CONFIG}`;
  expect((await run(repository({ a: config }), "a")).code).toBe(0);
  const { code, out } = await run(repository({ a: config }), "a", "--no-suppressions");
  expect(code).toBe(1);
  expect(out).toContain("[config-missing-profile-prefix]");
});

test("what is wrong with suppressions can be left out, as all else can", async () => {
  const config = "# aws-vault-doctor: ignore[nothing] -- so\n[default]\n";
  const told = async (...words: string[]) => (await run(repository({ a: config }), "a", ...words)).out;
  expect(await told()).toContain("[suppression-malformed]");
  expect(await told("--skip", "suppression-malformed")).not.toContain("suppression");
  expect(await told("--only", "unknown-region")).toBe("");
  expect(await told("--only", "suppression-malformed")).toContain("[suppression-malformed]");
});

describe("a link in a repository", () => {
  const files = { [`${HOME}/.aws/credentials`]: "[own]\n", [`${ROOT}/real/config`]: CONFIG };
  test.each([
    ["to a file of the repository", { "aws/config": { link: "../real/config" } }, 1],
    ["to a file outside of it", { "aws/config": { link: `${HOME}/.aws/credentials` } }, 2],
    ["that goes up and out", { "aws/config": { link: "../../../.aws/credentials" } }, 2],
    ["of a folder, to one outside of it", { aws: { link: `${HOME}/.aws` } }, 2],
    ["that leads nowhere", { "aws/config": { link: "nowhere" } }, 3],
  ] as const)("%s", async (_, links, expected) => {
    const name = "aws" in links ? "aws/credentials" : "aws/config";
    const { code, out, errors } = await run(repository({ ...files, ...links }), name);
    expect(code, out + errors).toBe(expected);
    if (expected === 2) expect(errors).toContain("leads out of the repository");
  });
});

describe("a link in a repository is not written through, nor read for what is in it", () => {
  const BASHRC = `${HOME}/.bashrc`;
  const own = { [BASHRC]: "export PASSWORD=hunter2\n", "aws/config": "" };
  test.each([
    [["--format", "sarif", "--output", "out"], { out: { link: BASHRC } }],
    [["--format", "sarif", "--output", "folder/out"], { folder: { link: HOME } }],
    [["--write-baseline", "folder/known.json"], { folder: { link: HOME } }],
    [["--baseline", "known.json"], { "known.json": { link: BASHRC } }],
    [[], { "aws-vault-doctor.ini": { link: BASHRC } }],
  ])("%j with %j", async (words, links) => {
    const system = repository({ ...own, ...links });
    const before = [...system.nodes];
    const code = await main(["check", "aws/config", ...words], system);
    expect([...system.nodes]).toEqual(before);
    expect([code, system.written.out]).toEqual([2, ""]);
    expect(system.written.errors).toMatch(/leads out of/);
    expect(system.written.errors).not.toContain("hunter2");
  });

  test.each([
    ["aws-vault-doctor.ini", BASHRC],
    [".github", HOME],
  ])("init writes nothing through %s", async (name, link) => {
    const system = repository({ ...own, [name]: { link } });
    const before = [...system.nodes];
    expect(await main(["init", "--force"], system)).toBe(2);
    expect([...system.nodes]).toEqual(before);
  });
});

describe("a stranger's config", () => {
  const HOSTILE = `[default]
region = eu-west-1
ca_bundle = ${HOME}/.ssh/id_ed25519
cli_legacy_plugin_path = /etc
credential_process = /usr/bin/touch /tmp/pwned
[profile a]
web_identity_token_file = /etc/shadow
role_arn = arn:aws:iam::111122223333:role/x
mfa_process = touch /tmp/pwned
web_identity_token_process = touch /tmp/pwned
sso_session = s
[profile b]
include_profile = /etc/passwd
source_profile = ../../etc/passwd
role_arn = arn:aws:iam::111122223333:role/x
credential_source = EcsContainer
endpoint_url = http://169.254.169.254/
[sso-session s]
sso_start_url = https://company.awsapps.com/start
sso_region = eu-west-1
`;

  test("makes the doctor read no other file, list nothing, run nothing, connect nowhere and write nothing", async () => {
    const own = [`${HOME}/.ssh/id_ed25519`, `${HOME}/.aws/config`, `${HOME}/.aws/credentials`, `${HOME}/.bashrc`];
    const system = repository({
      "aws/config": HOSTILE,
      ...Object.fromEntries([...own, "/etc/shadow", "/usr/bin/touch"].map((path) => [path, "x"])),
    });
    const touched = new Set<string>();
    const opened: string[] = [];
    const watch = <Area extends object>(area: Area, name: string): Area =>
      new Proxy(area, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key);
          if (typeof value !== "function") return value;
          return (...args: unknown[]) => {
            const what = `${name}.${String(key)}`;
            if (what === "files.read") opened.push(String(args[0]));
            else touched.add(what);
            if (typeof args[0] === "string") touched.add(args[0]);
            return Reflect.apply(value, target, args) as unknown;
          };
        },
      });
    const watched = {
      ...system,
      files: watch(system.files, "files"),
      network: watch(system.network, "network"),
      programs: watch(system.programs, "programs"),
      changes: () => Promise.reject(new Error("a check changes nothing")),
    };
    const { errors } = await run(watched, "aws/config");
    expect(errors).toBe("");
    expect(opened).toEqual([`${ROOT}/aws/config`]);
    const preferences = [`${HOME}/.config/aws-vault-doctor/config.ini`, `${ROOT}/aws-vault-doctor.ini`];
    expect([...touched].sort()).toEqual(
      [
        "files.follow",
        "files.look",
        "files.real",
        ...preferences,
        ...["", "/.git", "/aws/config"].map((path) => ROOT + path),
      ].sort(),
    );
  });
});
