import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../src/main.ts";
import { type FakeFile, type FakeSystem, fakeSystem } from "./fake-system.ts";
import { FIXTURES, HOME, readMachine } from "./fixtures.ts";

const PAGES = join(FIXTURES, "..", "docs", "rules");

/**
 * A transcript: `use FOLDER` sets the machine up (a folder below fixtures/), `$ NAME=value aws-vault-doctor …` runs a
 * command, and what follows is what it printed: stdout as it is, stderr behind `! `, and the exit code where it is not 0.
 * `? ` is a question and, behind `→`, what is typed. `$ cat FILE` shows a file of the machine. What commands change stays
 * changed. Returns the transcript as it really goes.
 */
export async function replay(transcript: string): Promise<string> {
  let machine: FakeSystem | undefined;
  const told: string[] = [];
  const all = transcript.split("\n");
  for (const [index, line] of all.entries()) {
    if (line.startsWith("use ")) machine = readMachine(join(FIXTURES, line.slice(4).trim()), { files: pages() }).system;
    if (line.startsWith("use ") || line.startsWith("// ")) told.push(line);
    if (line.startsWith("// ") && told.at(-2)?.startsWith("// ") === false) told.splice(-1, 0, "");
    if (!line.startsWith("$ ")) continue;
    const next = all.findIndex((one, at) => at > index && one.startsWith("$ "));
    const answers = all
      .slice(index + 1, next < 0 ? all.length : next)
      .filter((one) => one.startsWith("? ") && one.includes(" → "))
      .map((one) => one.split(" → ")[1]!);
    const { out, errors, code, asked } = await run(machine!, line.slice(2), answers);
    told.push(
      "",
      line,
      ...asked.map((question, at) => `? ${question}${at < answers.length ? ` → ${answers[at]}` : ""}`),
      ...lines(out),
      ...lines(errors).map((one) => `! ${one}`),
      ...(code === 0 ? [] : [`[exit ${code}]`]),
    );
  }
  return `${told.join("\n").replace(/^\n+/, "")}\n`;
}

interface Done {
  readonly out: string;
  readonly errors: string;
  readonly code: number;
  readonly asked: readonly string[];
}

/** Runs a command line on a machine, in this process. */
async function run(machine: FakeSystem, commandLine: string, answers: readonly string[]): Promise<Done> {
  const words = split(commandLine);
  const environment: Record<string, string> = {};
  while (/^[A-Za-z_]\w*=/.test(words[0] ?? "")) {
    const [name, ...value] = words.shift()!.split("=");
    environment[name!] = value.join("=").replaceAll("$HOME", HOME);
  }
  const program = words.shift();
  if (program === "cat") {
    const bytes = machine.files.read(words[0]!.replace("~", HOME), 100_000);
    return { out: new TextDecoder().decode(bytes), errors: "", code: 0, asked: [] };
  }
  if (program !== "aws-vault-doctor") {
    throw new Error(`a transcript runs aws-vault-doctor, and not: ${commandLine}`);
  }
  // The files stay; what is typed and printed is of this run alone.
  const fresh = fakeSystem({
    answers,
    run: (command, args, child) => {
      const told = Object.entries(child).filter(([name]) => name.startsWith("AWS_"));
      written.out += `(runs ${[command, ...args].join(" ")})\n${told.map(([name, value]) => `${name}=${value}\n`).join("")}`;
      return 0;
    },
  });
  const { terminal, programs, written, asked } = fresh;
  const system = { ...machine, terminal, programs, environment: { ...machine.environment, ...environment } };
  const code = await main(words, system);
  return { out: written.out, errors: written.errors, code, asked };
}

/** The rule pages, where the package would have them. */
const pages = (): Record<string, FakeFile> =>
  Object.fromEntries(
    readdirSync(PAGES).map((name) => [
      `/opt/aws-vault-doctor/docs/rules/${name}`,
      readFileSync(join(PAGES, name), "utf8"),
    ]),
  );

const lines = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

/** Words of a command line; single and double quotes hold blanks together. */
function split(commandLine: string): string[] {
  return [...commandLine.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"),
  );
}
