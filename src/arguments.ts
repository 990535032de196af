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
    // By another name, as an alias or a script gives it to a group, it says who it is; aws-vault knows -v.
    .version(group === undefined ? version : `aws-vault-doctor ${version}`)
    .alias({ help: "h", version: group === undefined ? "V" : ["V", "v"] })
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
  const [own, program] = withoutProgram(helpAsFlag(args, group), group);
  const meant = flagsMeant(own, known);
  const asked = withValues(own, meant, (letter) => usageError(`Unknown argument: ${letter}`, args, known));
  void parser.parse(asked, {}, (error, _argv, text) => {
    if (error) throw error;
    output = text;
  });
  return { command: output === "" ? chosen : undefined, group, argv, program, output };
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

/** `vault help exec`, as aws-vault takes it. */
function helpAsFlag(args: readonly string[], group: LoadedGroup | undefined): readonly string[] {
  const at = group !== undefined && args[0] === group.name ? 1 : 0;
  return args[at] === "help" && args.length > at + 1 ? [...args.slice(0, at), ...args.slice(at + 1), "--help"] : args;
}

/** The flags of the command that is meant, or of all where that is not known. */
function flagsMeant(args: readonly string[], { commands, group }: Known): ReadonlyMap<string, Flag> {
  const of = meantBy(args, group !== undefined && args.includes(group.name) ? group.commands : commands);
  const all = [LIBRARYS_OWN, group === undefined ? {} : { v: LIBRARYS_OWN["version"]! }, COMMON_FLAGS];
  return new Map([...all, ...of.map(({ flags }) => flags)].flatMap((flags) => Object.entries(flags)));
}

const LIBRARYS_OWN: Readonly<Record<string, Flag>> = {
  help: { kind: "switch", says: "", short: "h" },
  version: { kind: "switch", says: "", short: "V" },
};

const meantBy = (args: readonly string[], all: readonly Command[]): readonly Command[] => {
  const meant = all.filter(({ name, aliases = [] }) => args.some((arg) => [name, ...aliases].includes(arg)));
  return meant.length > 0 ? meant : all;
};

/**
 * What the library would take for something else: the word behind `--fix`, and `true` behind a switch, would be their values, and
 * `-d1h` three flags. Behind `--` there are words alone.
 */
