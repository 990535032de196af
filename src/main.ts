import { COMMON_FLAGS, type Command, type Flag, type Given } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import { EXIT, UserError } from "./errors.ts";
import { nearest } from "./nearest.ts";
import { printable } from "./report/printable.ts";
import { FileTrouble, type System } from "./system/system.ts";
import { version } from "./version.ts";

/** Runs the program on a machine, and returns its exit code. The user's trouble is one line; ours has a stack. */
export async function main(args: readonly string[], system: System): Promise<number> {
  const { errors } = system.terminal;
  try {
    const parsed = isPlain(args)
      ? { command: usual, argv: {}, output: "" }
      : await parse(args, system.terminal.output.columns);
    if (parsed.output !== "") system.terminal.output.write(`${parsed.output}\n`);
    return parsed.command === undefined
      ? EXIT.ok
      : await parsed.command.run(given(parsed.argv, parsed.command, system), system);
  } catch (error) {
    if (error instanceof UserError || error instanceof FileTrouble) {
      errors.write(`aws-vault-doctor: ${printable(error.message)}\n`);
      if (error instanceof UserError && error.hint !== undefined) errors.write(`  ${printable(error.hint)}\n`);
      return error instanceof UserError ? error.exitCode : EXIT.incomplete;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    errors.write(
      `aws-vault-doctor: this is our mistake, and not yours. Please report it with these lines:\n${stack}\n`,
    );
    errors.write(`aws-vault-doctor ${version}, ${system.machine.os}\n`);
    return EXIT.bug;
  }
}

type Argv = Readonly<Record<string, unknown>>;

interface Parsed {
  /** None when the arguments asked for a text of the argument library's own: the help or the version. */
  readonly command: Command | undefined;
  readonly argv: Argv;
  readonly output: string;
}

const [usual] = commands;

/** What most runs are. It needs no argument library, whose loading takes longer than all the rest of such a run. */
const isPlain = (args: readonly string[]): boolean =>
  args.length === 0 || (args.length === 1 && args[0] === usual.name);

async function parse(args: readonly string[], columns: number): Promise<Parsed> {
  const { default: yargs } = await import("yargs");
  let chosen: Command | undefined;
  let argv: Argv = {};
  let output = "";
  const parser = yargs()
    .scriptName("aws-vault-doctor")
    .usage("$0 [command]\n\nSays what is wrong with your AWS credential set-up, at file and line, and why.")
    .detectLocale(false)
    .version(version)
    .alias({ help: "h", version: "V" })
    .exitProcess(false)
    .strict()
    .showHelpOnFail(false)
    .wrap(Math.min(columns, 100))
    .parserConfiguration({
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "duplicate-arguments-array": false,
    })
    .options(options(COMMON_FLAGS))
    .epilogue(
      "Exit codes: 0 nothing to report at --fail-on or above, 1 findings, 2 wrong usage, 3 a check could not run.",
    )
    .fail((message, error) => {
      // What the argument library throws itself (a flag without its value) is the user's trouble too.
      throw error !== undefined && error.name !== "YError" ? error : usageError(message ?? error.message, args);
    });
  for (const command of commands) {
    parser.command({
      command: [`${command.name} ${command.takes}`.trim(), ...(command === usual ? ["$0"] : [])],
      describe: command.summary,
      builder: (inner) => {
        for (const [example, what] of command.examples) inner.example(example, what);
        return inner.options(options(command.flags));
      },
      handler: (given_) => {
        chosen = command;
        argv = given_;
      },
    });
  }
  void parser.parse([...args], {}, (error, _argv, text) => {
    if (error) throw error;
    output = text;
  });
  return { command: output === "" ? chosen : undefined, argv, output };
}

function options(flags: Readonly<Record<string, Flag>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, { kind, says, choices, isOn }]) => [
      name,
      {
        describe: isOn === true ? `${says} (--no-${name}: do not)` : says,
        type: kind === "switch" ? "boolean" : "string",
        ...(kind === "list" ? { array: true } : {}),
        ...(kind === "switch" ? {} : { requiresArg: true }),
        ...(choices ? { choices } : {}),
      },
    ]),
  );
}

/** One line that names what is wrong and what is nearest to it. */
function usageError(message: string, args: readonly string[]): UserError {
  const unknown = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message)?.[1];
  const hint = "`aws-vault-doctor --help` lists commands and flags";
  if (unknown === undefined) {
    const flag = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
    if (flag !== undefined) return new UserError("BAD_USAGE", `--${flag} needs a value`, { hint });
    const command = commands.find(({ name }) => name === args[0]);
    if (message.startsWith("Not enough non-option arguments") && command !== undefined) {
      return new UserError("BAD_USAGE", `${command.name} needs ${command.takes}`, { hint });
    }
    const choice = /Argument: (\S+), Given: ("[^]*?"), Choices: (.*)/.exec(message);
    if (choice === null) return new UserError("BAD_USAGE", lowerFirst(message.split("\n")[0]!), { hint });
    return new UserError(
      "BAD_USAGE",
      `--${choice[1]!} takes ${choice[3]!.replace(/, ([^,]*)$/, " or $1")}, and not ${choice[2]!}`,
      { hint },
    );
  }
  const isFlag = args.some((arg) => arg.startsWith("-") && arg.replace(/^-+(?:no-)?/, "").split("=")[0] === unknown);
  if (!isFlag) return new UserError("BAD_USAGE", `'${unknown}' is one word too many`, { hint });
  const known = [
    ...commands.flatMap(({ flags }) => Object.keys(flags)),
    ...Object.keys(COMMON_FLAGS),
    "help",
    "version",
  ];
  const [near] = nearest(unknown, known, 1);
  const dashes = unknown.length === 1 ? "-" : "--";
  return new UserError(
    "BAD_USAGE",
    `there is no flag ${dashes}${unknown}${near === undefined ? "" : `, did you mean --${near}?`}`,
    { hint },
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function given(argv: Argv, command: Command, system: System): Given {
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? value.flatMap((one) => String(one).split(",")).filter((one) => one !== "") : [];
  const name = /\w+/.exec(command.takes)?.[0];
  const words = name === undefined ? undefined : argv[name];
  return {
    // Of a lone dash, the argument library makes a flag that is on.
    words: words === undefined ? [] : [words].flat().map((word: unknown) => (typeof word === "string" ? word : "-")),
    text: (flag) => {
      const value = argv[flag];
      return typeof value === "string" ? value : undefined;
    },
    isOn: (flag) =>
      flag.startsWith("no-") ? argv[flag.slice(3)] === false : (argv[flag] ?? command.flags[flag]?.isOn) === true,
    list: (flag) => list(argv[flag]),
    log: argv["debug"] === true ? (line) => system.terminal.errors.write(`${printable(line)}\n`) : () => {},
  };
}
