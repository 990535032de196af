import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { type FakeFile, type FakeOptions, fakeSystem } from "./fake-system.ts";
import { HOME } from "./fixtures.ts";

const ROOT = `${HOME}/src/team`;
const WRONG = "[dev]\nregion = eu-west-1\n\n[profile prod]\nregion = eu-wst-1\n";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/** A repository over several runs: what one of them writes, the next one finds. */
function repository(files: Record<string, FakeFile>) {
  let nodes: FakeOptions["nodes"];
  const named = Object.fromEntries(Object.entries(files).map(([name, file]) => [`${ROOT}/${name}`, file]));
  const inside = () =>
    fakeSystem({
      folder: ROOT,
      files: { [`${ROOT}/.git/HEAD`]: "", ...named },
      ...(nodes === undefined ? {} : { nodes }),
    });
  return {
    async run(...words: string[]) {
      const system = inside();
      const code = await main(words, system);
      nodes = system.nodes;
      return { code, out: system.written.out, errors: system.written.errors };
    },
    write(name: string, text: string) {
      const system = inside();
      system.files.replace(`${ROOT}/${name}`, new TextEncoder().encode(text), 0o600);
      nodes = system.nodes;
    },
    text: (name: string) => new TextDecoder().decode(inside().files.read(`${ROOT}/${name}`, 1_000_000)),
  };
}

const CHECK = ["check", "aws/config", "--format", "concise", "--baseline", "known.json"];

async function known(config = WRONG) {
  const one = repository({ "aws/config": config });
  const { code, errors, out } = await one.run("check", "aws/config", "--write-baseline", "known.json");
  expect([code, out]).toEqual([0, ""]);
  expect(errors).toMatch(/^\d+ findings? written to known\.json\n$/);
  return one;
}

test("what is known is silent, and counted", async () => {
  const one = await known();
  expect(await one.run(...CHECK)).toEqual({ code: 0, out: "", errors: "" });
  expect((await one.run("check", "aws/config", "--baseline", "known.json")).out).toContain(
    "Nothing is wrong, as far as can be seen (2 in the baseline)",
  );
});

test("and its file is easy to compare: a line for each finding, in one order", async () => {
  const text = (await known()).text("known.json");
  expect(text).toMatch(
    /^\{\n {2}"schemaVersion": 1,\n {2}"tool": "aws-vault-doctor",\n {2}"findings": \[\n {4}\{.*\},\n {4}\{.*\}\n {2}\]\n\}\n$/,
  );
  expect(text).toContain('"rule":"unknown-region","file":"aws/config","where":"aws/config [profile prod]"');
  const other = WRONG.split("\n\n").toReversed().join("\n");
  expect((await known(other)).text("known.json")).toBe(text);
});

test.each([
  ["lines above", (text: string) => `# one\n\n# two\n${text}`],
  ["other blanks", (text: string) => text.replaceAll(" = ", "=")],
  ["another order", (text: string) => text.split("\n\n").toReversed().join("\n")],
])("it stays known with %s", async (_, change) => {
  const one = await known();
  one.write("aws/config", change(WRONG));
  expect(await one.run(...CHECK)).toEqual({ code: 0, out: "", errors: "" });
});

test("what is new is told, also where the same rule is known elsewhere", async () => {
  const one = await known();
  one.write("aws/config", `${WRONG}[profile other]\nregion = eu-wst-1\n`);
  const { code, out } = await one.run(...CHECK);
  expect(code).toBe(1);
  expect(out.split("\n").map((line) => line.slice(0, 20))).toEqual(["aws/config:7:10: err", ""]);
});

test("what is new is told to people too, where what it would stand under is known", async () => {
  const one = await known();
  one.write("aws/config", `${WRONG}[profile other]\nregion = eu-wst-1\n`);
  const { out } = await one.run("check", "aws/config", "--baseline", "known.json");
  expect(out).toContain("error unknown-region 7:10");
});

describe("an entry for which nothing is found any more", () => {
  test("is a finding at its line, and goes with prune", async () => {
    const one = await known();
    one.write("aws/config", WRONG.replace("eu-wst-1", "eu-west-1"));
    const { code, out } = await one.run(...CHECK);
    expect(out).toMatch(
      /^known\.json:\d:1: warning: unknown-region is not found any more in aws\/config \[profile prod\] \[baseline-stale\]\n$/,
    );
    expect(code).toBe(0);
    const pruned = await one.run("baseline", "prune", "aws/config", "--baseline", "known.json");
    expect(pruned.errors).toBe(
      "taken out: unknown-region in aws/config [profile prod]\n1 finding left in known.json\n",
    );
    expect(await one.run(...CHECK)).toEqual({ code: 0, out: "", errors: "" });
  });

  test.each([
    ["when another file is judged", ["check", "other/config"]],
    ["when its rule is not asked", ["check", "aws/config", "--skip", "unknown-region"]],
    ["when nobody wants to hear of it", ["check", "aws/config", "--skip", "baseline-stale"]],
    ["when what is so mild is not told", ["check", "aws/config", "--severity", "error"]],
  ])("may still be there %s", async (_, words) => {
    const one = await known();
    one.write("aws/config", "");
    one.write("aws/config2", "");
    const others = repository({ "aws/config": "", "other/config": "", "known.json": one.text("known.json") });
    const { out } = await others.run(...words, "--format", "concise", "--baseline", "known.json");
    const stale = out.split("\n").filter((line) => line.includes("baseline-stale"));
    expect(stale.map((line) => /warning: (\S+)/.exec(line)![1])).toEqual(
      words.includes("unknown-region") ? ["config-missing-profile-prefix"] : [],
    );
  });
});

test("it holds no secret, and no hash that a guess could be tried on", async () => {
  const keys = (secret: string) =>
    `[ci]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`;
  const texts = await Promise.all(
    [SECRET, "short", `${SECRET}${SECRET}`].map(async (secret) => {
      const one = repository({ "aws/credentials": keys(`${secret}x`) });
      await one.run("check", "aws/credentials", "--write-baseline", "known.json", "--only", "secret-in-shared-file");
      return one.text("known.json");
    }),
  );
  expect(texts[0]).toContain("secret-in-shared-file");
  expect(texts[0]).not.toContain("IOSFODNN7");
  expect(new Set(texts).size).toBe(1);
});

describe("what is no baseline", () => {
  test.each([
    ["is not there", undefined, "there is no baseline 'known.json'"],
    ["is no JSON", "x", "it is not JSON"],
    ["is somebody else's", "{}", "it does not say that it is ours"],
    ["is of another version", '{"tool":"aws-vault-doctor","schemaVersion":9,"findings":[]}', "another version"],
    ["lacks something", '{"tool":"aws-vault-doctor","schemaVersion":1,"findings":[{}]}', "its finding 1 has no rule"],
  ])("%s", async (_, text, message) => {
    const one = repository({ "aws/config": WRONG, ...(text === undefined ? {} : { "known.json": text }) });
    const { code, errors } = await one.run(...CHECK);
    expect(errors).toContain(message);
    expect(code).toBe(2);
  });

  test("is never written over", async () => {
    const one = repository({ "aws/config": WRONG });
    const { code, errors } = await one.run("check", "aws/config", "--write-baseline", "aws/config");
    expect([code, errors]).toEqual([2, expect.stringContaining("is no baseline")]);
    expect(one.text("aws/config")).toBe(WRONG);
  });
});
