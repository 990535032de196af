import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { gather } from "../src/doctor/gather.ts";
import { main } from "../src/main.ts";
import { TOOLS } from "../src/model/tool.ts";
import { probes } from "../src/probes/index.ts";
import { type FakeFile, type FakeOptions, fakeSystem } from "./fake-system.ts";
import { HOME } from "./fixtures.ts";

/** Look like secrets of many kinds, and are none. */
const CANARIES = [
  "CaNaRy0/sEcReT+kEy1abcdefghijklmnopqrstu", // forty characters, as a secret access key
  "AKIACANARYCANARYCAN1",
  "ASIACANARYCANARYCAN2",
  "IQoJcanaryTokenXXXXXXXXXXXXXXXXXXXXXXXXX//////////wEaCXVz",
  "hunter2canary",
] as const;
const [SECRET, KEY, TEMPORARY, TOKEN, PASSWORD] = CANARIES;

const CONFIG = `# the old key was ${KEY} with ${SECRET}
; password: ${PASSWORD}
[default]
region = ${SECRET}
aws_access_key_id = ${KEY}
aws_secret_access_key = ${SECRET}
aws_secret_acces_key = ${SECRET}
output = json # ${PASSWORD}
${SECRET}=
${PASSWORD}
[profile a] ; ${PASSWORD}
credential_process = /usr/bin/helper --password ${PASSWORD} --key=${KEY}
mfa_process = pass show ${PASSWORD}
endpoint_url = https://user:${PASSWORD}@localhost:4566
external_id = ${PASSWORD}
role_arn = arn:aws:iam::111122223333:role/x
source_profile = nowhere
s3 =
  proxy_password = ${PASSWORD}
   ${SECRET}
secret: ${PASSWORD}
credential_process = again ${PASSWORD}
[profile a]
token = ${TOKEN}
  ${TOKEN}
[broken ${PASSWORD}
`;
const CREDENTIALS = `aws_secret_access_key = ${SECRET}
[default]
aws_access_key_id = "${TEMPORARY}"
aws_secret_access_key = '${SECRET}' # ${PASSWORD}
aws_session_token = ${TOKEN}
aws_session_token = ${TOKEN}
[profile b]
aws_access_key_id = ${KEY}
  ${SECRET}
aws_secret_access_key=${SECRET}
`;
const BASHRC = `# ${PASSWORD}
export AWS_ACCESS_KEY_ID=${KEY} AWS_SECRET_ACCESS_KEY="${SECRET}"
export AWS_SESSION_TOKEN='${TOKEN}'; mysql -p${PASSWORD}
export AWS_PROFILE=${KEY}
export AWS_SDK_LOAD_CONFIG=${SECRET}
export AWS_SHARED_CREDENTIALS_FILE=$HOME/${KEY}
export HTTPS_PROXY=http://user:${PASSWORD}@proxy:3128
alias aws='AWS_SECRET_ACCESS_KEY=${SECRET} aws'
echo ${SECRET} <<EOF
${PASSWORD}
EOF
`;
const FISH = `set -gx AWS_SECRET_ACCESS_KEY ${SECRET}
set -x AWS_ACCESS_KEY_ID ${KEY} # ${PASSWORD}
`;

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: KEY,
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_SESSION_TOKEN: TOKEN,
  AWS_SECURITY_TOKEN: TOKEN,
  AWS_PROFILE: TEMPORARY,
  AWS_DEFAULT_PROFILE: KEY,
  AWS_SDK_LOAD_CONFIG: SECRET,
  AWS_SECRET_ACCES_KEY: SECRET,
  AWS_VAULT_FILE_PASSPHRASE: PASSWORD,
  AWS_VAULT_OP_SERVICE_ACCOUNT_TOKEN: PASSWORD,
  AWS_ENDPOINT_URL: `http://user:${PASSWORD}@localhost`,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: PASSWORD,
  HTTPS_PROXY: `http://user:${PASSWORD}@proxy`,
  MY_PASSWORD: PASSWORD,
};

const files: Record<string, FakeFile> = {
  [`${HOME}/.aws/config`]: { text: CONFIG, mode: 0o644 },
  [`${HOME}/.aws/credentials`]: { text: CREDENTIALS, mode: 0o666 },
  [`${HOME}/.bashrc`]: BASHRC,
  [`${HOME}/.zshrc`]: BASHRC,
  [`${HOME}/.config/fish/config.fish`]: FISH,
  [`${HOME}/.awsvault/keys/base`]: { text: SECRET, mode: 0o644 },
};

