import { array, assert, asyncProperty, constantFrom, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../src/arguments.ts";
import { COMMON_FLAGS, type Command, type Parsed } from "../src/commands/command.ts";
import { commands, groups } from "../src/commands/index.ts";
import { COMMAND_NAMES } from "../src/commands/names.ts";
import { parsePlain } from "../src/plain-arguments.ts";

/** What a command can see of it. */
function visible({ command, argv, program, output }: Parsed) {
  const flags = Object.keys({ ...COMMON_FLAGS, ...command?.flags });
  const words = command?.takes.match(/\w+/g) ?? [];
  return {
    command: command?.name,
    flags: Object.fromEntries(flags.flatMap((name) => (argv[name] === undefined ? [] : [[name, argv[name]]]))),
    words: words.map((name) => [argv[name] ?? []].flat()),
    program,
    output,
  };
}

test("the names that a mistyped word is compared with are those of the commands", () => {
  expect(COMMAND_NAMES).toEqual([...commands, ...groups].map(({ name }) => name));
});

const split = (line: string): string[] => (line === "" ? [] : line.split(" "));

describe("plain arguments mean what the library takes them for", () => {
  test.each([
    "",
    "check",
    "--version",
    "-V",
    "--format json",
    "check --format=json --all",
    "check --for cli,sdk --only default-profile --skip=a,b --severity error --fail-on never",
    "check --profile prod --no-environment --no-color --debug team/config",
    "check --config-file a --credentials-file b a=b",
    "check a b c",
    "check --only a b",
    "check --only=a b",
    "check --fix",
    "check --fix=all --yes",
    "check --fix team/config",
    "check --diff --run",
    "explain default-profile",
    "explain -",
    "why",
    "why prod --format json",
    "profiles --as cli --format json",
    "rules",
    "undo --list",
    "undo some-run --force",
    "vault list",
    "vault ls --credentials",
    "vault exec dev -- aws s3 ls --no-color -- x",
    "vault exec -n dev aws s3",
    "vault exec --no-session --region=eu-west-1 dev",
  ])("%s", async (line) => {
    const plain = await parsePlain(split(line));
    expect(plain).toBeDefined();
    expect(visible(plain!)).toEqual(visible(await parse(split(line), 80)));
  });

  test.each([
    "--help",
    "check --help",
    "chek",
    "team/config",
    "--all team/config",
    "check --nonsense",
    "check --no-format",
    "check --format",
    "check --format xml",
    "check --format --all",
    "check --format json --format human",
    "check --all true",
    "check --all=false",
    "check 12345",
    "check -- a",
    "check --profile=",
    "explain",
    "explain a b",
    "rules a",
    "vault",
    "vault lst",
    "vault --debug list",
    "vault exec -nx dev",
  ])("and what is not plain is left to it: %s", async (line) => {
    expect(await parsePlain(split(line))).toBeUndefined();
  });

  test.each([
    ["check a b c", { files: ["a", "b", "c"] }],
    ["check - --only a --only b -", { files: ["-", "-"], only: ["a", "b"] }],
    ["check a --all -- b --fix -", { files: ["a", "b", "--fix", "-"], all: true }],
    ["explain -- -x", { rule: "-x" }],
    ["check --only a --only b,c d", { only: ["a", "b,c"], files: ["d"] }],
    ["check --profile a --profile b --all --all --no-color --color", { profile: "b", all: true, color: true }],
    ["vault exec -n dev aws s3 ls", { profile: "dev", command: ["aws", "s3", "ls"] }],
    ["vault exec -nd1h dev", { profile: "dev", n: true, duration: "1h" }],
    ["vault exec -t123456 dev ls", { profile: "dev", "mfa-token": "123456", command: ["ls"] }],
    ["vault exec dev --no-session true", { profile: "dev", session: false, command: ["true"] }],
  ])("the library keeps all words, and of a flag the last: %s", async (line, expected) => {
    expect((await parse(split(line), 80)).argv).toMatchObject(expected);
  });

  test("whatever flags and words there are", async () => {
    const all: (readonly [names: readonly string[], command: Command])[] = [];
    for (const entry of commands) all.push([[entry.name], await entry.load()]);
    for (const group of groups) for (const one of await group.load()) all.push([[group.name, one.name], one]);
    const line = constantFrom(...all).chain(([names, { flags }]) => {
      const words = ["prod", "a/b", "-", "--", "7", "true", "check", "list", "x=y", "", "--help", "-x", "é"];
      const spelt = Object.entries({ ...COMMON_FLAGS, ...flags }).flatMap(([name, { choices, kind }]) => [
        `--${name}`,
        `--no-${name}`,
        ...(kind === "switch" ? [] : [`--${name}=${choices?.[0] ?? "value"}`, `--${name}=`]),
      ]);
      const values = Object.values(flags).flatMap(({ choices = [] }) => choices);
      const args = array(constantFrom(...words, ...spelt, ...spelt, ...values), { maxLength: 5 });
      return tuple(constantFrom(names, names, names, []), args).map(([first, rest]) => [...first, ...rest]);
    });
    let understood = 0;
    await assert(
      asyncProperty(line, async (args) => {
        const plain = await parsePlain(args);
        if (plain === undefined) return;
        understood++;
        expect(visible(plain)).toEqual(visible(await parse(args, 80)));
      }),
      { numRuns: 400 },
    );
    expect(understood).toBeGreaterThan(40);
  });
});
