/** The reserved words, which may stand where a command begins. */

import type { Word } from "./cursor.ts";
import { closeFrame, closeList, openFrame, openList } from "./frames.ts";
import { revealWord } from "./mask.ts";
import type { Scan } from "./scan.ts";

const KEYWORD_LENGTH_MAX = 8; // function

/** Handles a reserved word at the start of a command; false for any other word. */
export function keyword(scan: Scan, word: Word): boolean {
  if (word.end - word.start > KEYWORD_LENGTH_MAX) return false;
  switch (scan.text.slice(word.start, word.end)) {
    case "!":
    case "time":
      break;
    case "then":
    case "do":
    case "else":
    case "elif":
      closeList(scan);
      openList(scan);
      break;
    case "if":
    case "while":
    case "until":
      openList(scan);
      break;
    case "{":
      openFrame(scan, "brace", scan.functionIsNext);
      break;
    case "}":
      closeFrame(scan, "brace");
      break;
    case "fi":
    case "done":
      closeList(scan);
      break;
    case "case":
      openFrame(scan, "case", scan.functionIsNext);
      break;
    case "esac":
      closeFrame(scan, "case");
      break;
    default:
      return false;
  }
  revealWord(scan, word);
  return true;
}

export function fishKeyword(scan: Scan, word: Word): boolean {
  const followsElse = scan.elseIsLast;
  scan.elseIsLast = false;
  if (word.end - word.start > KEYWORD_LENGTH_MAX) return false;
  switch (scan.text.slice(word.start, word.end)) {
    case "if":
      if (!followsElse) openFrame(scan, "block", false);
      break;
    case "while":
    case "begin":
      openFrame(scan, "block", false);
      break;
    case "else":
      scan.elseIsLast = true;
      break;
    case "end":
      closeFrame(scan, "block");
      break;
    case "for":
    case "switch":
      openFrame(scan, "block", false);
      return false;
    case "function":
      openFrame(scan, "block", true);
      return false;
    case "and":
    case "or":
    case "not":
    case "!":
    case "time":
    case "{":
    case "}":
      break;
    default:
      return false;
  }
  revealWord(scan, word);
  return true;
}
