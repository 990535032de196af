import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { type FakeFile, fakeSystem } from "./fake-system.ts";
import { HOME } from "./fixtures.ts";

const KEYS =
  "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const GARBAGE = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 256);

/** What stands at ~/.aws/config, what the doctor says of it, and its exit code. */
const cases: readonly (readonly [what: string, file: FakeFile | undefined, says: string, code: number])[] = [
  ["nothing", undefined, "no ~/.aws/config", 0],
  ["an empty file", "", "Nothing is wrong", 0],
  ["a folder", { kind: "directory" }, "This is a folder, and no file", 1],
  ["a FIFO", { kind: "special" }, "~/.aws/config is not a regular file", 3],
  ["a file of somebody else", { text: KEYS, mode: 0o600, owner: 0 }, "It belongs to user id 0, and not to you", 1],
  ["a link that leads nowhere", { link: "/nowhere/config" }, "is a link to /nowhere/config, where there is nothing", 1],
  ["a link to itself", { link: `${HOME}/.aws/config` }, "where there is nothing", 1],
  ["a hundred megabytes", { text: new Uint8Array(100 * 1024 * 1024) }, "not read", 3],
  ["binary", { text: GARBAGE }, "", 1],
  ["a NUL in a value", "[default]\nregion = eu\0west\n", "Region has the character U+0000 in it", 1],
  [
    "UTF-16",
    { text: new Uint8Array([0xff, 0xfe, ...Buffer.from("[default]\nregion = x\n", "utf16le")]) },
    "file is in UTF-16",
    1,
  ],
  ["only a byte order mark", { text: new Uint8Array([0xef, 0xbb, 0xbf]) }, "byte order mark", 1],
  ["a million headers", "[\n".repeat(1_000_000), "section header without its closing bracket", 1],
  [
    "a hundred thousand suppressions",
    `[default]\n${"# aws-vault-doctor: ignore[default-profile] -- so it is\n".repeat(100_000)}region = eu-west-1\n`,
    "More than 1000 suppressions",
    0,
  ],
  ["one long line", `[default]\nregion = ${"x".repeat(5_000_000)}\n`, "Nothing is wrong", 0],
  [
    "ten thousand sources that do not exist",
    Array.from({ length: 10_000 }, (_, i) => `[profile p${i}]\nrole_arn = x\nsource_profile = lost${i}\n`).join(""),
    "source-profile-not-found",
    1,
  ],
  ["ten thousand roles in a chain", chain(10_000), "source-profile-not-found", 1],
  [
    "ten thousand roles in a circle",
    `${chain(10_000)}[profile p10000]\nrole_arn = x\nsource_profile = p0\n`,
    "source-profile-loop",
    1,
  ],
  [
    "names that mean something to JavaScript",
    "[profile __proto__]\n__proto__ = x\n[profile constructor]\nsource_profile = toString\n",
    "'constructor' names a source and has no role",
    0,
  ],
];

function chain(length: number): string {
  return Array.from({ length }, (_, i) => `[profile p${i}]\nrole_arn = x\nsource_profile = p${i + 1}\n`).join("");
}

describe("whatever stands at ~/.aws/config, there is an answer", () => {
  test.each(cases)(
    "%s",
    async (_, file, says, code) => {
      const files: Record<string, FakeFile> = file === undefined ? {} : { [`${HOME}/.aws/config`]: file };
      for (const words of [
        [],
        ["check", "--format", "json"],
        ["profiles"],
        ["profiles", "--as", "aws-vault", "--format", "json"],
      ]) {
        const system = fakeSystem({ files });
        const exit = await main(words, system);
        expect(exit, system.written.errors).not.toBe(70);
        expect(`${system.written.out}${system.written.errors}`).not.toMatch(/^\s+at .*\.ts:\d+/m);
        if (words.length === 0) {
          expect(system.written.out.replaceAll(/\s+/g, " ")).toContain(says);
          expect(exit).toBe(code);
        }
        if (words.includes("json") && system.written.out !== "") JSON.parse(system.written.out);
      }
    },
    20_000,
  );
});

test.each([".bashrc", ".zshrc", ".config/fish/config.fish"])("a start-up file of garbage: %s", async (name) => {
  for (const text of [GARBAGE, "export AWS_PROFILE='", "f() {".repeat(10_000), `export ${"A".repeat(1_000_000)}`]) {
    const system = fakeSystem({ files: { [`${HOME}/${name}`]: { text } } });
    expect(await main([], system), system.written.errors).toBeLessThanOrEqual(1);
  }
});

test("a report puts no control character on the terminal", async () => {
  const name = "\u001b]52;c;eA==\u0007\u001b[2J\u202e\u200b\u009b31m";
  const config = `[profile ${name}]\nrole_arn = x${name}\nsource_profile = ${name}y\n[${name}]\nregion = x\n`;
  const system = fakeSystem({ files: { [`${HOME}/.aws/config`]: config }, environment: { AWS_PROFILE: `${name}z` } });
  await main(["check", "--all"], system);
  await main(["profiles"], system);
  await main(["explain", name], system);
  const printed = system.written.out + system.written.errors;
  expect(printed).toContain("\\x1b]52;c;eA==\\x07\\x1b[2J\\u{202e}\\u{200b}\\x9b31m");
  expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/u.exec(printed)).toBeNull();
});

