import { describe, expect, test } from "vitest";
import { readDocument } from "../src/awsconfig/document.ts";
import { decode } from "../src/awsconfig/encoding.ts";
import { type Cure, cureOnce } from "../src/cure/pass.ts";
import { bytesOf, type CureText } from "../src/cure/text.ts";
import { main } from "../src/main.ts";
import type { Fix, Step } from "../src/model/fix.ts";
import type { Rule } from "../src/model/rule.ts";
import { runQuietly } from "../src/model/stage.ts";
import { probes } from "../src/probes/index.ts";
import { paint } from "../src/report/paint.ts";
import { patch } from "../src/report/patch.ts";
import { allOfThem, rehearse } from "../src/treat/rehearse.ts";
import { treat } from "../src/treat/treat.ts";
import { type FakeFile, fakeSystem } from "./fake-system.ts";
import { entryOf, HOME, QUIETLY, requestFor } from "./fixtures.ts";
import { rules } from "./loaded.ts";

const CONFIG = `${HOME}/.aws/config`;
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const quiet = (): void => {};

/** A stretch by what stands there. */
const span = (text: string, what: string, from = 0) => {
  const start = text.indexOf(what, from);
  const line = text.slice(0, start).split("\n").length;
  return { start, end: start + what.length, line, column: 1, endLine: line, endColumn: 1 };
};
const replace = (text: string, what: string, by: string): Step => ({
  kind: "edit",
  path: CONFIG,
  span: span(text, what),
  text: by,
});

const rule = (id: string, check: Rule["check"] = () => []): Rule => ({
  id,
  severity: "error",
  category: "files",
  summary: "a thing",
  why: "It is.",
  remedy: "mend it",
  links: [],
  needs: ["config"],
  check,
});

const cure = (steps: readonly Step[], more: { id?: string; profiles?: string[] } = {}): Cure => {
  const fix = { title: "mend it", safety: "safe", steps: steps as unknown as Fix["steps"] } as const;
  const at = { kind: "file", path: CONFIG } as const;
  const { id = "some-rule", ...named } = more;
  return {
    fix,
    profiles: more.profiles,
    spot: undefined,
    finding: { at, says: "it is wrong", severity: "error", rule: rule(id), fix, ...named },
  };
};

const textOf = (content: string): CureText => {
  const bytes = new TextEncoder().encode(content);
  return { real: decode(bytes), masked: readDocument(CONFIG, "config", bytes).text };
};

function once(content: string, ...cures: Cure[]) {
  const texts = new Map([[CONFIG, textOf(content)]]);
  const passed = cureOnce(cures, { texts, setups: [{ config: CONFIG, credentials: undefined }] });
  const text = passed.texts.get(CONFIG);
  return { ...passed, text: text && new TextDecoder().decode(bytesOf(text)), masked: text?.masked };
}

