import type { Fix, Step } from "../model/fix.ts";
import { type CureText, collide, lineEnd, type Replacement } from "./text.ts";

/** What a fix does, file by file. */
export interface Work {
  readonly replacements: ReadonlyMap<string, readonly Replacement[]>;
  /** Files to be written as UTF-8. */
  readonly encode: ReadonlySet<string>;
  readonly modes: ReadonlyMap<string, number>;
}

/** Why a fix is not made, in words for a report. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** The fix as work on the texts as they were read. Throws a Refusal when it does not fit them. */
export function workOf({ steps }: Fix, texts: ReadonlyMap<string, CureText>): Work {
  const replacements = new Map<string, Replacement[]>();
  const encode = new Set<string>();
  const modes = new Map<string, number>();
  const textOf = (path: string): string => {
    const text = texts.get(path);
    if (text === undefined) throw new Refusal("the file is not the one that was looked at");
    return text.real.text;
  };
  const edits = (path: string): Replacement[] => {
    const all = replacements.get(path) ?? [];
    replacements.set(path, all);
    return all;
  };
  for (const step of steps) {
    switch (step.kind) {
      case "edit":
      case "move":
        edits(step.path).push(...replacementsOf(step, textOf(step.path)));
        break;
      case "encode":
        encode.add(step.path);
        break;
      case "chmod":
        modes.set(step.path, step.mode);
        break;
      case "move-to-vault":
        for (const { lines } of [step.accessKeyId, step.secretAccessKey])
          edits(step.path).push(
            ...replacementsOf({ kind: "edit", path: step.path, span: lines, text: "" }, textOf(step.path)),
          );
        break;
    }
  }
  for (const all of replacements.values()) mustBeApart(all);
  return { replacements, encode, modes };
}

/** Whether a command may do a fix, or somebody has to decide something. */
export const isWork = ({ safety }: Fix): boolean => safety !== "guided";

function replacementsOf(step: Extract<Step, { kind: "edit" | "move" }>, text: string): Replacement[] {
  const { start, end } = step.span;
  if (start > end || end > text.length) throw new Refusal("it points beyond the end of the file");
  const ending = lineEnd(text);
  if (step.kind === "edit") return [{ start, end, with: step.text.replace(/\r?\n/g, ending) }];
  const to = step.to.start;
  const moved: Replacement[] = [
    { start: to, end: to, with: { start, end } },
    { start, end, with: "" },
  ];
  // The last line of a file may lack its end.
  if (!text.slice(start, end).endsWith("\n")) moved.splice(1, 0, { start: to, end: to, with: ending });
  return moved;
}

function mustBeApart(all: readonly Replacement[]): void {
  const sorted = [...all].sort((one, other) => one.start - other.start || one.end - other.end);
  for (const [index, one] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && one.end > next.start) throw new Refusal("its steps overlap");
  }
}

/** Whether two works cannot be done on one text: they touch the same spot. */
export function isInTheWay(work: Work, others: readonly Work[]): boolean {
  return others.some((other) => {
    for (const [path, mine] of work.replacements) {
      const theirs = other.replacements.get(path) ?? [];
      if (mine.some((one) => theirs.some((two) => collide(one, two)))) return true;
    }
    for (const [path, mode] of work.modes) if (other.modes.has(path) && other.modes.get(path) !== mode) return true;
    return false;
  });
}