function withValues(
  args: readonly string[],
  flags: ReadonlyMap<string, Flag>,
  unknown: (letter: string) => UserError,
): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const byLetter = new Map([...flags].map(([name, flag]) => [name.length === 1 ? name : flag.short, { name, flag }]));
  const isSwitch = (arg: string | undefined): boolean => {
    if (arg?.startsWith("-") !== true) return false;
    const name = arg.replace(/^--?(?:no-)?/, "");
    return (arg.startsWith("--") ? flags.get(name) : byLetter.get(name)?.flag)?.kind === "switch";
  };

  /** `-nd1h` as `-n --duration=1h`. */
  function apart(letters: string): string[] {
    const [letter = "", rest] = [letters[0], letters.slice(1)];
    const { name, flag } = byLetter.get(letter) ?? {};
    if (flag !== undefined && flag.kind !== "switch") return [rest === "" ? `-${letter}` : `--${name!}=${rest}`];
    if (flag === undefined) throw unknown(letter);
    return [`-${letter}`, ...(rest === "" ? [] : apart(rest))];
  }

  const own = args.slice(0, end).flatMap((arg, at) => {
    if (arg === "-" || (/^(?:true|false)$/.test(arg) && isSwitch(args[at - 1]))) return [MARK + arg];
    if (/^-[^-\d=]./.test(arg) && arg[2] !== "=") return apart(arg.slice(1));
    const alone = arg.startsWith("--") ? flags.get(arg.slice(2))?.alone : undefined;
    return [alone === undefined ? arg : `${arg}=${alone}`];
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
  const of = group?.name === args[0] ? group : undefined;
  const wrong = (text: string, hint = listedBy(of)): UserError =>
    new UserError("BAD_USAGE", text, { hint, ...(of === undefined ? {} : { exitCode: of.usageExit }) });
  const unknown = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message)?.[1];
  if (unknown !== undefined) {
    const flag = flagAsTyped(unknown, args);
    // Where it does not know the command, it knows no flag of it either.
    const isStrange = flag !== undefined && !isFlag(flag, flagsMeant(args, known));
    return isStrange ? wrong(...unknownFlag(flag, args, known)) : wrong(unknownWord(unknown, args, known));
  }
  const flag = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (flag !== undefined) return wrong(`${flag.length === 1 ? "-" : "--"}${flag} needs a value`);
  if (message.startsWith("Not enough non-option arguments")) {
    // The library takes the command for the value of a flag that it does not know.
    const strange = of && args.find((arg) => /^--?\w/.test(arg) && !isFlag(arg, flagsMeant(args, known)));
    if (strange !== undefined) return wrong(...unknownFlag(strange.split("=")[0]!, args, known));
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
  known: Known,
): { readonly name: string; readonly takes: string; readonly takesProgram?: boolean } | undefined {
  const { commands, group } = known;
  if (group === undefined || group.name !== args[0]) return commands.find(({ name }) => name === args[0]);
  const word = wordIn(args, known);
  const command = group.commands.find(({ name, aliases = [] }) => [name, ...aliases].includes(word ?? ""));
  if (command === undefined) return { name: group.name, takes: "<command>" };
  return { ...command, name: `${group.name} ${command.name}` };
}

/** The first word behind the group's name, which names a command of it, or should. */
function wordIn(args: readonly string[], known: Known): string | undefined {
  const flags = flagsMeant(args, known);
  const takesNext = (arg: string): boolean => {
    const flag = arg.startsWith("--") ? flags.get(arg.slice(2)) : undefined;
    return flag !== undefined && flag.kind !== "switch";
  };
  return args.find((arg, at) => at > 0 && !arg.startsWith("-") && !takesNext(args[at - 1]!));
}

const isFlag = (arg: string, flags: ReadonlyMap<string, Flag>): boolean => {
  const name = arg.split("=")[0]!.replace(/^--?(?:no-)?/, "");
  const isLetter = name.length === 1 && [...flags.values()].some(({ short }) => short === name);
  return isLetter || flags.has(name);
};

const listedBy = (group: LoadedGroup | undefined): string =>
  `\`${["aws-vault-doctor", ...(group === undefined ? [] : [group.name]), "--help"].join(" ")}\` lists commands and flags`;

/** `--no-x` for what the library calls `x`, and `-x` for one of `-ax`; none where it is a word. */
function flagAsTyped(unknown: string, args: readonly string[]): string | undefined {
  const typed = args.map((arg) => arg.split("=")[0]!);
  if (typed.some((arg) => /^-[^-]/.test(arg) && arg.slice(1).includes(unknown) && unknown.length === 1))
    return `-${unknown}`;
  return typed.find((arg) => arg.startsWith("-") && arg.replace(/^-+(?:no-)?/, "") === unknown);
}

function unknownFlag(flag: string, args: readonly string[], known: Known): [says: string, hint?: string] {
  const says = `there is no flag ${flag}`;
  // A letter is near to every other.
  const names = flag.length === 2 ? [] : [...flagsMeant(args, known)].filter(([name]) => name.length > 1);
  const spelt = names.flatMap(([name, { kind }]) => [`--${name}`, ...(kind === "switch" ? [`--no-${name}`] : [])]);
  const [near] = nearest(flag, spelt, 1);
  if (near !== undefined) return [`${says}, did you mean ${near}?`];
  const command = commandOf(args, known);
  if (command?.takesProgram !== true || args.includes("--")) return [says];
  return [says, `flags of the program stand behind --, as in \`aws-vault-doctor ${command.name} prod -- ls -la\``];
}

function unknownWord(unknown: string, args: readonly string[], known: Known): string {
  const { group } = known;
  const word = group?.name === args[0] ? wordIn(args, known) : undefined;
  const names = word === undefined ? [] : group!.commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  // What the library stumbles over may be a word further behind.
  if (word !== undefined && !names.includes(word))
    return `there is no command '${group!.name} ${word}'${didYouMean(word, names)}`;
  return `'${unknown}' is one word too many`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
