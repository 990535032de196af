import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { FORMAT_NAMES } from "../src/report/formats.ts";
import { type FakeFile, type FakeOptions, type FakeSystem, fakeSystem } from "./fake-system.ts";
import { expectFile, FIXTURES, HOME, readMachine } from "./fixtures.ts";

const REPOSITORY = `${HOME}/src/team`;
const CONFIG = `${REPOSITORY}/team/aws/config`;

function repository(files: Record<string, FakeFile> = {}, more: FakeOptions = {}): FakeSystem {
  const config = readFileSync(join(FIXTURES, "repository", "team", "aws", "config"), "utf8");
  return fakeSystem({
    folder: REPOSITORY,
    files: { [`${REPOSITORY}/.git/HEAD`]: "ref: refs/heads/main\n", [CONFIG]: config, ...files },
    ...more,
  });
}

/** What a format says of the sample repository, or of one with another config. */
async function told(format: string, system = repository()): Promise<string> {
  await main(["check", "team/aws/config", "--format", format], system);
  expect(system.written.errors).toBe("");
  return system.written.out;
}

describe("what each format says of the sample repository", () => {
  test.each(FORMAT_NAMES)("%s", async (format) => {
    expectFile(join(FIXTURES, "formats", `${format}.txt`), steady(await told(format)));
  });
});

/** Without what changes with each version and each new rule. */
const steady = (report: string): string =>
  report
    .replace(/("(?:semanticV|v)ersion": ?)"\d+\.\d+\.\d+"/, '$1"1.2.3"')
    .replace(/doctor \d+\.\d+\.\d+/, "doctor 1.2.3")
    .replace(/\d+ rules/, "100 rules")
    .replace(/"skipped": \[[^\]]*\]/, '"skipped": []');

/* ─────────────────────────── held to their schemas ────────────────────── */

const sarifSchema = () => {
  const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif");
  const text = readFileSync(join(path, "..", "schemas", "sarif-2.1.0-rtm.5.json"), "utf8");
  // The schema is of draft 4, and says nothing that today's draft understands otherwise but for its own name.
  const { $schema: _, id: __, ...schema } = JSON.parse(text);
  return schema;
};
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false });

const text = { type: "string", minLength: 1 };
const line = { type: "integer", minimum: 1 };
const exactly = (properties: Record<string, object>, required = Object.keys(properties)): object => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const position = exactly({ line, column: line });
const range = exactly({ start: position, end: position });

/** Ours, made of what the format's page says, and stricter: what the page does not name may not be there. */
const SCHEMAS: Readonly<Record<string, object>> = {
  sarif: sarifSchema(),
  gitlab: {
    type: "array",
    items: exactly({
      description: text,
      check_name: text,
      fingerprint: text,
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: exactly({ path: text, lines: exactly({ begin: line, end: line }) }),
    }),
  },
  rdjson: exactly({
    source: exactly({ name: text, url: text }),
    diagnostics: {
      type: "array",
      items: exactly(
        {
          message: text,
          location: exactly({ path: text, range }, ["path"]),
          severity: { enum: ["ERROR", "WARNING", "INFO"] },
          code: exactly({ value: text, url: text }, ["value"]),
          suggestions: { type: "array", items: exactly({ range, text: { type: "string" } }) },
        },
        ["message", "location", "severity", "code"],
      ),
    },
  }),
};

const VALIDATORS = new Map(Object.entries(SCHEMAS).map(([format, schema]) => [format, ajv.compile(schema)]));

