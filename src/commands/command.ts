import type { System } from "../system/system.ts";

/** A command as data: `main.ts` hands it to the argument library, and `run` does one thing and returns an exit code. */
export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Positional arguments as they stand in the help, such as `<rule>` or `[files..]`. */
  readonly takes: string;
  /** What stands behind `--` is a command line of its own, and no argument of ours. */
  readonly takesProgram?: boolean;
  readonly summary: string;
  /** It works, and the help does not tell of it. */
  readonly isHidden?: boolean;
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly flags: Readonly<Record<string, Flag>>;
  run(given: Given, system: System): Promise<number>;
}

/** A command is loaded when it is named. */
export interface CommandEntry {
  readonly name: string;
  load(): Promise<Command>;
}

/** Commands below one word, as `vault list`. They are loaded when the word is given, and not before. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** The exit code for arguments that make no sense. */
  readonly usageExit: number;
  /** The exit code for a file that cannot be read or written. */
  readonly fileExit: number;
  load(): Promise<readonly Command[]>;
}

export interface Flag {
  readonly kind: "text" | "switch" | "list";
  readonly says: string;
  readonly choices?: readonly string[];
  /** What the flag means when no value stands behind an equals sign. It takes none from the next word. */
  readonly alone?: string;
  /** A switch that is on, and goes off with `--no-…`. */
  readonly isOn?: boolean;
  /** One letter, for `-f`. */
  readonly short?: string;
  /** It works, and the help does not tell of it. */
  readonly isHidden?: boolean;
}

/** What the arguments ask for. */
export interface Parsed {
  /** None when they asked for a text of the argument library's own: the help or the version. */
  readonly command: Command | undefined;
  /** What the command belongs to. */
  readonly group: CommandGroup | undefined;
  readonly argv: Readonly<Record<string, unknown>>;
  readonly program: readonly string[];
  readonly output: string;
}

/** What the user gave. */
export interface Given {
  readonly words: readonly string[];
  /** What stands behind `--`, for a command that takes a program. */
  readonly program: readonly string[];
  text(flag: string): string | undefined;
  isOn(flag: string): boolean;
  list(flag: string): readonly string[];
  /** What stands behind some flags, one after the other, where it matters which comes first. */
  inOrder(...flags: readonly string[]): readonly (readonly [flag: string, value: string])[];
  /** Tells what happens, when the user asked for that with `--debug`. Never a value that was read. */
  readonly log: (line: string) => void;
}

/** Flags that every command takes. */
export const COMMON_FLAGS: Readonly<Record<string, Flag>> = {
  color: { kind: "switch", says: "colours; by default on a terminal only (--no-color: none)" },
  debug: { kind: "switch", says: "tell on stderr what is looked at, and how long it takes" },
};

/** Says something to the user beside the data. */
export const teller =
  ({ terminal }: System) =>
  (line: string): void =>
    terminal.errors.write(`${line}\n`);
