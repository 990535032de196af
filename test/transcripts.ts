import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../src/main.ts";
import type { Bus } from "../src/system/system.ts";
import type { FakeFile, FakeOptions } from "./fake-system.ts";
import { FIXTURES, HOME, readMachine } from "./fixtures.ts";
import { type FakeAws, startFakeAws } from "./support/fake-aws.ts";
import { fakeSecrets } from "./support/fake-secrets.ts";
import { world } from "./support/world.ts";

const PAGES = join(FIXTURES, "..", "docs", "rules");

/**
 * A transcript: `use FOLDER` sets the machine up (a folder below fixtures/), `$ NAME=value aws-vault-doctor …` runs a
 * command (`<<< yes, no` answers a person's prompts), and what follows is what it printed: stdout as it is, stderr behind
 * `! `, and the exit code where it is not 0. `? ` is a question and, behind `→`, what is typed. `$ cat FILE` shows a file
 * of the machine. Where a transcript speaks of `$AWS`, that is the address of a stand-in for AWS. What commands change stays changed. Returns the transcript as it really goes.
 */
export async function replay(transcript: string): Promise<string> {
  let folder = "";
  let nodes: FakeOptions["nodes"];
  let aws: FakeAws | undefined;
  // Nobody takes it unless it is named.
  const keyring = fakeSecrets({ collections: ["awsvault"], isRunning: false, isStartable: false });
  const told: string[] = [];
  const all = transcript.split("\n");
  for (const [index, line] of all.entries()) {
    if (line.startsWith("use ")) {
      folder = line.slice(4).trim();
      nodes = undefined;
      await aws?.close();
      aws = transcript.includes("$AWS") ? await startFakeAws(world({ isCounted: true })) : undefined;
      if (told.length > 0) told.push("");
    }
    if (line.startsWith("use ") || line.startsWith("// ")) told.push(line);
    if (line.startsWith("// ") && told.at(-2)?.startsWith("// ") === false) told.splice(-1, 0, "");
    if (!line.startsWith("$ ")) continue;
    const next = all.findIndex((one, at) => at > index && one.startsWith("$ "));
    const typed = all
      .slice(index + 1, next < 0 ? all.length : next)
      .filter((one) => one.startsWith("? ") && one.includes(" → "))
      .map((one) => one.split(" → ")[1]!);
    const { out, errors, code, asked, left } = await run(folder, line.slice(2), {
      nodes,
      typed,
      aws: aws?.url,
      bus: keyring.bus,
    });
    nodes = left;
    told.push(
      "",
      line,
      ...asked.map((question, at) => `? ${question}${at < typed.length ? ` → ${typed[at]}` : ""}`),
      ...lines(withoutAddress(out, aws)),
      ...lines(withoutAddress(errors, aws)).map((one) => `! ${one}`),
      ...(code === 0 ? [] : [`[exit ${code}]`]),
    );
  }
  await aws?.close();
  return `${told.join("\n").replace(/^\n+/, "")}\n`;
}

const withoutAddress = (text: string, aws: FakeAws | undefined): string =>
  aws === undefined ? text : text.replaceAll(aws.url, "$AWS");

interface Before {
  readonly nodes: FakeOptions["nodes"];
  readonly typed: readonly string[];
  readonly aws: string | undefined;
  readonly bus: Bus;
}

/** Runs a command line on the machine of a fixture, in this process, on the files that the command before it has left. */
async function run(folder: string, commandLine: string, { nodes, typed, aws, bus }: Before) {
  const [command, answered] = commandLine.split(" <<< ");
  const words = split(command!);
  // Whatever asks AWS in a transcript asks our own, or nobody.
  const environment: Record<string, string> = aws === undefined ? {} : { AWS_ENDPOINT_URL: aws };
  while (/^[A-Za-z_]\w*=/.test(words[0] ?? "")) {
    const [name, ...value] = words.shift()!.split("=");
    environment[name!] = value
      .join("=")
      .replaceAll("$HOME", HOME)
      .replaceAll("$AWS", aws ?? "");
  }
  const program = words.shift();
  const answers = answered?.split(", ") ?? (typed.length > 0 ? typed : undefined);
  const { system } = readMachine(join(FIXTURES, folder), {
    files: pages(),
    environment,
    bus,
    web: async (url) => {
      const { pathname, search } = new URL(url);
      const answer = await fetch(`${aws ?? "http://127.0.0.1:1"}${pathname}${search}`);
      return { ended: true, status: answer.status, headers: new Map(), body: await answer.text() };
    },
    ...(nodes === undefined ? {} : { nodes }),
    ...(answers === undefined ? {} : { answers }),
    run: (name, args, child) => {
      const variables = Object.entries(child).filter(([variable]) => variable.startsWith("AWS_"));
      system.written.out += `(runs ${[name, ...args].join(" ")})\n`;
      const told = variables.map(
        ([variable, value]) => `${variable}=${TOKEN.test(variable) ? "(of this run)" : value}\n`,
      );
      system.written.out += told.join("");
      return 0;
    },
  });
  if (program === "cat") {
    const bytes = system.files.read(words[0]!.replace("~", HOME), 100_000);
    return { out: new TextDecoder().decode(bytes), errors: "", code: 0, asked: [], left: system.nodes };
  }
  if (program !== "aws-vault-doctor") throw new Error(`a transcript runs aws-vault-doctor, and not: ${commandLine}`);
  const code = await main(words, system);
  const { out, errors } = system.written;
  return { out, errors, code, asked: system.asked, left: system.nodes };
}

const TOKEN = /^AWS_CONTAINER_AUTHORIZATION_TOKEN$/;

/** The rule pages, where the package would have them. */
const pages = (): Record<string, FakeFile> =>
  Object.fromEntries(
    readdirSync(PAGES).map((name) => [
      `/opt/aws-vault-doctor/docs/rules/${name}`,
      readFileSync(join(PAGES, name), "utf8"),
    ]),
  );

/** How many rules there are changes with each new one, and is no matter here. */
const lines = (text: string): string[] =>
  text === ""
    ? []
    : text
        .replace(/\n$/, "")
        .replaceAll(/\b\d{3} rules\b/g, "NNN rules")
        .split("\n");

/** Words of a command line; single and double quotes hold blanks together. */
function split(commandLine: string): string[] {
  return [...commandLine.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"),
  );
}