function expectValid(format: string, report: string): void {
  const validate = VALIDATORS.get(format);
  if (validate === undefined) return;
  expect(validate(JSON.parse(report)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
}

describe("a schema takes it, and not everything", () => {
  test.each(Object.keys(SCHEMAS))("%s", async (format) => {
    expectValid(format, await told(format));
    expectValid(format, await told(format, repository({ [CONFIG]: "" })));
    expectValid(format, await told(format, repository({ [CONFIG]: { text: "[default]\n", mode: 0 } })));
    const broken = JSON.parse((await told(format)).replaceAll(/"(startLine|begin|line)": \d+/g, '"$1": 0'));
    expect(VALIDATORS.get(format)!(broken)).toBe(false);
  });

  test("of a whole machine, too", async () => {
    const { system } = readMachine(join(FIXTURES, "machines", "typical"), { environment: { AWS_PROFILE: "prod" } });
    await main(["check", "--format", "sarif"], system);
    expectValid("sarif", system.written.out);
    const { results } = JSON.parse(system.written.out).runs[0];
    const places = results.map((one: { locations: { physicalLocation?: { artifactLocation: object } }[] }) =>
      one.locations.map(({ physicalLocation }) => physicalLocation?.artifactLocation),
    );
    expect(places).toContainEqual([{ uri: ".aws/config", uriBaseId: "HOME" }]);
    expect(system.written.out).not.toContain(HOME);
  });
});

/* ──────────────────────────────── XML ─────────────────────────────────── */

/** A strict reader of the XML that we write: tags that match, attributes in quotes, five entities, no other mark. */
function readXml(xml: string): { name: string; attributes: Record<string, string> }[] {
  const rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  expect(rest).not.toBe(xml);
  const open: string[] = [];
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const TOKEN =
    /<(\/?)([a-z-]+)((?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos|#35);)*")*)(\/?)>|(?:[^<>&]|&(?:amp|lt|gt|quot|apos|#35);)+/y;
  while (TOKEN.lastIndex < rest.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(rest);
    expect(token, rest.slice(at, at + 80)).not.toBeNull();
    const [, close, name, attributes = "", alone] = token!;
    if (name === undefined) continue;
    if (close === "/") expect(open.pop()).toBe(name);
    else {
      const all = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!] as const);
      elements.push({ name, attributes: Object.fromEntries(all) });
      if (alone !== "/") open.push(name);
    }
  }
  expect(open).toEqual([]);
  return elements;
}

describe("XML", () => {
  test("junit counts what is in it", async () => {
    const elements = readXml(await told("junit"));
    const of = (name: string) => elements.filter((element) => element.name === name);
    const { tests, failures } = of("testsuites")[0]!.attributes;
    expect([of("testcase").length, of("failure").length].map(String)).toEqual([tests, failures]);
    expect(of("failure").length).toBeGreaterThan(0);
  });

  test("junit passes where nothing is wrong, and says so where something could not be seen", async () => {
    const fine = readXml(await told("junit", repository({ [CONFIG]: "" })));
    expect(fine.map(({ name }) => name)).toEqual(["testsuites", "testsuite", "testcase"]);
    const unseen = readXml(await told("junit", repository({ [CONFIG]: { text: "", mode: 0 } })));
    expect(unseen.map(({ name }) => name)).toContain("skipped");
  });

  const hasPython = spawnSync("python3", ["-c", "import xml.dom.minidom"]).status === 0;
  if (!hasPython) console.warn("python3 is not here: its XML parser does not judge the reports");
  test.skipIf(!hasPython)("a parser of somebody else's takes it", async () => {
    const all = await allOf(named(...HOSTILE));
    const reports = [all.get("junit")!, all.get("checkstyle")!];
    const parse = "import sys, json, xml.dom.minidom as m; [m.parseString(x.encode()) for x in json.load(sys.stdin)]";
    const done = spawnSync("python3", ["-c", parse], { input: JSON.stringify(reports), encoding: "utf8" });
    expect(done.stderr).toBe("");
    expect(done.status).toBe(0);
  });
});

/* ───────────────── a name breaks out of none of them ──────────────────── */

const HOSTILE = [
  "a%0A::error::x",
  "::error::x",
  "a ::error::x",
  "##[group]x",
  "##vso[task.setvariable variable=x]y",
  "</testcase>",
  '"/><script>x</script>',
  "&lt;&#10;]]>",
  "$(x)",
  "`x`",
  "a|b",
  "*x* _y_ ~~z~~ # @team <b>",
  "[x](https://example.com)",
  "![x](https://example.com/y.png)",
  "{0} {1}",
  "\u001b]8;;https://example.com\u0007x\u001b]8;;\u0007",
  "\u001b[2J\u009b31m",
  "\u202emoc.live\u202c\u200b",
  "\ufffe\uffff\u{e0041}",
  "a\\",
  "x\u2028y\u0085z",
] as const;

/** A config whose profiles have these names, and several things wrong with them. */
function named(...names: readonly string[]): FakeSystem {
  const role = "role_arn = arn:aws:iam::111122223333:role/x\nsource_profile = ";
  const config = names
    .map((name) => `[${name}]\n[profile ${name}]\nregion = nowhere\n${role}${name}2\n[profile z]\n${role}${name}\n`)
    .join("");
  return repository({ [CONFIG]: config }, { environment: { CI: "true" }, columns: 30 });
}

/** C0 but for line ends, DEL, C1, bidi and invisible characters. */
const ACTS =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufffe\uffff]|[\u{e0000}-\u{e007f}]/u;
/** What the runners of builds take for an order. */
const ORDER = /^\s*::|##\w*\[/m;

/** All reports of one run: the one for people as the log of a build has it, too. */
async function allOf(system: FakeSystem): Promise<Map<string, string>> {
  const files = FORMAT_NAMES.filter((format) => format !== "human");
  const flags = files.flatMap((format) => ["--format", format, "--output", `out/${format}`]);
  system.files.makeFolder(`${REPOSITORY}/out`);
  await main(["check", "team/aws/config", ...flags, "--format", "human", "--all"], system);
  expect(system.written.errors).toBe("");
  const reports = files.map((format) => [format, textOf(system, `${REPOSITORY}/out/${format}`)!] as const);
  return new Map([["human", system.written.out], ...reports]);
}

/** Each of them by itself says only whether it breaks out; together they need a run each. */
const GROUPS = [0, 1, 2, 3, 4].map((rest) => HOSTILE.filter((_, index) => index % 5 === rest));

test.each(GROUPS.map((names) => [names.map((name) => JSON.stringify(name)).join("  "), names] as const))(
  "nothing acts, and nothing breaks out: %s",
  async (_, names) => {
    for (const [format, report] of await allOf(named(...names))) {
      expect(ACTS.exec(report)?.index, format).toBeUndefined();
      if (format === "github") {
        for (const one of linesOf(report)) expect(one).toMatch(/^::(?:error|warning|notice) [^:]*::[^]*$/);
      } else if (format !== "concise") expect(report, format).not.toMatch(ORDER);
      if (["junit", "checkstyle"].includes(format)) {
        for (const { name } of readXml(report)) expect(XML_NAMES).toContain(name);
      }
      if (["json", "sarif", "gitlab", "rdjson"].includes(format)) JSON.parse(report);
      if (format === "json-lines") for (const one of linesOf(report)) JSON.parse(one);
      if (format === "concise") for (const one of linesOf(report)) expect(one).toMatch(/^team\/aws\/config:\d/);
      if (format === "markdown") {
        for (const row of linesOf(report).filter((one) => one.startsWith("| ")))
          expect(row.replaceAll(/\\./g, "").split("|"), row).toHaveLength(6);
        const unmarked = report.replaceAll(/\\./g, "").replaceAll(/\[`[a-z-]+`\]\(https:[^)]*\)|`@`/g, "");
        expect(unmarked).not.toMatch(/[`*_~$[\]<>]|&(?!amp;|lt;|gt;)|@\w/);
      }
      expectValid(format, report);
    }
    const concise = await told("concise", named(...names));
    expect(linesOf(concise).length).toBeGreaterThan(names.length);
    expect(concise).not.toMatch(ORDER);
  },
);

const linesOf = (report: string): string[] => report.trimEnd().split("\n");

const XML_NAMES = "checkstyle file error testsuites testsuite testcase failure system-out skipped".split(" ");

/* ─────────────────────────── several in one run ───────────────────────── */

async function run(...words: string[]): Promise<FakeSystem & { code: number }> {
  const system = repository();
  const code = await main(["check", "team/aws/config", ...words], system);
  return { ...system, code };
}
const textOf = ({ nodes }: FakeSystem, path: string): string | undefined => {
  const node = nodes.get(path);
  return node && new TextDecoder().decode(node.bytes);
};

describe("several reports in one run", () => {
  test("each goes where it was sent", async () => {
    const two = await run(
      "--format",
      "sarif",
      "--output",
      "out.sarif",
      "--format=human",
      "--format=junit",
      "--output=j.xml",
    );
    expect(two.code).toBe(1);
    expect(two.written.out).toBe((await run()).written.out);
    expect(JSON.parse(textOf(two, `${REPOSITORY}/out.sarif`)!).version).toBe("2.1.0");
    readXml(textOf(two, `${REPOSITORY}/j.xml`)!);
  });

  test.each([
    [["--format", "json", "--format", "human"], "json and human would both be printed: give all but one an --output"],
    [["--format", "json", "--output", "a", "--output", "b"], "--output b needs a --format in front of it"],
    [["--output", "team/aws/config"], "--output: 'team/aws/config' is a file that is judged"],
    [["--output", "."], "--output: '.' is no regular file"],
    [["--output", "nowhere/report"], "nowhere/report cannot be written: "],
    [["--diff", "--format", "sarif"], "--diff prints a patch, and no other report"],
    [["--write-baseline", "x", "--fix"], "it goes without --fix"],
    [["--write-baseline", "x", "--baseline", "x"], "it goes without --baseline"],
  ])("%j is refused", async (words, message) => {
    const { code, written } = await run(...words);
    expect(written.errors).toContain(message);
    expect(code).toBe(2);
  });

  test("they tell what is left after fixes, and what was mended is beside them", async () => {
    const { code, written, nodes } = await run("--fix", "--format", "concise");
    expect(written.out).not.toContain("config-missing-profile-prefix");
    expect(written.out).toContain("[unknown-region]");
    expect(written.errors).toContain("write it as [profile staging]");
    expect(new TextDecoder().decode(nodes.get(CONFIG)!.bytes)).toContain("[profile staging]");
    expect(code).toBe(1);
  });

  test("with github, the job has a summary as well", async () => {
    const summary = "/runner/summary.md";
    const system = repository({ [summary]: "before\n" }, { environment: { GITHUB_STEP_SUMMARY: summary } });
    await main(["check", "team/aws/config", "--format", "github"], system);
    expect(textOf(system, summary)).toBe(`before\n${await told("markdown")}\n`);
  });
});

/* ──────────────────────────── fingerprints ────────────────────────────── */

describe("fingerprints", () => {
  const prints = async (config: string): Promise<string[]> =>
    JSON.parse(await told("gitlab", repository({ [CONFIG]: config }))).map(
      (one: { fingerprint: string }) => one.fingerprint,
    );
  const config = readFileSync(join(FIXTURES, "repository", "team", "aws", "config"), "utf8");

  test.each([
    ["lines above", `# a\n\n# b\n${config}`],
    ["blanks", config.replaceAll(" = ", "  =  ")],
    ["another profile", `[profile z]\nregion = eu-west-1\n\n${config}`],
  ])("stay the same with %s", async (_, changed) => {
    expect((await prints(changed)).sort()).toEqual((await prints(config)).sort());
  });

  test("are another for another thing, and no two are the same", async () => {
    const before = await prints(config);
    expect(new Set(before).size).toBe(before.length);
    const after = await prints(config.replace("eu-wst-1", "eu-wst-2"));
    expect(after.filter((one) => !before.includes(one))).toHaveLength(1);
    const twice = await prints(`${config}[profile prod2]\nregion = eu-wst-1\nregion = eu-wst-1\n`);
    expect(new Set(twice).size).toBe(twice.length);
  });

  test("tell nothing of a secret, not even its length", async () => {
    const keys = (secret: string): string =>
      `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n`;
    expect(await prints(keys("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE!"))).toEqual(await prints(keys("another!")));
  });
});
