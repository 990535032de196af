import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { type FakeNode, type FakeSystem, fakeSystem } from "./fake-system.ts";
import { FIXTURES, HOME, readMachine } from "./fixtures.ts";

const CONFIG = `${HOME}/.aws/config`;
const { nodes: TYPICAL } = readMachine(join(FIXTURES, "machines", "typical")).system;
const ONLY = ["fix", "--only", "source-profile-not-found,config-missing-profile-prefix"];

const textOf = (system: FakeSystem, path: string): string => new TextDecoder().decode(system.files.read(path, 1e6));

/** A person with an editor, at a terminal. `edit` is what they do in it. */
function person(
  answers: readonly string[],
  edit: (text: string) => string,
  more: { editor?: string; nodes?: ReadonlyMap<string, FakeNode> } = {},
): { system: FakeSystem; opened: (readonly string[])[] } {
  const opened: (readonly string[])[] = [];
  const system: FakeSystem = fakeSystem({
    nodes: more.nodes ?? TYPICAL,
    environment: { TERM: "dumb", EDITOR: more.editor ?? "vim" },
    isTerminal: true,
    answers,
    run: (command, args) => {
      opened.push([command, ...args]);
      const text = textOf(system, CONFIG);
      if (edit(text) !== text) system.files.replace(CONFIG, new TextEncoder().encode(edit(text)), 0o600);
      return 0;
    },
  });
  return { system, opened };
}

describe("a file that is edited by hand", () => {
  test("is opened at the line, looked at again, and put back by undo", async () => {
    const before = new TextDecoder().decode(TYPICAL.get(CONFIG)!.bytes);
    const { system, opened } = person(["no", "edit"], (text) => text.replace("bsae", "base"));
    await main(ONLY, system);
    expect(opened).toEqual([["/bin/sh", "-c", 'vim "$@"', "sh", "+16", CONFIG]]);
    expect(system.written.errors).toContain("Cured: source-profile-not-found\n");
    expect(system.written.errors).toMatch(/undo: aws-vault-doctor undo \d{8}T\d{6}Z\n/);
    expect(system.written.errors).toContain("Nothing was changed but by hand\n");
    expect(textOf(system, CONFIG)).toBe(before.replace("bsae", "base"));
    await main(["undo"], system);
    expect(textOf(system, CONFIG)).toBe(before);
  });

  test("and what is new or still there is told", async () => {
    const { system } = person(["no", "edit", "no", "quit"], (text) =>
      text.replace("bsae", "gone").replace("base\n", "lost\n"),
    );
    await main(ONLY, system);
    expect(system.written.errors).toMatch(/Cured: source-profile-not-found; 2 new\n/);
  });

  test("stays as it is when nothing is changed, and an editor that comes back at once is waited for", async () => {
    const { system } = person(["no", "edit", "yes", "no"], (text) => text, { editor: "code" });
    await main(ONLY, system);
    expect(system.written.errors).toContain("? Have you saved it? yes\nThe file is as it was\n");
    expect([...system.nodes.keys()].filter((path) => path.includes("/runs/"))).toEqual([]);
  });

  test.each([
    ["code", ["--wait", "--goto", `${CONFIG}:16`]],
    ["/usr/bin/nvim -u NONE", ["+16", CONFIG]],
    ["hx", [`${CONFIG}:16`]],
    ["subl", ["--wait", `${CONFIG}:16`]],
    ["something", [CONFIG]],
  ])("%s is told the line in its own way", async (editor, args) => {
    const { system, opened } = person(["no", "edit", "quit"], (text) => text.replace("bsae", "base"), { editor });
    await main(ONLY, system);
    expect(opened[0]?.slice(2)).toEqual([`${editor} "$@"`, "sh", ...args]);
  });
});

describe("who stops", () => {
  test("goes on with the answers, and a line that changed meanwhile is asked about again", async () => {
    const first = person(["yes", "quit"], (text) => text);
    await main(ONLY, first.system);
    const kept = `${HOME}/.local/state/aws-vault-doctor/answers.json`;
    expect(first.system.nodes.get(kept)?.mode).toBe(0o600);
    expect(textOf(first.system, CONFIG)).toContain("\n[staging]\n");

    const second = person(["on", "no"], (text) => text, { nodes: first.system.nodes });
    await main(ONLY, second.system);
    expect(second.system.written.errors).toContain("? You stopped on 2026-01-15, with 1 answer on\n");
    expect(textOf(second.system, CONFIG)).toContain("\n[profile staging]\n");
    expect(second.system.nodes.has(kept)).toBe(false);

    const changed = textOf(first.system, CONFIG).replace("[staging]", "[staging2]");
    first.system.files.replace(CONFIG, new TextEncoder().encode(changed), 0o600);
    const third = person(["quit"], (text) => text, { nodes: first.system.nodes });
    await main(ONLY, third.system);
    expect(third.system.written.errors).not.toContain("You stopped");
  });

  test("what cannot be read of them is nobody's loss", async () => {
    const { system } = person(["quit"], (text) => text);
    for (const text of ["{", "{}", '{"schemaVersion":1}', "[]", "null"]) {
      system.files.makeFolder(`${HOME}/.local/state/aws-vault-doctor`);
      const path = `${HOME}/.local/state/aws-vault-doctor/answers.json`;
      system.files.replace(path, new TextEncoder().encode(text), 0o600);
      const again = person(["quit"], (one) => one, { nodes: system.nodes });
      expect(await main(ONLY, again.system), text).toBe(1);
    }
  });

  test("and no secret is among them", async () => {
    const { system } = person(["yes", "quit"], (text) => text);
    await main(["fix", "--only", "static-keys-in-plain-text,source-profile-not-found"], system);
    const kept = textOf(system, `${HOME}/.local/state/aws-vault-doctor/answers.json`);
    expect(kept).toContain("static-keys-in-plain-text");
    expect(kept).not.toMatch(/AKIA|EXAMPLE|wJalr/);
  });
});
