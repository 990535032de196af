import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { fakeSystem } from "./fake-system.ts";
import { HOME, ROOT } from "./fixtures.ts";

const CONFIG = "[default]\n[profile prod]\n[profile prod-eu]\n[profile a:b]\n[sso-session company]\n[profile a:c]\n";
const CREDENTIALS = "[keys]\naws_access_key_id = x\n";

async function complete(kind: string, ...words: string[]): Promise<string[]> {
  const files = { [`${HOME}/.aws/config`]: CONFIG, [`${HOME}/.aws/credentials`]: CREDENTIALS };
  const system = fakeSystem({ files });
  expect(await main(["--complete", kind, ...words], system)).toBe(0);
  expect(system.written.errors).toBe("");
  return system.written.out.split("\n").slice(0, -1);
}

describe("what may stand at the end", () => {
  test.each([
    [["wh"], ["why"]],
    [
      ["why", ""],
      ["a:b", "a:c", "default", "keys", "prod", "prod-eu"],
    ],
    [
      ["why", "prod"],
      ["prod", "prod-eu"],
    ],
    [["check", "--profile", "k"], ["keys"]],
    [["--profile=pr"], ["--profile=prod", "--profile=prod-eu"]],
    [["vault", "exec", "d"], ["default"]],
    [["vault", "exec", "prod", "--", ""], [":files"]],
    [
      ["vault", "e"],
      ["exec", "export"],
    ],
    [["explain", "source-profile-n"], ["source-profile-not-found"]],
    [["check", "--only", "suppression-u"], ["suppression-unused"]],
    [["check", "--skip=polic"], ["--skip=policy"]],
    [
      ["check", "--format", "j"],
      ["json", "json-lines", "junit"],
    ],
    [
      ["check", "--for", "aws-vault"],
      ["aws-vault", "aws-vault-99designs"],
    ],
    [["check", "--output", ""], [":files"]],
    [["check", "--format", "json", ""], [":files"]],
    [["check", "team/config", ""], [":files"]],
    [["check", "--no-s"], ["--no-suppressions"]],
    [["check", "--write"], ["--write-baseline"]],
    [["baseline", ""], ["prune"]],
    [
      ["init", "git"],
      ["github", "gitlab"],
    ],
    [["completion", "z"], ["zsh"]],
    [["nonsense", ""], [":files"]],
    [["vault", "nonsense", ""], []],
  ])("%j", async (words, expected) => {
    expect(await complete("zsh", ...words)).toEqual(expected);
  });

  test("bash breaks words, and gets what comes behind the break", async () => {
    expect(await complete("bash", "check", "--format", "=", "js")).toEqual(["json", "json-lines"]);
    expect(await complete("bash", "check", "--format", "=")).toContain("sarif");
    expect(await complete("bash", "why", "a", ":", "")).toEqual(["b", "c"]);
    expect(await complete("bash", "why", "a", ":")).toEqual(["b", "c"]);
  });

  test("asked as aws-vault is, whose script expands the words as code, it gives the harmless ones", async () => {
    const files = { [`${HOME}/.aws/config`]: "[profile prod]\n[profile $(touch x)]\n[profile a b]\n" };
    const ask = async (...words: string[]): Promise<string> => {
      const system = fakeSystem({ files });
      expect(await main(["vault", "--completion-bash", ...words], system)).toBe(0);
      return system.written.out;
    };
    expect(await ask("exec", "")).toBe("prod\n");
    expect(await ask("ex")).toContain("exec\nexport\n");
    expect(await ask("exec", "prod", "--", "")).toBe("");
  });

  test("all commands, where nothing is typed", async () => {
    expect(await complete("fish", "")).toEqual(expect.arrayContaining(["check", "why", "vault", "completion"]));
  });
});

/* ───────────────────────── in the shells themselves ───────────────────── */

const home = mkdtempSync(join(tmpdir(), "avd-completion-"));
mkdirSync(join(home, ".aws"));
mkdirSync(join(home, "bin"));
writeFileSync(join(home, ".aws", "config"), CONFIG);
writeFileSync(join(home, "a-file"), "");
chmodSync(home, 0o700);
symlinkSync(join(ROOT, "bin", "aws-vault-doctor.js"), join(home, "bin", "aws-vault-doctor"));
afterAll(() => rmSync(home, { recursive: true }));

function shell(program: string, ...args: string[]): string {
  const env = { PATH: [join(home, "bin"), process.env["PATH"]].join(delimiter), HOME: home, TERM: "dumb" };
  const done = spawnSync(program, args, { env, cwd: home, encoding: "utf8", input: "" });
  expect(done.stderr).toBe("");
  return done.stdout;
}
const isHere = (program: string): boolean => {
  const isThere = spawnSync(program, ["--version"]).status === 0;
  if (!isThere) console.warn(`${program} is not here: nobody tells whether its completion works`);
  return isThere;
};

