import { examine } from "../doctor/examine.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import { probes } from "../probes/index.ts";
import { FORMAT_NAMES } from "../report/formats.ts";
import { human } from "../report/human.ts";
import { json } from "../report/json.ts";
import type { System } from "../system/system.ts";
import type { Command, Given } from "./command.ts";
import { examination, exitCode, isPlain, print, SCOPE_FLAGS, styleOf, watcher } from "./examination.ts";

export const check: Command = {
  name: "check",
  takes: "[files..]",
  summary: "Look at this machine's AWS set-up, or at the files that are named, and say what is wrong",
  examples: [
    ["aws-vault-doctor", "look at everything here"],
    ["aws-vault-doctor check --profile prod", "what breaks 'prod' comes first"],
    ["aws-vault-doctor check team/aws/config", "judge this file alone"],
    ["aws-vault-doctor check --diff", "show what --fix would change"],
    ["aws-vault-doctor check --fix=all", "make all fixes, after one question"],
  ],
  flags: {
    format: { kind: "list", says: "how to report; more than once for several reports", choices: FORMAT_NAMES },
    output: { kind: "list", says: "the file for the --format in front of it, instead of stdout" },
    ...SCOPE_FLAGS,
    baseline: { kind: "text", says: "the file with what is known: only what is new is told" },
    "write-baseline": { kind: "text", says: "write all that is found into that file, as known, and tell nothing" },
    all: { kind: "switch", says: "show every finding, instead of the first few of a kind" },
    fix: {
      kind: "text",
      says: "make the fixes that are right beyond doubt; --fix=all: those too that change what may be meant, after a question",
      choices: ["safe", "all"],
      alone: "safe",
    },
    diff: { kind: "switch", says: "show as a patch what --fix would change, and change nothing" },
    yes: { kind: "switch", says: "with --fix=all: do not ask" },
  },
  async run(given, system) {
    const written = given.text("write-baseline");
    const other = ["baseline", "diff", "fix"].find((flag) => given.text(flag) !== undefined || given.isOn(flag));
    if (written !== undefined && other !== undefined)
      throw new UserError("BAD_FLAG", `--write-baseline writes down all that is found: it goes without --${other}`);
    const { request, failOn } = await examination(given, system);
    if (given.text("fix") !== undefined || given.isOn("diff")) {
      // What changes files is loaded only for those who ask for it.
      const { cure } = await import("./cure.ts");
      return cure(given, system, request, failOn);
    }
    const report = await examine(system, probes, request, await watcher(given, system), given.log);
    if (written !== undefined) {
      (await import("./known.ts")).writeBaseline(report, written, system);
      return EXIT.ok;
    }
    if (isPlain(given)) print(await printed(report, given, system), system, given.text("format") ?? "human");
    else await (await import("./reports.ts")).writeReports(report, given, system, failOn);
    return exitCode(report, failOn);
  },
};

function printed(report: Report, given: Given, system: System): string | Promise<string> {
  if (given.text("format") === "json") return json(report, system.machine.home);
  // Files that are named are a team's more often than this machine's, and a pipe's have no place to be changed in.
  const here = given.words.length > 0 ? {} : { cure: "aws-vault-doctor fix", further: further(report) };
  return human(report, { ...styleOf(given, system), ...here });
}

/** Files and variables are not all that it takes: keys can be gone, roles closed and sign-ins over, and only AWS knows. */
function further({ active, looked }: Report): string {
  if (looked.profiles === 0) return "no profile yet? aws configure sso, or aws-vault-doctor vault add NAME";
  const [name = ""] = active.filter((one) => /^[\w.@+-]+$/.test(one) && one !== "default");
  return `fails all the same? aws-vault-doctor verify ${name || "PROFILE"}, or explain "the error"`;
}
