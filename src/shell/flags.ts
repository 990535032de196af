/** The flags of a command that declares something. */

import type { Word } from "./cursor.ts";
import { revealWord } from "./mask.ts";
import type { Scan } from "./scan.ts";

const FLAG = /^(?:[-+][A-Za-z]{1,5}|--|--[a-z]{1,12})$/;
const FLAG_LENGTH_MAX = 14;
const LONG_FLAGS: Readonly<Record<string, string>> = {
  "--": "",
  "--export": "-x",
  "--erase": "-e",
  "--query": "-q",
  "--names": "-n",
  "--show": "-S",
  "--append": "-a",
  "--prepend": "-p",
};

/** The flags in front, in their short form and run together, and the words after them. */
export function splitFlags(scan: Scan, words: readonly Word[]): { flags: string; operands: readonly Word[] } {
  let flags = "";
  let count = 0;
  for (const word of words) {
    const flag = word.end - word.start > FLAG_LENGTH_MAX ? "" : scan.text.slice(word.start, word.end);
    if (!FLAG.test(flag)) break;
    revealWord(scan, word);
    count++;
    if (flag === "--") break;
    if (!flag.startsWith("--")) flags += flag;
    else if (Object.hasOwn(LONG_FLAGS, flag)) flags += LONG_FLAGS[flag];
  }
  return { flags, operands: words.slice(count) };
}