/** A whole canary, or enough of one to be of use. */
function expectClean(text: string, where: string): void {
  for (const canary of CANARIES) {
    for (let at = 0; at + 10 <= canary.length; at++) {
      const found = text.indexOf(canary.slice(at, at + 10));
      expect(found, `${where} shows ${text.slice(Math.max(0, found - 60), found + 40)}`).toBe(-1);
    }
  }
}

const machine = (
  more: Pick<FakeOptions, "nodes" | "isTerminal"> & {
    environment?: Record<string, string>;
    extra?: Record<string, FakeFile>;
    answers?: string[];
  } = {},
) =>
  fakeSystem({
    files: { ...files, ...more.extra },
    environment: { ...ENVIRONMENT, ...more.environment },
    isTerminal: more.isTerminal ?? false,
    ...(more.answers ? { answers: more.answers } : {}),
    ...(more.nodes ? { nodes: more.nodes } : {}),
    ...(more.isTerminal ? { columns: 40 } : {}),
  });

describe("no output shows a secret", () => {
  const commands = [
    [],
    ["check", "--all"],
    ["check", "--format", "json"],
    ["check", "--debug", "--all"],
    ["check", "--format", "json", "--for", "aws-vault-99designs,cli,sdk,aws-vault"],
    ["check", ".aws/config", ".aws/credentials", "--all"],
    ...["concise", "json-lines", "sarif", "junit", "github", "rdjson", "markdown"].map((format) => [
      "check",
      "--format",
      format,
    ]),
    ["check", "--write-baseline", "known.json"],
    ["--complete", "bash", "why", ""],
    ["check", "--profile", "a", "--no-environment"],
    ...["cli", "sdk", "aws-vault", "aws-vault-99designs"].flatMap((tool) => [
      ["profiles", "--as", tool],
      ["profiles", "--as", tool, "--format", "json", "--debug"],
    ]),
    ["profiles"],
    ["profiles", "--format", "json"],
    ["why", "a"],
    ["why", "--format", "json", "--debug"],
    ["rules"],
    ...[
      "list",
      "list --sessions",
      "add --env fresh",
      "add fresh",
      "remove -f base",
      "remove base",
      "clear",
      "clear a",
    ].map((words) => ["vault", ...words.split(" "), "--debug"]),
  ];
  test.each(commands.map((words) => [words.join(" ") || "(no words)", words] as const))("%s", async (_, words) => {
    for (const isTerminal of [false, true]) {
      // On a terminal the real progress display would take over stderr; CI keeps it away.
      const system = machine({ isTerminal, environment: { CI: "1" } });
      await main(words, system);
      expectClean(system.written.out, "stdout");
      expectClean(system.written.errors, "stderr");
    }
  });

  test("nor does each half of a file that all tools can read", async () => {
    const readable = {
      [`${HOME}/.aws/config`]: CONFIG.split("\n").slice(2, 8).join("\n"),
      [`${HOME}/.aws/credentials`]: CREDENTIALS.split("\n").slice(1, 5).join("\n"),
    };
    for (const words of [
      ["check", "--all"],
      ["profiles", "--format", "json"],
      ...["a", "default"].flatMap((name) => [
        ["why", name],
        ["why", name, "--format", "json"],
      ]),
    ]) {
      const system = machine({ extra: readable });
      await main(words, system);
      expectClean(system.written.out + system.written.errors, words.join(" "));
    }
  });

  // An odd ending of a file, and a way for each thing that keys can stand in, or come from.
  const ways = `[profile a]\ncredential_process = false ${PASSWORD}\n[profile b]\nlogin_session = ${PASSWORD}\n[profile c]
role_arn = arn:aws:iam::111122223333:role/x\ncredential_source = Environment\n[profile d]\naws_access_key_id = ${KEY}
aws_secret_access_key = ${SECRET}\nexternal_id = ${PASSWORD}\n[profile e]\nrole_arn = arn:aws:iam::111122223333:role/x
source_profile = f\nexternal_id = ${PASSWORD}\n[profile g]\nrole_arn = arn:aws:iam::111122223333:role/x
credential_source = EcsContainer\n[profile h]\naws_access_key_id = ${KEY}\n`;
  const written = `[f]\naws_access_key_id = ${TEMPORARY}\naws_secret_access_key = ${SECRET}\naws_session_token = ${TOKEN}\n`;
  const twice = `${ways}[profile i]\n${SECRET} = 1\n${SECRET} = 2\n`;
  test.each([
    ["all that it can use", ways],
    ["what the AWS CLI gives up on", twice],
  ])("nor does verify, which goes by %s", async (_, config) => {
    const extra = { [`${HOME}/.aws/config`]: config, [`${HOME}/.aws/credentials`]: written };
    // Nobody listens there.
    const environment = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://localhost/${PASSWORD}`,
      AWS_PROFILE: "a",
      AWS_VAULT_BACKEND: "file",
      CI: "1",
    };
    for (const as of [[], ["--as", "cli"], ["--as", "aws-vault"]])
      for (const format of [[], ["--format", "json"]])
        for (const profile of [["--all"], ["f"], ["h"]]) {
          const system = machine({ extra, environment });
          const words = ["verify", ...profile, ...as, ...format, "--debug"];
          expect(await main(words, system), system.written.errors).toBe(1);
          expectClean(system.written.out + system.written.errors, words.join(" "));
        }
  });

  test("nor does the vault, which takes secrets in and keeps them", async () => {
    const system = machine({
      extra: { [`${HOME}/.aws/config`]: "[profile a]\n" },
      answers: [KEY, SECRET, "arn:aws:iam::111122223333:mfa/jane"],
    });
    for (const words of ["add a", "add --env b", "add --env a", "list", "list --sessions", "remove -f a", "clear"]) {
      expect(await main(["vault", ...words.split(" "), "--debug"], system), system.written.errors).toBe(0);
    }
    expectClean(system.written.out + system.written.errors + system.asked.join(), "what is printed");
    const keys = `${HOME}/.awsvault/keys`;
    expect(system.files.list(keys)).toEqual(["b", "base"]);
    expectClean(new TextDecoder("latin1").decode(system.files.read(`${keys}/b`, 10_000)), "the sealed file");
    expectClean(new TextDecoder().decode(system.files.read(`${HOME}/.aws/config`, 10_000)), "the config file");
  });

  test("nor does our own mistake", async () => {
    const system = machine();
    const broken = {
      ...system,
      files: {
        ...system.files,
        look: () => {
          throw new TypeError("boom");
        },
      },
    };
    expect(await main([], broken)).toBe(70);
    expectClean(system.written.errors, "stderr");
  });
});