describe("verify goes aws-vault's way, whatever the AWS CLI gives up on, and tells that where it matters", () => {
  const config = `${HOME}/.aws/config`;
  const credentials = `${HOME}/.aws/credentials`;
  const keys =
    "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
  const text = `[profile token]\nrole_arn = arn:aws:iam::111122223333:role/x\nweb_identity_token_file = /gone\n[profile keys]\n`;
  const own = "unable to read file at /gone";

  test.each<readonly [words: string, files: Record<string, FakeFile>, out: string, errors: string]>([
    ["token", { [credentials]: { kind: "directory" } }, own, ""],
    ["token", { [config]: `${text}x = 1\nx = 2\n` }, own, ""],
    ["--all", { [credentials]: { kind: "directory" } }, own, `${credentials}: is a directory`],
    ["--all", { [config]: `${text}x = 1\nx = 2\n` }, own, `the AWS CLI cannot read ${config}, line 6: a second 'x'`],
    ["keys", { [credentials]: { kind: "directory" } }, "credentials missing", `${credentials}: is a directory`],
    ["other", { [credentials]: { kind: "directory" } }, "", `${credentials}: is a directory`],
    ["--all --as aws-vault", { [credentials]: `[other]\n${keys}` }, own, ""],
    // What aws-vault gives up on is in nobody's way who does not ask for it.
    ["token --as cli", { [config]: `${text}region = x\n  and more\n` }, own, ""],
  ])("%s: %j", async (words, files, out, errors) => {
    const environment = { AWS_VAULT_BACKEND: "file" };
    const system = fakeSystem({ files: { [config]: text, ...files }, environment });
    expect(await main(["verify", ...words.split(" ")], system)).toBe(1);
    expect(system.written.out.replaceAll(/[\s│]+/g, " ")).toContain(out);
    if (errors === "") expect(system.written.errors).toBe("");
    else expect(system.written.errors).toContain(`aws-vault-doctor: ${errors}`);
  });
});

describe("the vault names the file that is in its way, and fails as aws-vault does", () => {
  const config = `${HOME}/.aws/config`;
  const keys = `${HOME}/.awsvault/keys`;
  const environment = {
    AWS_VAULT_BACKEND: "file",
    AWS_VAULT_FILE_PASSPHRASE: "p",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };

  test.each<readonly [line: string, files: Record<string, FakeFile>, says: string]>([
    ["list", { [config]: { kind: "special" } }, `${config}: is not a regular file`],
    ["exec work -- true", { [config]: { kind: "directory" } }, `${config}: is a directory`],
    ["list", { [config]: { text: "", mode: 0o000 } }, `${config}: permission denied`],
    ["list", { [keys]: { kind: "directory", mode: 0o000 } }, `${keys}: permission denied`],
    ["list", { [keys]: "a file" }, `${keys}: is not a directory`],
    ["add --env work", { [keys]: { kind: "directory", mode: 0o500 } }, `${keys}/work: permission denied`],
    [
      "add --env work",
      { [config]: { text: "", mode: 0o400 } },
      `Error adding profile: ${config}: permission denied\n  the key is stored all the same, and can be used`,
    ],
  ])("%s: %j", async (line, files, says) => {
    const system = fakeSystem({ files, environment });
    expect(await main(["vault", ...line.split(" ")], system)).toBe(1);
    expect(system.written.errors).toBe(`aws-vault-doctor: ${says}\n`);
  });
});

test.each([
  [
    "",
    "p: credentials missing",
    "`aws-vault-doctor vault add p` stores a key for it; `aws-vault-doctor check --profile p` says what is wrong",
  ],
  ["role_arn = x", "p: credentials missing: it has a role_arn, and no source_profile or key of its own", ""],
  [
    "role_arn = x\nsource_profile = oter",
    "p: credentials missing: its source_profile 'oter' is not in ~/.aws/config, did you mean 'other'?",
    "",
  ],
  ["duration_seconds = 1h", `line 2 of ${HOME}/.aws/config: duration_seconds of 'p' is no whole number of seconds`, ""],
  [
    "session_tags = a",
    "session tags string must be <key1>=<value1>",
    `they are those of 'p', line 2 of ${HOME}/.aws/config`,
  ],
  ["source_profile = p2\n[profile p2]\nsource_profile = p", "Loop detected in config file for profile 'p", ""],
])("a profile that leads nowhere is told why: %j", async (lines, says, hint) => {
  const files = { [`${HOME}/.aws/config`]: `[profile p]\n${lines}\n[profile other]\n` };
  const system = fakeSystem({ files, environment: { AWS_VAULT_BACKEND: "file" } });
  expect(await main(["vault", "export", "p"], system)).toBe(1);
  expect(system.written.errors).toContain(says);
  expect(system.written.errors).toContain(hint);
});
