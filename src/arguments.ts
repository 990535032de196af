import { COMMON_FLAGS, type Command, type CommandGroup, type Flag, type Parsed } from "./commands/command.ts";
import { commands as entries, groups } from "./commands/index.ts";
import { UserError } from "./errors.ts";
import { didYouMean, nearest } from "./nearest.ts";
import { version } from "./version.ts";

/** What the arguments are measured by: the commands, and those of the group that they may be meant for. */
interface Known {
  readonly commands: readonly Command[];
  readonly group: LoadedGroup | undefined;
}

/** Says what the arguments ask for. Throws a UserError when they make no sense. */
export async function parse(args: readonly string[], columns: number): Promise<Parsed> {
  const { default: yargs } = await import("yargs");
  const known = { commands: await Promise.all(entries.map((entry) => entry.load())), group: await groupNamed(args) };
  const { commands, group } = known;
  let chosen: Command | undefined;
  let argv: Parsed["argv"] = {};
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
    })
    .options(options(COMMON_FLAGS))
    .epilogue(
      "Exit codes: 0 nothing to report at --fail-on or above, 1 findings, 2 wrong usage, 3 a check could not run, 4 a fix failed.",
    )
    .fail((message, error) => {
      // What the argument library throws itself (a flag without its value) is the user's trouble too.
      throw error !== undefined && error.name !== "YError"
        ? error
        : usageError((message ?? error.message).replaceAll(MARK, ""), args, known);
    });
  const register = (to: Pick<typeof parser, "command">, command: Command): void => {
    const others = command === commands[0] ? ["$0"] : (command.aliases ?? []);
    to.command({
      command: [`${command.name} ${command.takes}`.trim(), ...others],
      describe: command.isHidden === true ? false : command.summary,
      builder: (inner) => {
        for (const [example, what] of command.examples) inner.example(example, what);
        return inner.options(options(command.flags));
      },
      handler: (given_) => {
        chosen = command;
        argv = withoutRepetition(given_, command);
      },
    });
  };
  for (const command of commands) register(parser, command);
  for (const { name, summary } of groups) {
    parser.command({
      command: `${name} <command>`,
      describe: summary,
      builder: (inner) => {
        if (group?.name === name) for (const command of group.commands) register(inner, command);
        return inner;
      },
      handler: ({ command }) => {
        // Nothing below took it.
        throw usageError(`Unknown argument: ${String(command)}`, args, known);
      },
    });
  }
  const [own, program] = withoutProgram(args, group);
  void parser.parse(withValues(own, commands), {}, (error, _argv, text) => {
    if (error) throw error;
    output = text;
  });
  return { command: output === "" ? chosen : undefined, argv, program, output };
}

/** A flag that is given twice means what it says last. The library's own way of that would leave one of many words, too. */
function withoutRepetition(argv: Parsed["argv"], command: Command): Parsed["argv"] {
  const flags = { ...COMMON_FLAGS, ...command.flags };
  return Object.fromEntries(
    Object.entries(argv).map(([name, value]) => [
      name,
      unmarked(Array.isArray(value) && name in flags && flags[name]!.kind !== "list" ? value.at(-1) : value),
    ]),
  );
}

/**
 * The library makes a flag of a lone dash, or loses it, and counts nothing behind `--` among a command's words. So it gets to
 * see words that begin with another character.
 */
const MARK = "\u0000";
const unmarked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unmarked);
  return typeof value === "string" ? value.replaceAll(MARK, "") : value;
};

/** The arguments in front of `--`, and the command line behind it, where there is a command that takes one. */
function withoutProgram(
  args: readonly string[],
  group: LoadedGroup | undefined,
): readonly [own: readonly string[], program: readonly string[]] {
  const cut = args.indexOf("--");
  const own = args.slice(0, cut);
  const isTaken =
    group?.commands.some(({ name, takesProgram }) => takesProgram === true && own.includes(name)) === true;
  return cut >= 0 && isTaken ? [own, args.slice(cut + 1)] : [args, []];
}

type LoadedGroup = CommandGroup & { readonly commands: readonly Command[] };

/** The group that the arguments may be meant for, its commands loaded. */
async function groupNamed(args: readonly string[]): Promise<LoadedGroup | undefined> {
  const group = groups.find(({ name }) => args.includes(name));
  return group && { ...group, commands: await group.load() };
}