describe("one pass", () => {
  const TWO = "[profile a]\nregion = x\n[profile b]\nregion = y\n";

  test("new lines end as the others of the file do", () => {
    const content = "[default]\r\nregion = x\r\n";
    expect(once(content, cure([replace(content, "region", "output = json\nregion")])).text).toBe(
      "[default]\r\noutput = json\r\nregion = x\r\n",
    );
  });

  test("what touches the same spot waits for the next one", () => {
    const first = cure([replace(TWO, "x", "x1")]);
    const second = cure([replace(TWO, "= x", "= x2")]);
    const passed = once(TWO, first, second, cure([replace(TWO, "y", "y1")]));
    expect(passed.text).toBe(TWO.replace("x", "x1").replace("= y", "= y1"));
    expect(passed.deferred).toEqual([second]);
  });

  test("a profile that is not named must not change", () => {
    const passed = once(TWO, cure([replace(TWO, "x", "z")], { profiles: ["b"] }));
    expect(passed.text).toBeUndefined();
    expect(passed.refused.map(({ why }) => why)).toEqual([
      "it would change the profile 'a' for aws-vault, which it does not name",
    ]);
  });

  test("nor what another one inherits", () => {
    const content = `[default]\nregion = x\n${TWO.replace("region = x\n", "")}`;
    const passed = once(content, cure([replace(content, "x", "z")], { profiles: ["default"] }));
    expect(passed.refused.map(({ why }) => why)).toEqual([
      "it would change the profile 'a' for aws-vault, which it does not name",
    ]);
  });

  test("a header must not take the name of another section", () => {
    expect(once(TWO, cure([replace(TWO, "[profile b]", "[profile a]")])).refused).toHaveLength(1);
    expect(once(TWO, cure([replace(TWO, "[profile b]", "[profile c]")])).refused).toHaveLength(0);
  });

  test("a file that a tool reads must stay readable", () => {
    const passed = once(TWO, cure([replace(TWO, "region = x", "region")], { profiles: ["a"] }));
    expect(passed.refused.map(({ why }) => why)).toEqual(["aws-vault would refuse the file"]);
  });

  test("lines move without being seen, also the last one without its end", () => {
    const content = `[profile a]\nregion = x\n[profile b]\naws_secret_access_key = ${SECRET}`;
    const line = `aws_secret_access_key = ${SECRET}`;
    const move: Step = { kind: "move", path: CONFIG, span: span(content, line), to: span(content, "region") };
    const passed = once(content, cure([move], { profiles: ["a", "b"] }));
    expect(passed.text).toBe(`[profile a]\n${line}\nregion = x\n[profile b]\n`);
    expect(passed.masked).toBe(passed.text!.replace(SECRET, "·".repeat(40)));
  });

  test("the name of a secret profile is not told", () => {
    const content = `[profile ${SECRET}]\nregion = x\n`;
    const passed = once(content, cure([replace(content, "= x", "= z")], { profiles: ["b"] }));
    expect(passed.refused[0]!.why).toMatch(/^it would change the profile '[^a-zA-Z]+' for aws-vault/);
  });

  test.each([
    [
      [{ kind: "edit", path: CONFIG, span: { ...span(TWO, "x"), end: 999 }, text: "" }],
      "it points beyond the end of the file",
    ],
    [[replace(TWO, "region = x", "a"), replace(TWO, "= x", "b")], "its steps overlap"],
    [[{ ...replace(TWO, "x", "z"), path: "/elsewhere" }], "the file is not the one that was looked at"],
  ] as const)("a fix that fits nowhere is refused: %#", (steps, why) => {
    expect(once(TWO, cure(steps as readonly Step[])).refused.map((one) => one.why)).toEqual([why]);
  });
});

describe("a rehearsal", () => {
  const machine = (content: string, more: Record<string, FakeFile> = {}) =>
    fakeSystem({ files: { [CONFIG]: content, ...more } });
  const plan = (content: string, ...only: Rule[]) =>
    rehearse(machine(content), probes, requestFor({}, only), allOfThem, runQuietly, quiet);

  /** Finds a text, and replaces it. */
  const finds = (id: string, what: string, by: string): Rule =>
    rule(id, function* ({ config }) {
      const start = config.text.indexOf(what);
      if (start < 0) return;
      const at = { kind: "file", path: config.path, span: span(config.text, what) } as const;
      yield { at, says: `it says ${what}`, fix: { ...FIX, steps: [{ ...at, kind: "edit", text: by }] } };
    });
  const FIX = { title: "say it otherwise", safety: "safe" } as const;

  test("rules whose fixes undo each other are named, and neither is made", async () => {
    const { changes, refused } = await plan(
      "[default]\nregion = x\n",
      finds("one", "= x", "= y"),
      finds("two", "= y", "= x"),
    );
    expect(changes).toEqual([]);
    expect(refused.map(({ finding }) => finding.rule.id).sort()).toEqual(["one", "two"]);
    for (const { why } of refused) expect(why).toMatch(/^the fixes of (?:one and two|two and one) undo each other$/);
  });

  test("a fix without end is found out", async () => {
    const { changes, refused } = await plan("[default]\nregion = x\n", finds("one", "= x", "= xx"));
    expect([changes, refused.map(({ why }) => why)]).toEqual([[], ["it does not cure what was found"]]);
  });

  test("a fix that does not cure is not made, and the others are", async () => {
    const content = "[default]\nregion = x\noutput = y\n";
    const made = await plan(content, finds("one", "= x", "=  x".replace("  ", " ")), finds("two", "= y", "= json"));
    expect(made.refused.map(({ finding, why }) => [finding.rule.id, why])).toEqual([
      ["one", "it does not cure what was found"],
    ]);
    expect(made.cures.map(({ finding }) => finding.rule.id)).toEqual(["two"]);
  });

  test("two links to one file are one file", async () => {
    const rc = "export AWS_SDK_LOAD_CONFIG=1\n";
    const system = machine("", { [`${HOME}/.bashrc`]: rc, [`${HOME}/.bash_profile`]: { link: ".bashrc" } });
    const only = rules.filter(({ id }) => id === "sdk-load-config-set");
    const made = await rehearse(system, probes, requestFor({}, only), allOfThem, runQuietly, quiet);
    expect(made.changes).toHaveLength(1);
    await treat(system, probes, requestFor({}, only), made, QUIETLY, quiet, quiet);
    expect(new TextDecoder().decode(system.files.read(`${HOME}/.bash_profile`, 1000))).toBe(
      `# aws-vault-doctor: ${rc}`,
    );
  });

  test("what somebody changes between the plan and the change stays, and is told", async () => {
    const system = machine("[default]\nregion = x\n");
    const request = requestFor({}, [finds("one", "= x", "= y")]);
    const made = await rehearse(system, probes, request, allOfThem, runQuietly, quiet);
    const theirs = new TextEncoder().encode("[default]\nregion = x\n# mine\n");
    const machineChanges = await system.changes();
    machineChanges.replace(CONFIG, machineChanges.sha256(system.files.read(CONFIG, 1000)), theirs);
    await expect(treat(system, probes, request, made, QUIETLY, quiet, quiet)).rejects.toThrow(
      `${CONFIG} was not changed: it was changed by somebody else in the meantime`,
    );
    expect(system.files.read(CONFIG, 1000)).toEqual(theirs);
  });

  test("what cures nothing on the real machine is taken back", async () => {
    const system = machine("[default]\nregion = x\n");
    const request = requestFor({}, [finds("one", "= x", "= y")]);
    const made = await rehearse(system, probes, request, allOfThem, runQuietly, quiet);
    const stubborn = rule("one", function* ({ config }) {
      yield { at: { kind: "file", path: config.path }, says: "it says = x" };
    });
    const treated = await treat(
      system,
      probes,
      { ...request, rules: [entryOf(stubborn)] },
      made,
      QUIETLY,
      quiet,
      quiet,
    );
    expect(treated.stillThere).toHaveLength(1);
    expect(new TextDecoder().decode(system.files.read(CONFIG, 1000))).toBe("[default]\nregion = x\n");
  });
});

