import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { TEMPLATES } from "../src/commands/init-files.ts";
import { main } from "../src/main.ts";
import { loadPreferences } from "../src/preferences.ts";
import { version } from "../src/version.ts";
import { type FakeFile, type FakeOptions, fakeSystem } from "./fake-system.ts";
import { FIXTURES, filesBelow, HOME, ROOT } from "./fixtures.ts";

/** What other programs start: the hooks of pre-commit, the action of GitHub, and the files that `init` writes for them. */

/** The program to be started: this build, or an installed package whose folder of programs is named. */
const programs = process.env["AWS_VAULT_DOCTOR_BIN"] ?? mkdtempSync(join(tmpdir(), "avd-programs-"));
if (process.env["AWS_VAULT_DOCTOR_BIN"] === undefined) {
  symlinkSync(join(ROOT, "bin", "aws-vault-doctor.js"), join(programs, "aws-vault-doctor"));
  afterAll(() => rmSync(programs, { recursive: true }));
}

/** A copy of the sample repository. */
function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), "avd-repository-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  cpSync(join(FIXTURES, "repository"), folder, { recursive: true });
  mkdirSync(join(folder, ".git"));
  mkdirSync(join(folder, "home"));
  return folder;
}

const environment = (folder: string): Record<string, string> => ({
  PATH: [programs, process.env["PATH"] ?? ""].join(delimiter),
  HOME: join(folder, "home"),
});

/* ───────────────────────────── pre-commit ─────────────────────────────── */

/** The hooks, as pre-commit takes them from the file: flat YAML, a list of words for each. */
const hooks = readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8")
  .split(/^- /m)
  .slice(1)
  .map((hook) => Object.fromEntries([...hook.matchAll(/^\s*(\w+): (.*)$/gm)].map(([, key, value]) => [key!, value!])));

/** As pre-commit runs one: its entry, and behind it the files that match. */
function runHook(id: string, folder: string) {
  const { entry, files } = hooks.find((hook) => hook["id"] === id)!;
  const [command, ...args] = entry!.split(" ");
  const matching = filesBelow(folder)
    .map((path) => relative(folder, path))
    .filter((path) => new RegExp(files!).test(path));
  expect(matching).toEqual(["team/aws/config"]);
  return spawnSync(command!, [...args, ...matching], { cwd: folder, env: environment(folder), encoding: "utf8" });
}

describe("the hooks of pre-commit", () => {
  test("are those that the README names", () => {
    expect(hooks.map(({ id, language }) => [id, language])).toEqual([
      ["aws-vault-doctor-check", "node"],
      ["aws-vault-doctor-fix", "node"],
    ]);
  });

  test("check", () => {
    const { status, stdout } = runHook("aws-vault-doctor-check", repository());
    expect(stdout).toContain("config-missing-profile-prefix 13:1");
    expect(status).toBe(1);
  });

  test("fix mends what is safe to mend, and says what is left; undo brings it back", () => {
    const folder = repository();
    const config = join(folder, "team", "aws", "config");
    const before = readFileSync(config, "utf8");
    const { status, stdout } = runHook("aws-vault-doctor-fix", folder);
    expect(readFileSync(config, "utf8")).toBe(before.replace("[staging]", "[profile staging]"));
    expect(stdout).toContain("unknown-region");
    expect(status).toBe(1);
    const undone = spawnSync("aws-vault-doctor", ["undo"], { cwd: folder, env: environment(folder) });
    expect(undone.status).toBe(0);
    expect(readFileSync(config, "utf8")).toBe(before);
  });

  test.each([
    ["aws/config", true],
    [".aws/credentials", true],
    ["team/aws/config", true],
    ["images/.aws/config", true],
    ["laws/config", false],
    ["aws/config.md", false],
    ["docs/config", false],
  ])("are for %s: %s", (path, expected) => {
    for (const { files } of hooks) expect(new RegExp(files!).test(path)).toBe(expected);
  });
});

/* ────────────────────────────── GitHub ────────────────────────────────── */

const action = readFileSync(join(ROOT, "action.yml"), "utf8");