/** `--fix` as `--fix=safe`: for the argument library, the next word would be its value. Behind `--` there are words alone. */
function withValues(args: readonly string[], commands: readonly Command[]): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const flags = new Map(commands.flatMap((command) => Object.entries(command.flags)));
  const own = args.slice(0, end).map((arg) => {
    if (arg === "-") return MARK + arg;
    const alone = arg.startsWith("--") ? flags.get(arg.slice(2))?.alone : undefined;
    return alone === undefined ? arg : `${arg}=${alone}`;
  });
  return [...own, ...args.slice(end + 1).map((word) => (word.startsWith("-") ? MARK + word : word))];
}

function options(flags: Readonly<Record<string, Flag>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, { kind, says, choices, isOn, short, isHidden }]) => [
      name,
      {
        describe: isOn === true ? `${says} (--no-${name}: do not)` : says,
        type: kind === "switch" ? "boolean" : "string",
        // One value each time: words that follow are the command's own.
        ...(kind === "list" ? { array: true, nargs: 1 } : {}),
        ...(kind === "switch" ? {} : { requiresArg: true }),
        ...(choices ? { choices } : {}),
        ...(short === undefined ? {} : { alias: short }),
        ...(isHidden === true ? { hidden: true } : {}),
      },
    ]),
  );
}

/** One line that names what is wrong and what is nearest to it. */
function usageError(message: string, args: readonly string[], known: Known): UserError {
  const { group } = known;
  const wrong = (text: string): UserError => {
    const of = group?.name === args[0] ? group : undefined;
    const help = ["aws-vault-doctor", ...(of === undefined ? [] : [of.name]), "--help"].join(" ");
    const hint = `\`${help}\` lists commands and flags`;
    return new UserError("BAD_USAGE", text, { hint, ...(of === undefined ? {} : { exitCode: of.usageExit }) });
  };
  const unknown = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message)?.[1];
  if (unknown !== undefined) return wrong(unknownWord(unknown, args, known));
  const flag = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (flag !== undefined) return wrong(`--${flag} needs a value`);
  if (message.startsWith("Not enough non-option arguments")) {
    const command = commandOf(args, known);
    if (command !== undefined) return wrong(`${command.name} needs ${command.takes}`);
  }
  const choice = /Argument: (\S+), Given: ("[^]*?"), Choices: (.*)/.exec(message);
  if (choice === null) return wrong(lowerFirst(message.split("\n")[0]!));
  return wrong(`--${choice[1]!} takes ${choice[3]!.replace(/, ([^,]*)$/, " or $1")}, and not ${choice[2]!}`);
}

/** The command that the first words name, or the group that they stop at. */
function commandOf(
  args: readonly string[],
  { commands, group }: Known,
): { readonly name: string; readonly takes: string } | undefined {
  if (group === undefined || group.name !== args[0]) return commands.find(({ name }) => name === args[0]);
  const command = group.commands.find(({ name, aliases = [] }) => [name, ...aliases].includes(args[1] ?? ""));
  if (command === undefined) return { name: group.name, takes: "<command>" };
  return { name: `${group.name} ${command.name}`, takes: command.takes };
}

function unknownWord(unknown: string, args: readonly string[], { commands, group }: Known): string {
  const all = group?.name === args[0] ? group!.commands : commands;
  const isFlag = args.some((arg) => arg.startsWith("-") && arg.replace(/^-+(?:no-)?/, "").split("=")[0] === unknown);
  if (isFlag) {
    // Of the command that is meant, or of all where that is not known.
    const meant = all.filter(({ name, aliases = [] }) => args.some((arg) => [name, ...aliases].includes(arg)));
    const of = meant.length > 0 ? meant : all;
    const flags = [...of.flatMap(({ flags: own }) => Object.keys(own)), ...Object.keys(COMMON_FLAGS)];
    // A letter is near to every other.
    const [near] = unknown.length === 1 ? [] : nearest(unknown, [...flags, "help", "version"], 1);
    const dashes = unknown.length === 1 ? "-" : "--";
    return `there is no flag ${dashes}${unknown}${near === undefined ? "" : `, did you mean --${near}?`}`;
  }
  if (group !== undefined && group.name === args[0] && args[1] === unknown) {
    const names = group.commands.map(({ name }) => name);
    return `there is no command '${group.name} ${unknown}'${didYouMean(unknown, names)}`;
  }
  return `'${unknown}' is one word too many`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
