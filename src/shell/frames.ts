/** What is open around a command: functions, subshells, blocks and cases, and the lists of commands in them. */
import { type Frame, MANY, type Scan } from "./scan.ts";

export function openFrame(scan: Scan, kind: Frame["kind"], isFunction: boolean): void {
  scan.frames.push({ kind, isFunction, part: "head" });
  scan.open[kind]++;
  if (isFunction) scan.functionDepth++;
  scan.functionIsNext = false;
  openList(scan);
}

/** Closes the innermost frame of this kind and all that was left open in it; nothing, when there is none. */
export function closeFrame(scan: Scan, kind: Frame["kind"]): void {
  closeList(scan);
  if (scan.open[kind] === 0) return;
  let frame: Frame;
  do {
    frame = scan.frames.pop()!;
    scan.open[frame.kind]--;
    if (frame.isFunction) scan.functionDepth--;
  } while (frame.kind !== kind);
  if (scan.functionDepth === 0) scan.valuesInFunction.clear();
}

export function openList(scan: Scan): void {
  scan.commandsInList = 0;
  scan.isChained = false;
}

/** bash and sh refuse a list without a command, so the only command of a list cannot be commented out. */
export function closeList(scan: Scan): void {
  const { found, foundBeforeCommand, commandsInList, shell } = scan;
  scan.commandsInList = MANY;
  scan.isChained = false;
  if (commandsInList !== 1 || shell === "zsh" || shell === "fish") return;
  for (let index = foundBeforeCommand; index < found.length; index++) found[index] = { ...found[index]!, alone: false };
}