/** The step that checks: what it runs, and where its variables come from. */
const checking = action.split(/^ {4}- name: /m).find((step) => step.startsWith("Check the AWS files"))!;
const script = checking.split(/^ {6}run: \|\n/m)[1]!.replaceAll(/^ {8}/gm, "");
const inputs = Object.fromEntries(
  [...checking.matchAll(/^ {8}([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$/gm)].map(([, variable, input]) => [
    input!,
    variable!,
  ]),
);

function runAction(folder: string, given: Readonly<Record<string, string>>) {
  const defaults: Record<string, string> = { files: "" };
  for (const [, name, value] of action.matchAll(/^ {2}([a-z-]+):\n {4}description: .*\n {4}default: (.*)$/gm))
    defaults[name!] = value === '""' ? "" : value!;
  const variables = Object.entries({ ...defaults, ...given }).map(([input, value]) => [inputs[input]!, value]);
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "");
  const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: folder,
    env: {
      ...environment(folder),
      ...Object.fromEntries(variables),
      GITHUB_ACTIONS: "true",
      CI: "true",
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_STEP_SUMMARY: summary,
    },
    encoding: "utf8",
  });
  const report = join(folder, given["sarif"] ?? "aws-vault-doctor.sarif");
  return {
    ...done,
    summary: readFileSync(summary, "utf8"),
    sarif: existsSync(report) ? readFileSync(report, "utf8") : "",
  };
}

describe("the action", () => {
  test("annotates, sums up, and writes a report to upload", () => {
    const { status, stdout, stderr, summary, sarif } = runAction(repository(), { files: "\nteam/aws/config\n\n" });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^::error file=team\/aws\/config,line=13,/m);
    expect(summary).toContain("2 errors");
    expect(JSON.parse(sarif).runs[0].results.length).toBeGreaterThan(1);
    expect(status).toBe(1);
  });

  test("fails as it is told to, and heeds a baseline", () => {
    const folder = repository();
    expect(runAction(folder, { files: "team/aws/config", "fail-on": "never", sarif: "x.sarif" })).toMatchObject({
      status: 0,
    });
    const write = ["check", "team/aws/config", "--write-baseline", "known.json"];
    spawnSync("aws-vault-doctor", write, { cwd: folder, env: environment(folder) });
    const { status, stdout } = runAction(folder, { files: "team/aws/config", baseline: "known.json" });
    expect([status, stdout]).toEqual([0, ""]);
  });

  test.each([
    ["no file", "  \n", 2],
    ["a name that is code", "$(touch pwned)", 2],
    ["a name that is a flag", "--fix", 2],
  ])("%s is an error and nothing else", (_, files, expected) => {
    const folder = repository();
    expect(runAction(folder, { files }).status).toBe(expected);
    expect(existsSync(join(folder, "pwned"))).toBe(false);
  });

  test("puts no input into a command line", () => {
    for (const [, run] of action.matchAll(/^ {6}run: ?(\|\n(?: {8}.*\n|\n)*|.*\n)/gm)) expect(run).not.toContain("${{");
    expect(Object.keys(inputs).sort()).toEqual(["baseline", "fail-on", "files", "sarif"]);
  });

  test("uses nobody else's action", () => {
    expect(action).not.toMatch(/\buses:/);
  });
});

/* ─────────────────────────────── init ─────────────────────────────────── */

const TEAM = `${HOME}/src/team`;

async function initialise(
  words: readonly string[],
  files: Record<string, FakeFile> = {},
  nodes?: FakeOptions["nodes"],
) {
  const inside = Object.fromEntries(Object.entries(files).map(([name, file]) => [`${TEAM}/${name}`, file]));
  const system = fakeSystem({
    folder: TEAM,
    files: { [`${TEAM}/.git/HEAD`]: "", ...inside },
    ...(nodes === undefined ? {} : { nodes }),
  });
  const code = await main(words, system);
  const own = [...system.nodes].filter(([path, { kind }]) => kind === "file" && path.startsWith(`${TEAM}/`));
  const texts = Object.fromEntries(
    own.map(([path, { bytes }]) => [path.slice(TEAM.length + 1), new TextDecoder().decode(bytes)]),
  );
  delete texts[".git/HEAD"];
  return { code, texts, out: system.written.out, errors: system.written.errors, nodes: system.nodes };
}