test("a fix whose finding is still there is taken back, told of, and makes exit code 4", async () => {
  const content = "[work]\nregion = eu-west-1\n";
  const system = fakeSystem({ files: { [CONFIG]: content } });
  const machine = await system.changes();
  // A disk that says that it has written, and has not.
  const lying = { ...system, changes: async () => ({ ...machine, replace: () => {} }) };
  expect(await main(["check", "--fix", "--only", "config-missing-profile-prefix"], lying)).toBe(4);
  expect(system.written.out).toContain("not done: write it as [profile work], because the finding was there again");
  expect(system.written.out).toContain("\n0 cured, 1 not\n");
  expect(new TextDecoder().decode(system.files.read(CONFIG, 1000))).toBe(content);
  expect([...system.nodes.keys()].filter((path) => path.endsWith("/rolled-back"))).toHaveLength(1);
});

test("a patch shows which lines differ, and no secret of them", () => {
  const before = `[a]\naws_secret_access_key = "${SECRET}"\n\tx = 1\r\nlast`;
  const after = before.replaceAll('"', "").replace("last", "last\n");
  const text = (content: string) => ({
    real: content,
    masked: content.replace(SECRET, "·".repeat(40)),
    encoding: "UTF-8",
  });
  const shown = patch([{ kind: "text", path: CONFIG, before: text(before), after: text(after) }], HOME, paint(false));
  const dots = "·".repeat(40);
  expect(shown).toBe(
    [
      "--- ~/.aws/config",
      "+++ ~/.aws/config",
      "@@ -1,4 +1,4 @@",
      " [a]",
      `-aws_secret_access_key = "${dots}"`,
      `+aws_secret_access_key = ${dots}`,
      " \tx = 1",
      "-last",
      "\\ No newline at end of file",
      "+last",
      "",
    ].join("\n"),
  );
});

describe("many fixes in one file", () => {
  const cpuFor = async (count: number): Promise<number> => {
    const role = (index: number): string => `role_arn = arn:aws:iam::111122223333:role/R${index}`;
    const content = Array.from(
      { length: count },
      (_, index) => `[work${index}]\n${role(index)}\ncredential_source = Environment\n`,
    ).join("\n");
    const system = fakeSystem({ files: { [CONFIG]: content } });
    const only = rules.filter(({ id }) => id === "config-missing-profile-prefix");
    const start = process.cpuUsage();
    const { cures } = await rehearse(system, probes, requestFor({}, only), allOfThem, runQuietly, quiet);
    const { user, system: kernel } = process.cpuUsage(start);
    expect(cures).toHaveLength(count);
    return (user + kernel) / 1000;
  };

  test("take time in step with their number", { timeout: 120_000, retry: 2 }, async () => {
    await cpuFor(100);
    const [few, many] = [await cpuFor(200), await cpuFor(1600)];
    expect(many, `200 fixes: ${few} ms; 1600: ${many} ms`).toBeLessThan(few * 8 * 2 + 300);
  });
});