describe("nor does what cures", () => {
  const readable = {
    [`${HOME}/.aws/config`]: { text: CONFIG.split("\n").slice(2, 8).join("\n"), mode: 0o644 },
    [`${HOME}/.aws/credentials`]: { text: CREDENTIALS.split("\n").slice(1, 5).join("\n"), mode: 0o666 },
  };
  const kept = /\/runs\/[^/]+\/\d+$/; // The bytes of before, which only their owner can read.

  test.each([
    ["files that tools refuse", {}],
    ["files that they read", readable],
  ])("%s", async (_, extra) => {
    let nodes: ReturnType<typeof machine>["nodes"] | undefined;
    let changed = 0;
    for (const words of [
      ["check", "--diff", "--fix=all"],
      ["check", "--diff", "--fix=all", "--color"],
      ["check", "--fix=all", "--yes", "--all", "--debug"],
      ["check", "--fix=all", "--yes", "--format", "json"],
      ["undo", "--list"],
      ["undo", "--debug"],
      ["check", "--fix"],
      ["undo"],
      ["undo"],
    ]) {
      const system = machine({ extra, ...(nodes ? { nodes } : {}) });
      await main(words, system);
      expectClean(system.written.out, `${words.join(" ")}: stdout`);
      expectClean(system.written.errors, `${words.join(" ")}: stderr`);
      for (const [path, { bytes }] of system.nodes) {
        if (nodes !== undefined && nodes.get(path)?.bytes !== bytes) changed++;
        if (path in files || path in extra || kept.test(path)) continue;
        expectClean(new TextDecoder().decode(bytes), path);
      }
      nodes = system.nodes;
    }
    expect(changed).toBeGreaterThan(5);
  });
});

test("facts hold no secret, however one looks at them", async () => {
  const system = machine();
  const scope = {
    config: undefined,
    credentials: undefined,
    filesOnly: false,
    tools: TOOLS,
    profile: undefined,
    consent: new Set<never>(),
  };
  const needed = [...new Set(rules.flatMap(({ needs }) => needs))];
  const facts = await gather(system, scope, probes, needed, {}, () => {});
  expect(Object.keys(facts).length).toBeGreaterThan(8);
  expectClean(
    inspect(facts, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity }),
    "inspect",
  );
  expectClean(
    JSON.stringify(facts, (_, value) => (value instanceof Map || value instanceof Set ? [...value] : value)),
    "JSON",
  );
});

test("the canaries are planted: the raw files do hold them", () => {
  for (const canary of CANARIES)
    expect(
      Object.values(ENVIRONMENT)
        .concat(CONFIG, CREDENTIALS)
        .some((text) => text.includes(canary)),
    ).toBe(true);
  expect(readFileSync(import.meta.filename, "utf8")).toContain("CANARIES");
});
