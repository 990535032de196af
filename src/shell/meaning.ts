/** What a command does to variables and aliases, by its first word. */
import { alias, fishAlias } from "./aliases.ts";
import type { Word } from "./cursor.ts";
import { declare, fishSet, unset } from "./declarations.ts";
import { splitFlags } from "./flags.ts";
import { revealName, revealWord } from "./mask.ts";
import type { Command, Scan } from "./scan.ts";
import { unquoted } from "./unquoted.ts";

const SKIPPED = new Set(["command", "builtin", "noglob", "nocorrect"]);
/** Command words that say nothing about their user. The words after them may. */
const PUBLIC_COMMANDS = new Set(
  `export set unset alias unalias declare typeset local readonly function for select switch case source eval echo printf
   test true false return exit exec shopt setopt unsetopt autoload bindkey complete compdef trap type which umask abbr
   [ [[ . : aws aws-vault`.split(/\s+/),
);
const DECLARING = new Set(["export", "set", "unset", "alias", "declare", "typeset", "local", "readonly"]);
const DECLARING_IN_FISH = new Set(["export", "set", "alias"]);
const COMMAND_LENGTH_MAX = 16;

export function understand(scan: Scan, command: Command, all: readonly Word[]): void {
  let at = 0;
  while (at < all.length - 1 && SKIPPED.has(literal(scan, all[at]!))) revealWord(scan, all[at++]!);
  const words = all.slice(at + 1);
  const name = literal(scan, all[at]!);
  if (PUBLIC_COMMANDS.has(name) || SKIPPED.has(name)) revealWord(scan, all[at]!);
  if (name === "function") return words.slice(0, 1).forEach((word) => revealName(scan, word.start, word.end));
  if (name === "[" || name === "[[" || name === "test") return revealTest(scan, words);
  const isFish = scan.shell === "fish";
  if (!(isFish ? DECLARING_IN_FISH : DECLARING).has(name)) return;
  const { flags, operands } = splitFlags(scan, words);
  switch (name) {
    case "alias":
      return isFish ? fishAlias(scan, command, operands) : alias(scan, command, flags, operands);
    case "set":
      // In the other shells it sets options and arguments.
      return isFish ? fishSet(scan, command, flags, operands) : undefined;
    case "unset":
      return unset(scan, command, flags, operands);
    default:
      return declare(scan, command, name, flags, operands);
  }
}

/** A short word without its quotes: `\export` is `export`, too. */
function literal({ text, shell }: Scan, word: Word): string {
  return word.end - word.start > COMMAND_LENGTH_MAX ? "" : unquoted(text, word, shell === "fish");
}

const TEST_WORD = /^(?:-[A-Za-z]{1,2}|!?==?|=~|\]\]?|!)$/;

function revealTest(scan: Scan, words: readonly Word[]): void {
  for (const word of words)
    if (TEST_WORD.test(scan.text.slice(word.start, Math.min(word.end, word.start + 4)))) revealWord(scan, word);
}