describe("init", () => {
  const WORKFLOW = ".github/workflows/aws-vault-doctor.yml";
  const USUAL = ["aws-vault-doctor.ini", ".pre-commit-config.yaml", WORKFLOW];
  test.each([
    [[], {}, USUAL],
    [[], { ".gitlab-ci.yml": "" }, [".gitlab-ci.yml", ".gitlab/aws-vault-doctor.yml", ...USUAL.slice(0, 2)]],
    [["gitlab"], {}, [".gitlab/aws-vault-doctor.yml"]],
    [["github", "github"], {}, [WORKFLOW]],
  ])("%j with %j", async (words, files, expected) => {
    const { code, texts, errors } = await initialise(["init", ...words], files);
    expect(Object.keys(texts).sort()).toEqual([...expected].sort());
    expect([code, errors]).toEqual([0, expect.stringMatching(/^(wrote .*\n)+undo: aws-vault-doctor undo \S+\n$/)]);
  });

  test("names the files that are to be checked", async () => {
    const { texts } = await initialise(["init", "--file", "team/aws/config", "--file=a/credentials"], {
      ".gitlab-ci.yml": "",
      ".github/x": "",
    });
    for (const [name, text] of Object.entries(texts).filter(([one]) => one.endsWith("aws-vault-doctor.yml"))) {
      expect(text, name).toContain("team/aws/config");
      expect(text, name).toContain("a/credentials");
    }
    expect(texts[".pre-commit-config.yaml"]).toContain("files: ^(team/aws/config|a/credentials)$");
  });

  test("leaves what is there, and shows what belongs in it", async () => {
    const there = { ".pre-commit-config.yaml": "mine\n" };
    const { code, texts, out, errors } = await initialise(["init"], there);
    expect(texts).toMatchObject(there);
    expect(errors).toContain(".pre-commit-config.yaml is there already");
    expect(out).toContain("- id: aws-vault-doctor-check");
    expect(Object.keys(texts)).toContain("aws-vault-doctor.ini");
    expect(code).toBe(1);
  });

  test("--force replaces it, and undo brings it back", async () => {
    const there = { "aws-vault-doctor.ini": "fail-on = warning\n" };
    const forced = await initialise(["init", "preferences", "pre-commit", "--force"], there);
    expect(forced.texts["aws-vault-doctor.ini"]).toContain("[policy.production]");
    const { texts } = await initialise(["undo"], {}, forced.nodes);
    expect(texts).toEqual(there);
  });

  test.each([
    [["init", "gitub"], "init knows no 'gitub', did you mean 'github'?"],
    [["init", "--file", "a b"], "'a b' has a character that would need quotes"],
    [["init", "--file", "$(x)"], "'$(x)' has a character that would need quotes"],
  ])("%j is refused", async (words, message) => {
    const { code, errors, texts } = await initialise(words);
    expect([code, errors, texts]).toEqual([2, expect.stringContaining(message), {}]);
  });

  test("each line of the preferences makes sense as soon as its mark is gone", async () => {
    const text = TEMPLATES["preferences"]!.text([], version);
    const files = { "/work/aws-vault-doctor.ini": text.replaceAll(/^;(?! )/gm, "") };
    const rules = new Set(["default-profile", "mfa-serial-missing"]);
    const { policies, failOn, severities } = await loadPreferences(fakeSystem({ files, folder: "/work" }), rules);
    expect(failOn).toBe("error");
    expect(severities.size).toBe(1);
    expect(policies.map(({ demands }) => demands.length)).toEqual([7]);
  });
});

/* ──────────────────────────── the README ──────────────────────────────── */

describe("what the README says of CI", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const section = /^## In CI\n([^]*?)^## /m.exec(readme)?.[1] ?? "";
  const blocks = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({
    language: language!,
    text: text!,
  }));

  test.each(["pre-commit", "github", "gitlab"])("of %s is what init writes", (name) => {
    const yaml = blocks.filter(({ language }) => language === "yaml").map(({ text }) => text);
    expect(yaml).toContain(TEMPLATES[name]!.text(["team/aws/config"], version));
  });

  test("of commands works on the sample repository, in its order", () => {
    const folder = repository();
    const lines = blocks.filter(({ language }) => language === "sh").flatMap(({ text }) => text.trimEnd().split("\n"));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const { status, stderr } = spawnSync("bash", ["-c", line], {
        cwd: folder,
        env: environment(folder),
        encoding: "utf8",
      });
      expect([0, 1], `${line}\n${stderr}`).toContain(status);
    }
  }, 60_000);

  test("of preferences is understood", async () => {
    const ini = blocks.filter(({ language }) => language === "ini").map(({ text }) => text);
    expect(ini.length).toBe(1);
    const files = { "/work/aws-vault-doctor.ini": ini[0]! };
    const { policies } = await loadPreferences(fakeSystem({ files, folder: "/work" }), new Set());
    expect(policies).toHaveLength(1);
  });
});
