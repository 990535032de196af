/** What holds other things, in any depth: strings, substitutions, arithmetic, `${…}` and the cases in them. */
import { type Cursor, type Heredoc, indexOrEnd, matchEnd } from "./cursor.ts";
import { HEREDOC, readHeredoc, skipHeredocs } from "./heredocs.ts";
import { skipBackticks, skipSingleQuotes } from "./quotes.ts";

type Group = "string" | "command" | "case" | "arithmetic" | "parameter";

/** What makes a dollar sign read something, and not stand for itself. */
export const DOLLAR_READS = /[\w@*#?$!{(+~^=-]/;
const CASE = /case[ \t]+(?:"[^"\n]{0,200}"|[^\s"]{1,200})[ \t]+in\b/y;
const ESAC = /esac\b/y;

/** Past the end of a group whose opening was just read. Tells whether anything in it is computed. */
export function skipGroups(cursor: Cursor, first: Group): boolean {
  const { text, fish } = cursor;
  const open: Group[] = [first];
  const heredocs: Heredoc[] = [];
  let computed = false;
  while (open.length > 0 && cursor.position < text.length) {
    const group = open[open.length - 1]!;
    const position = cursor.position;
    const character = text[position]!;
    const isCommand = group === "command" || group === "case";
    if (character === "\\") cursor.position += 2;
    else if (closes(group, character)) {
      open.pop();
      cursor.position++;
    } else if (character === "$") {
      const opened = openedBy(text, position, fish);
      if (opened !== undefined) {
        open.push(opened);
        cursor.position += 2;
        computed = true;
      } else if (text[position + 1] === "'" && group !== "string" && !fish) {
        cursor.position++;
        skipSingleQuotes(cursor, true);
      } else {
        computed ||= DOLLAR_READS.test(text[position + 1] ?? " ");
        cursor.position++;
      }
    } else if (character === "`" && !fish) {
      skipBackticks(cursor);
      computed = true;
    } else if (group === "string") cursor.position++;
    else if (character === '"') {
      open.push("string");
      cursor.position++;
    } else if (character === "'" && !(group === "parameter" && open[open.length - 2] === "string"))
      skipSingleQuotes(cursor, fish);
    else if (character === "(" && group !== "parameter") {
      open.push(isCommand && (fish || text[position + 1] !== "(") ? "command" : "arithmetic");
      // Without the second bracket of `((`, what is inside would be read as a command.
      if (isCommand && !fish && text[position + 1] === "(") {
        open.push("arithmetic");
        cursor.position++;
      }
      cursor.position++;
    } else if (!isCommand) cursor.position++;
    else if (character === "#" && startsComment(cursor)) cursor.position = indexOrEnd(text, "\n", position);
    else if (character === "\n") {
      cursor.position++;
      skipHeredocs(cursor, heredocs);
    } else if (character === "<" && !fish && matchEnd(HEREDOC, text, position) > 0) readHeredoc(cursor, heredocs);
    else if (character === "<" && text.startsWith("<<<", position)) cursor.position += 3;
    else if (character === "c" && startsWord(text, position) && matchEnd(CASE, text, position) > 0) {
      // The brackets of its patterns have no opening one.
      open.push("case");
      cursor.position = matchEnd(CASE, text, position);
    } else if (group === "case" && startsWord(text, position) && matchEnd(ESAC, text, position) > 0) {
      open.pop();
      cursor.position += 4;
    } else cursor.position++;
  }
  cursor.position = Math.min(cursor.position, text.length);
  return computed;
}

function closes(group: Group, character: string): boolean {
  switch (group) {
    case "string":
      return character === '"';
    case "command":
    case "arithmetic":
      return character === ")";
    case "parameter":
      return character === "}";
    case "case":
      return false;
  }
}

const startsWord = (text: string, position: number): boolean => /[\s;&|(]/.test(text[position - 1] ?? " ");

/** After a bracket only to fish: to zsh `(#i)` begins a pattern. */
const startsComment = ({ text, position, fish }: Cursor): boolean =>
  startsWord(text, position) && (fish || text[position - 1] !== "(");

/** What a dollar sign opens. In `$((` the second bracket opens a group of its own. */
export function openedBy(text: string, dollar: number, fish: boolean): Group | undefined {
  if (text[dollar + 1] === "(") return !fish && text[dollar + 2] === "(" ? "arithmetic" : "command";
  return text[dollar + 1] === "{" && !fish ? "parameter" : undefined;
}
