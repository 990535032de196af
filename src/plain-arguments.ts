import { COMMON_FLAGS, type Command, type CommandGroup, type Flag, type Parsed } from "./commands/command.ts";
import { commands, groups } from "./commands/index.ts";
import { version } from "./version.ts";

/**
 * What arguments ask for that are written as nearly all are: a command, words, flags with their values. Of others nothing
 * is said here. `arguments.ts` knows what they mean, or what is wrong with them, by a library that takes longer to load
 * than all the rest of a run.
 */
export async function parsePlain(args: readonly string[]): Promise<Parsed | undefined> {
  if (args.length === 1 && ["--version", "-V"].includes(args[0]!))
    return { command: undefined, group: undefined, argv: {}, program: [], output: version };
  const found = await commandIn(args);
  if (found === undefined) return undefined;
  const { command, group, takes, rest } = found;
  const cut = command.takesProgram === true ? rest.indexOf("--") : -1;
  const argv = argvOf(cut < 0 ? rest : rest.slice(0, cut), takes, spellings(command));
  return argv && { command, group, argv, program: cut < 0 ? [] : rest.slice(cut + 1), output: "" };
}

interface Named {
  readonly command: Command;
  readonly group: CommandGroup | undefined;
  readonly takes: string;
  /** The arguments behind the name. */
  readonly rest: readonly string[];
}

async function commandIn(args: readonly string[]): Promise<Named | undefined> {
  const [first = "", second = ""] = args;
  const group = groups.find(({ name }) => name === first);
  const named =
    group === undefined
      ? await commands.find(({ name }) => name === first)?.load()
      : (await group.load()).find(({ name, aliases = [] }) => name === second || aliases.includes(second));
  if (named !== undefined)
    return { command: named, group, takes: named.takes, rest: args.slice(group === undefined ? 1 : 2) };
  // Without a name it is the first one. Its words could be meant for a name, and are none of ours.
  const isNameless = args.length === 0 || first.startsWith("-");
  return isNameless ? { command: await commands[0].load(), group: undefined, takes: "", rest: args } : undefined;
}

interface Spelling {
  readonly name: string;
  readonly flag: Flag;
  readonly isOn: boolean;
}

function spellings(command: Command): ReadonlyMap<string, Spelling> {
  const all = new Map<string, Spelling>();
  for (const [name, flag] of Object.entries({ ...COMMON_FLAGS, ...command.flags })) {
    all.set(name.length === 1 ? `-${name}` : `--${name}`, { name, flag, isOn: true });
    if (flag.kind === "switch") all.set(`--no-${name}`, { name, flag, isOn: false });
    if (flag.short !== undefined) all.set(`-${flag.short}`, { name, flag, isOn: true });
  }
  return all;
}

type Argv = Record<string, string | boolean | readonly string[]>;

const isWord = (arg: string | undefined): arg is string => arg !== undefined && (!arg.startsWith("-") || arg === "-");

/** None when anything is not as plain as can be. */
function argvOf(args: readonly string[], takes: string, known: ReadonlyMap<string, Spelling>): Argv | undefined {
  const argv: Argv = {};
  const words: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    // Of what looks like a number, and an empty one does, the library makes one.
    if (!Number.isNaN(Number(arg))) return undefined;
    if (isWord(arg)) {
      words.push(arg);
      continue;
    }
    const [, spelt = arg, told] = /^(--[^=]+)=([^]*)$/.exec(arg) ?? [];
    const { name, flag, isOn } = known.get(spelt) ?? {};
    if (name === undefined || flag === undefined || name in argv) return undefined;
    if (flag.kind === "switch") {
      // The library takes these for its value.
      if (told !== undefined || rest[0] === "true" || rest[0] === "false") return undefined;
      argv[name] = isOn === true;
      continue;
    }
    const value = told ?? flag.alone ?? rest.shift();
    if (!isWord(value) || value === "" || flag.choices?.includes(value) === false) return undefined;
    argv[name] = flag.kind === "list" ? [value] : value;
  }
  return withWords(argv, words, takes);
}

/** Words by the names that they have in `takes`, such as `<profile> [files..]`. */
function withWords(argv: Argv, words: readonly string[], takes: string): Argv | undefined {
  const left = [...words];
  for (const [, bracket, name, dots] of takes.matchAll(/([<[])(\w+)(\.\.)?/g)) {
    const taken = left.splice(0, dots === undefined ? 1 : left.length);
    if (taken.length === 0 && bracket === "<") return undefined;
    if (taken.length > 0) argv[name!] = dots === undefined ? taken[0]! : taken;
  }
  return left.length === 0 ? argv : undefined;
}
