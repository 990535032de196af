/** What a command line of aws-vault says, as far as it may be shown. */
export interface VaultCommand {
  readonly command: "exec" | "export" | "login" | undefined;
  /** Undefined where none is named, or where it cannot be shown. */
  readonly profile: string | undefined;
  readonly flags: ReadonlySet<string>;
  readonly prompt: string | undefined;
  /** Something in it is not shown. */
  readonly isPartial: boolean;
  /** It starts a command of its own. */
  readonly hasCommand: boolean;
}

const WITH_VALUE =
  /^(?:-d|-t|--(?:prompt|backend|format|duration|region|keychain|mfa-token|file-dir|pass-dir|pass-cmd|pass-prefix))$/;

/** Undefined when it is another program's. */
export function vaultCommand(line: string): VaultCommand | undefined {
  const [program, ...words] = line.split(/\s+/);
  if (!/(?:^|[\\/])aws-vault(?:\.exe)?$/.test((program ?? "").replaceAll(/["']/g, ""))) return undefined;
  const flags = new Set<string>();
  let command: VaultCommand["command"];
  let profile: string | undefined;
  let prompt: string | undefined;
  let isPartial = false;
  let hasCommand = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (word === "--") {
      hasCommand = true;
      break;
    }
    if (word.includes("·")) {
      isPartial = true;
      continue;
    }
    if (word.startsWith("-")) {
      const [flag, value] = word.split("=", 2) as [string, string | undefined];
      flags.add(value === undefined || flag === "--prompt" ? flag : word);
      const given = value ?? (WITH_VALUE.test(flag) ? words[++index] : undefined);
      if (flag === "--prompt") prompt = given;
      if (flag === "--format") flags.add(`--format=${given}`);
    } else if (command === undefined) {
      if (word !== "exec" && word !== "export" && word !== "login")
        return { command: undefined, profile, flags, prompt, isPartial, hasCommand };
      command = word;
    } else if (profile === undefined) profile = isPartial ? undefined : word;
    else {
      hasCommand = true;
      break;
    }
  }
  return { command, profile, flags, prompt, isPartial, hasCommand };
}

/** The first word of a command line, without quotes around it. */
export const programOf = (line: string): string =>
  /^"([^"]*)"|^'([^']*)'|^\S*/.exec(line)![0].replaceAll(/^["']|["']$/g, "");