describe("bash", () => {
  const ask = (line: string): string[] => {
    const words = line.split(/(?<==)|(?==)| /).map((word) => `'${word}'`);
    const script = `eval "$(aws-vault-doctor completion bash)"
      COMP_WORDS=(${words.join(" ")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMP_LINE='${line}'
      compopt() { echo "compopt $*"; }
      _aws_vault_doctor; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return shell("bash", "--norc", "-c", script).trimEnd().split("\n");
  };
  test.skipIf(!isHere("bash"))("completes", { timeout: 30_000 }, () => {
    expect(ask("aws-vault-doctor why prod")).toEqual(["prod", "prod-eu"]);
    expect(ask("aws-vault-doctor check --format=che")).toEqual(["checkstyle"]);
    expect(ask("aws-vault-doctor check ")).toContain("compopt -o default");
  });

  test.skipIf(!isHere("bash")).each(["aws-vault-doctor completion bash", "aws-vault --completion-script-bash"])(
    "completes an alias called aws-vault: %s",
    { timeout: 30_000 },
    (script) => {
      const out = shell(
        "bash",
        "--norc",
        "-c",
        `shopt -s expand_aliases
        alias aws-vault='aws-vault-doctor vault'
        eval "$(${script})"
        complete -p aws-vault
        COMP_WORDS=(aws-vault exec prod); COMP_CWORD=2
        _aws_vault_doctor_vault; printf '%s\\n' "\${COMPREPLY[@]}"`,
      );
      expect(out).toBe("complete -F _aws_vault_doctor_vault aws-vault\nprod\nprod-eu\n");
    },
  );

  test.skipIf(!isHere("bash"))("quotes what it could take for code", { timeout: 30_000 }, () => {
    const fake = join(home, "bin", "fake");
    mkdirSync(fake);
    writeFileSync(join(fake, "aws-vault-doctor"), `#!/bin/sh\nprintf '%s\\n' '$(touch pwned)' 'a b'\n`, {
      mode: 0o755,
    });
    const script = `${shell("bash", "--norc", "-c", "aws-vault-doctor completion bash")}
      PATH=${fake}:$PATH; COMP_WORDS=(aws-vault-doctor why ''); COMP_CWORD=2
      _aws_vault_doctor; printf '%s\\n' "\${COMPREPLY[@]}"; ls`;
    const out = shell("bash", "--norc", "-c", script);
    expect(out).toContain("\\$\\(touch\\ pwned\\)\na\\ b\n");
    expect(out.split("\n")).not.toContain("pwned");
  });
});

test.skipIf(!isHere("fish"))("fish completes", { timeout: 30_000 }, () => {
  const ask = (line: string): string[] =>
    shell("fish", "--no-config", "-c", `aws-vault-doctor completion fish | source; complete -C '${line}'`).split("\n");
  expect(ask("aws-vault-doctor why prod")).toEqual(["prod", "prod-eu", ""]);
  expect(ask("aws-vault-doctor check --format=che")).toEqual(["--format=checkstyle", ""]);
  expect(ask("aws-vault-doctor check a-")).toEqual(["a-file", ""]);
});

/** Types at a terminal of its own, for zsh completes nowhere else. */
const TYPE = `
import os, pty, select, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp("zsh", ["zsh", "-f", "-i"])
shown = b""
def until(what, seconds=20):
    global shown
    end = time.time() + seconds
    while what not in shown and time.time() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            shown += os.read(terminal, 65536)
for line in sys.argv[1:3]:
    os.write(terminal, (line + "; echo rea''dy\\n").encode())
    until(b"ready\\r")
    shown = b""
os.write(terminal, sys.argv[3].encode())
until(sys.argv[4].encode())
os.write(terminal, b"\\x15exit\\n")
sys.stdout.buffer.write(shown)
`;
const hasZsh = isHere("zsh") && spawnSync("python3", ["-c", "import pty"]).status === 0;
test.skipIf(!hasZsh)("zsh completes", { timeout: 60_000 }, () => {
  const setUp =
    "unsetopt beep; PS1='> '; autoload -Uz compinit; compinit -u -D; alias aws-vault='aws-vault-doctor vault'";
  const ask = (typed: string, wanted: string, script = "aws-vault-doctor completion zsh"): string =>
    shell("python3", "-c", TYPE, setUp, `source <(${script})`, typed, wanted);
  expect(ask("aws-vault-doctor explain source-profile-n\t", "source-profile-not-found")).toContain(
    "source-profile-not-found",
  );
  expect(ask("aws-vault migr\t", "migrate-backend", "aws-vault --completion-script-zsh")).toContain("migrate-backend");
});
