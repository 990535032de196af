import { EXIT, UserError } from "../errors.ts";
import type { Command } from "./command.ts";

/**
 * Each hands on the words up to the cursor, and gets a candidate a line; `:files` asks for the shell's own paths. No shell may
 * take a candidate for code: a profile may be called `$(x)`. So bash quotes them, and nobody expands a list of words.
 */
const SCRIPTS = {
  bash: `_aws_vault_doctor() {
  local line quoted
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default
    else
      printf -v quoted %q "$line"
      COMPREPLY+=("$quoted")
    fi
  done < <(aws-vault-doctor --complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _aws_vault_doctor aws-vault-doctor
`,
  zsh: `#compdef aws-vault-doctor
_aws_vault_doctor() {
  local line
  local -a candidates
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      _files
    else
      candidates+=("$line")
    fi
  done < <(aws-vault-doctor --complete zsh "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( $#candidates )) && compadd -- "\${candidates[@]}"
}
compdef _aws_vault_doctor aws-vault-doctor
`,
  fish: `function __aws_vault_doctor_complete
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
`,
};

export const completion: Command = {
  name: "completion",
  takes: "<shell>",
  summary: "Print what makes a shell complete commands, flags, profiles and rules: bash, zsh or fish",
  examples: [
    ['eval "$(aws-vault-doctor completion bash)"', "in ~/.bashrc; the same with zsh in ~/.zshrc, behind compinit"],
    ["aws-vault-doctor completion fish | source", "in ~/.config/fish/config.fish"],
  ],
  flags: {},
  async run(given, system) {
    const [name] = given.words;
    const script = Object.entries(SCRIPTS).find(([shell]) => shell === name)?.[1];
    if (script === undefined) {
      const hint = `it is printed for ${Object.keys(SCRIPTS).join(", ")}`;
      throw new UserError("BAD_USAGE", `there is no completion for '${name!}'`, { hint });
    }
    system.terminal.output.write(script);
    return EXIT.ok;
  },
};
