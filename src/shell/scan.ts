import type { StartupFile, Statement } from "../model/facts.ts";
import type { Traits } from "../model/reading.ts";
import { type Cursor, startOf, type Word } from "./cursor.ts";
import { type LinedFile, lineStarts } from "./places.ts";

/** A value as it may be shown, and what is known of it when it may not. */
export type Show = (name: string, value: string) => { value: string; hidden: Traits | undefined };

/** How far the reading of a start-up file has come, and what was found so far. */
export interface Scan extends LinedFile {
  readonly shell: StartupFile["shell"];
  readonly text: string;
  readonly show: Show;
  readonly cursor: Cursor;
  readonly found: Statement[];
  /** One mark for each character that is known to be public. */
  readonly visible: Uint8Array;
  readonly frames: Frame[];
  /** How many frames of each kind are open: a stray `}` then costs no search. */
  readonly open: Record<Frame["kind"], number>;
  functionDepth: number;
  /** `name()` was read; what comes next is its body. */
  functionIsNext: boolean;
  command: Command;
  /** The command is one side of `&&`, `||` or a pipe whose other side may stand on the line above. */
  isChained: boolean;
  elseIsLast: boolean;
  /** Commands since the last `then`, `do`, `{` and the like. */
  commandsInList: number;
  foundBeforeCommand: number;
  /** What the variables were set to so far, where the shell starts and inside the current function. */
  readonly values: Map<string, Value>;
  readonly valuesInFunction: Map<string, Value>;
}

export interface Frame {
  readonly kind: "brace" | "bracket" | "case" | "block";
  readonly isFunction: boolean;
  /** Of a `case`: between `case` and `in`, before the bracket of a pattern, or after it. */
  part: "head" | "pattern" | "body";
}

export interface Command {
  readonly words: Word[];
  start: number;
  end: number;
  targetIsNext: boolean;
  hasHeredoc: boolean;
}

export type Value = Pick<Statement, "value" | "hidden" | "computed">;

/** More commands than one, for lists whose commands nobody counts. */
export const MANY = 2;

export function newScan(path: string, shell: StartupFile["shell"], text: string, show: Show): Scan {
  return {
    path,
    shell,
    text,
    show,
    cursor: startOf(text, shell === "fish"),
    lines: lineStarts(text),
    found: [],
    visible: new Uint8Array(text.length),
    frames: [],
    open: { brace: 0, bracket: 0, case: 0, block: 0 },
    functionDepth: 0,
    functionIsNext: false,
    command: newCommand(),
    isChained: false,
    elseIsLast: false,
    commandsInList: MANY,
    foundBeforeCommand: 0,
    values: new Map(),
    valuesInFunction: new Map(),
  };
}

export const newCommand = (): Command => ({ words: [], start: -1, end: -1, targetIsNext: false, hasHeredoc: false });
