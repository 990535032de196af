import { EXIT, UserError } from "../errors.ts";
import type { Command } from "./command.ts";

/**
 * Each hands on the words up to the cursor, and gets a candidate a line; `:files` asks for the shell's own paths. No shell may
 * take a candidate for code: a profile may be called `$(x)`. So bash quotes them, and nobody expands a list of words.
 */
const bash = ({ name, before, id }: Called): string => `${id}() {
  local line quoted
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default
    else
      printf -v quoted %q "$line"
      COMPREPLY+=("$quoted")
    fi
  done < <(aws-vault-doctor --complete bash ${before}"\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F ${id} ${name}
`;

const zsh = ({ name, before, id }: Called): string => `#compdef ${name}
${id}() {
  local line
  local -a candidates
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      _files
    else
      candidates+=("$line")
    fi
  done < <(aws-vault-doctor --complete zsh ${before}"\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( $#candidates )) && compadd -- "\${candidates[@]}"
}
compdef ${id} ${name}
`;

const FISH = `function __aws_vault_doctor_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (aws-vault-doctor --complete fish $words[2..-1] 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            printf '%s\\n' $line
        end
    end
end
complete -c aws-vault-doctor -f -a '(__aws_vault_doctor_complete)'
`;

/** The name that a person types, and the words that it stands for. */
interface Called {
  readonly name: string;
  readonly before: string;
  /** What the shell calls the function. */
  readonly id: string;
}

const ITSELF: Called = { name: "aws-vault-doctor", before: "", id: "_aws_vault_doctor" };
const AS_AWS_VAULT: Called = { name: "aws-vault", before: "vault ", id: "_aws_vault_doctor_vault" };

// Of an alias, zsh and fish know what it stands for.
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `${bash(ITSELF)}if [[ \${BASH_ALIASES[aws-vault]-} == "aws-vault-doctor vault" ]]; then
${bash(AS_AWS_VAULT)}fi
`,
  zsh: zsh(ITSELF),
  fish: FISH,
};

// zsh asks for what an alias stands for.
const SCRIPTS_AS_AWS_VAULT: Readonly<Record<string, string>> = {
  bash: bash(AS_AWS_VAULT),
  zsh: `${zsh(AS_AWS_VAULT)}${zsh(ITSELF)}`,
};

export const completion: Command = {
  name: "completion",
  takes: "<shell>",
  summary: "Print what makes a shell complete commands, flags, profiles and rules: bash, zsh or fish",
  examples: [
    ['eval "$(aws-vault-doctor completion bash)"', "in ~/.bashrc; the same with zsh in ~/.zshrc, behind compinit"],
    ["aws-vault-doctor completion fish | source", "in ~/.config/fish/config.fish"],
  ],
  flags: {
    "aws-vault": {
      kind: "switch",
      says: "complete the name aws-vault, as one for `aws-vault-doctor vault`",
      isHidden: true,
    },
  },
  async run(given, system) {
    const [name] = given.words;
    const scripts = given.isOn("aws-vault") ? SCRIPTS_AS_AWS_VAULT : SCRIPTS;
    const script = Object.entries(scripts).find(([shell]) => shell === name)?.[1];
    if (script === undefined) {
      const hint = `it is printed for ${Object.keys(scripts).join(", ")}`;
      throw new UserError("BAD_USAGE", `there is no completion for '${name!}'`, { hint });
    }
    system.terminal.output.write(script);
    return EXIT.ok;
  },
};
