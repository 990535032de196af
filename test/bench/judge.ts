/** Reading and judging two files, a large one among them, beside reading them and splitting them into lines, in turn. */
import { readFileSync } from "node:fs";
import { rules } from "../../rules/index.ts";
import { check } from "../../src/doctor/check.ts";
import { gather } from "../../src/doctor/gather.ts";
import type { Scope } from "../../src/model/scope.ts";
import { DEFAULT_TOOLS } from "../../src/model/tool.ts";
import { probes } from "../../src/probes/index.ts";
import { thisMachine } from "../../src/system/node.ts";

const [config, credentials] = process.argv.slice(2) as [string, string];
const RUNS = 61; // Most of them when the engine has seen the code before, as the first one alone has not.

const scope: Scope = {
  config: { path: config, by: "argument" },
  credentials: { path: credentials, by: "argument" },
  filesOnly: true,
  tools: DEFAULT_TOOLS,
  profile: undefined,
  consent: new Set(),
};
const needed = [...new Set(rules.flatMap(({ needs }) => needs))];
const system = { ...thisMachine("."), files: thisMachine(".").files };

const timed = async (work: () => unknown): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const splitBoth = (at: string | RegExp): number =>
  [config, credentials].reduce((sum, path) => sum + readFileSync(path, "utf8").split(at).length, 0);

const judged: number[] = [];
const split: number[] = [];
const splitAtEither: number[] = [];
let lines = 0;
let findings = 0;
for (let run = 0; run < RUNS; run++) {
  split.push(await timed(() => (lines = splitBoth("\n"))));
  splitAtEither.push(await timed(() => splitBoth(/\r?\n/)));
  judged.push(
    await timed(async () => {
      const outcomes = await check(rules, await gather(system, scope, probes, needed, {}, () => {}), DEFAULT_TOOLS);
      findings = outcomes.reduce((sum, outcome) => sum + (outcome.kind === "ran" ? outcome.findings.length : 0), 0);
    }),
  );
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const ratio = (to: readonly number[]): string => median(judged.map((one, run) => one / to[run]!)).toFixed(2);
const what = `read and judge ${lines} lines (${findings} findings)`;
console.log(
  `${what.padEnd(44)} ${median(judged).toFixed(1)} ms; read and split at \\n ${median(split).toFixed(1)} ms, ratio ${ratio(split)}; ` +
    `at \\r?\\n, as the SDK's loader does, ${median(splitAtEither).toFixed(1)} ms, ratio ${ratio(splitAtEither)}; ` +
    `first run ${judged[0]!.toFixed(0)} ms`,
);
