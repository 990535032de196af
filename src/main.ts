import type { Command, Given, Parsed } from "./commands/command.ts";
import { EXIT, UserError } from "./errors.ts";
import { parsePlain } from "./plain-arguments.ts";
import { printable } from "./report/printable.ts";
import { FileTrouble, type System } from "./system/system.ts";
import { version } from "./version.ts";

/** Runs the program on a machine, and returns its exit code. The user's trouble is one line; ours has a stack. */
export async function main(typed: readonly string[], system: System): Promise<number> {
  const { errors } = system.terminal;
  const args = understood(typed);
  let fileExit: number = EXIT.incomplete;
  try {
    if (args[0] === "--complete") return await (await import("./completion.ts")).complete(args.slice(1), system);
    if (args[0] === "vault" && args[1] === "--completion-bash")
      return await (await import("./completion.ts")).completeAsAwsVault(args.slice(2), system);
    const parsed =
      (await parsePlain(args)) ?? (await (await import("./arguments.ts")).parse(args, system.terminal.output.columns));
    fileExit = parsed.group?.fileExit ?? fileExit;
    if (parsed.output !== "") system.terminal.output.write(`${parsed.output}\n`);
    return parsed.command === undefined
      ? EXIT.ok
      : await parsed.command.run(given(parsed, parsed.command, args, system), system);
  } catch (error) {
    if (error instanceof UserError) {
      errors.write(`aws-vault-doctor: ${printable(error.message)}\n`);
      if (error.hint !== undefined) errors.write(`  ${printable(error.hint)}\n`);
      return error.exitCode;
    }
    if (error instanceof FileTrouble) {
      errors.write(`aws-vault-doctor: ${printable(error.inFull)}\n`);
      return fileExit;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    errors.write(
      `aws-vault-doctor: this is our mistake, and not yours. Please report it with these lines:\n${stack}\n`,
    );
    errors.write(`aws-vault-doctor ${version}, ${system.machine.os}\n`);
    return EXIT.bug;
  }
}

/** aws-vault's flags for the scripts that make a shell complete it, which its users have in their start-up files. */
function understood(args: readonly string[]): readonly string[] {
  const shell = args[0] === "vault" ? /^--completion-script-(bash|zsh)$/.exec(args[1] ?? "")?.[1] : undefined;
  return shell === undefined ? args : ["completion", shell, "--aws-vault"];
}

function given({ argv, program }: Parsed, command: Command, args: readonly string[], system: System): Given {
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? value.flatMap((one) => String(one).split(",")).filter((one) => one !== "") : [];
  const names = command.takes.match(/\w+/g) ?? [];
  return {
    words: names.flatMap((name) => [argv[name] ?? []].flat()).map(String),
    program,
    text: (flag) => {
      const value: unknown = [argv[flag]].flat().at(-1);
      return typeof value === "string" ? value : undefined;
    },
    isOn: (flag) =>
      flag.startsWith("no-") ? argv[flag.slice(3)] === false : (argv[flag] ?? command.flags[flag]?.isOn) === true,
    list: (flag) => list(argv[flag]),
    inOrder: (...flags) => inOrder(args, flags),
    log: argv["debug"] === true ? (line) => system.terminal.errors.write(`${printable(line)}\n`) : () => {},
  };
}

function inOrder(args: readonly string[], flags: readonly string[]): [flag: string, value: string][] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const found: [string, string][] = [];
  for (let at = 0; at < end; at++) {
    const [flag, value] = /^--([^=]+)(?:=([^]*))?$/.exec(args[at]!)?.slice(1) ?? [];
    if (flag !== undefined && flags.includes(flag)) found.push([flag, value ?? args[++at] ?? ""]);
  }
  return found;
}
